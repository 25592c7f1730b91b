import { type Stretch, shortestEdit } from './shortest-edit'

/**
 * Steps that one comparison may take. Beyond it a stretch counts as replaced: the merge stays right and only becomes
 * coarser, and a hostile megabyte cannot hang the page.
 */
const MAX_STEPS = 4_000_000

/**
 * For each line of `a` the index of the line of `b` that it became, -1 where it has none; growing, equal lines only.
 * The same two lists always give the same answer.
 */
export function matchLines(a: readonly string[], b: readonly string[]): Int32Array {
  const [left, right] = intern(a, b)
  const matches = new Int32Array(a.length).fill(-1)
  const budget = { steps: MAX_STEPS }
  const whole = trim(left, right, { a: 0, aEnd: a.length, b: 0, bEnd: b.length }, matches)
  if (compare(left, right, whole, matches, budget)) return matches
  for (const stretch of splitAtAnchors(left, right, whole, matches)) {
    compare(left, right, trim(left, right, stretch, matches), matches, budget)
  }
  return matches
}

/** Matches what the shortest edit keeps; false when the stretch differs too much to look for it. */
function compare(
  left: Int32Array,
  right: Int32Array,
  stretch: Stretch,
  matches: Int32Array,
  budget: { steps: number },
): boolean {
  const runs = shortestEdit(left, right, stretch, budget)
  for (const run of runs ?? []) {
    for (let at = 0; at < run.length; at++) matches[run.a + at] = run.b + at
  }
  return runs !== null
}

/** Numbers instead of lines: equal lines get equal numbers. */
function intern(a: readonly string[], b: readonly string[]): [Int32Array, Int32Array] {
  const ids = new Map<string, number>()
  const number = (line: string) => {
    const known = ids.get(line)
    if (known !== undefined) return known
    ids.set(line, ids.size)
    return ids.size - 1
  }
  return [Int32Array.from(a, number), Int32Array.from(b, number)]
}

/** Matches the lines that both ends have in common; returns what is between. */
function trim(left: Int32Array, right: Int32Array, stretch: Stretch, matches: Int32Array): Stretch {
  let { a, aEnd, b, bEnd } = stretch
  while (a < aEnd && b < bEnd && left[a] === right[b]) matches[a++] = b++
  while (a < aEnd && b < bEnd && left[aEnd - 1] === right[bEnd - 1]) matches[--aEnd] = --bEnd
  return { a, aEnd, b, bEnd }
}

/** Cuts a stretch at the lines that each side has exactly once and in the same order ("patience"), matching those. */
function splitAtAnchors(left: Int32Array, right: Int32Array, whole: Stretch, matches: Int32Array): Stretch[] {
  const stretches: Stretch[] = []
  let { a, b } = whole
  for (const anchor of longestIncreasing(uniquePairs(left, right, whole))) {
    matches[anchor.a] = anchor.b
    stretches.push({ a, aEnd: anchor.a, b, bEnd: anchor.b })
    a = anchor.a + 1
    b = anchor.b + 1
  }
  stretches.push({ a, aEnd: whole.aEnd, b, bEnd: whole.bEnd })
  return stretches
}

interface Pair {
  readonly a: number
  readonly b: number
}

function uniquePairs(left: Int32Array, right: Int32Array, { a, aEnd, b, bEnd }: Stretch): Pair[] {
  const once = (lines: Int32Array, start: number, end: number) => {
    const places = new Map<number, number>()
    for (let at = start; at < end; at++) {
      const line = lines[at] ?? -1
      places.set(line, places.has(line) ? -1 : at)
    }
    return places
  }
  const inRight = once(right, b, bEnd)
  const pairs: Pair[] = []
  for (const [line, place] of once(left, a, aEnd)) {
    const other = inRight.get(line) ?? -1
    if (place >= 0 && other >= 0) pairs.push({ a: place, b: other })
  }
  return pairs.sort((x, y) => x.a - y.a)
}

/** The longest subsequence whose `b` grows. `pairs` are in the order of `a`. */
function longestIncreasing(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = []
  const previous = new Int32Array(pairs.length).fill(-1)
  pairs.forEach(({ b }, at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.b ?? 0) < b) low = middle + 1
      else high = middle
    }
    previous[at] = tails[low - 1] ?? -1
    tails[low] = at
  })
  const chain: Pair[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) chain.push(pair)
  }
  return chain.reverse()
}
