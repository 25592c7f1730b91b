/** Edits that one comparison looks for; the memory of its trace grows with the square. */
const MAX_EDITS = 1_000

/** A stretch of both lists: from..to in a, from..to in b. */
export interface Stretch {
  readonly a: number
  readonly aEnd: number
  readonly b: number
  readonly bEnd: number
}

/** `length` elements from a on equal as many from b on. */
export interface EqualRun {
  readonly a: number
  readonly b: number
  readonly length: number
}

/**
 * What the shortest edit from one list to the other keeps (Myers 1986, O(ND)); null when it has more than 1,000 steps or
 * the budget is used up. Takes from the budget what it costs.
 */
export function shortestEdit(
  left: Int32Array,
  right: Int32Array,
  stretch: Stretch,
  budget: { steps: number },
): EqualRun[] | null {
  const n = stretch.aEnd - stretch.a
  const m = stretch.bEnd - stretch.b
  if (n === 0 || m === 0) return []
  const limit = Math.min(n + m, MAX_EDITS)
  const zero = limit + 1
  const furthest = new Int32Array(2 * limit + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= limit && budget.steps > 0; edits++) {
    trace.push(furthest.slice(zero - edits - 1, zero + edits + 2))
    for (let k = -edits; k <= edits; k += 2) {
      const start = stepOn(furthest, zero, edits, k)
      const x = slide(left, right, stretch, start, k)
      furthest[zero + k] = x
      budget.steps -= 1 + x - start
      if (x >= n && x - k >= m) return equalRuns(trace, edits, stretch)
    }
  }
  return null
}

/** How far equal elements lead along diagonal k. */
function slide(left: Int32Array, right: Int32Array, { a, aEnd, b, bEnd }: Stretch, start: number, k: number): number {
  let x = start
  while (a + x < aEnd && b + x - k < bEnd && left[a + x] === right[b + x - k]) x++
  return x
}

/** Where diagonal k starts after one more edit: a line of b inserted, or a line of a deleted, whichever gets further. */
function stepOn(furthest: Int32Array, zero: number, edits: number, k: number): number {
  const insert = furthest[zero + k + 1] ?? 0
  const remove = (furthest[zero + k - 1] ?? 0) + 1
  return inserts(edits, k, remove - 1, insert) ? insert : remove
}

function inserts(edits: number, k: number, along: number, down: number): boolean {
  return k === -edits || (k !== edits && along < down)
}

/** Follows the trace back from the end: trace[d] holds diagonals -d-1..d+1 as they were before step d. */
function equalRuns(trace: readonly Int32Array[], edits: number, { a, aEnd, b, bEnd }: Stretch): EqualRun[] {
  const runs: EqualRun[] = []
  let x = aEnd - a
  let y = bEnd - b
  for (let d = edits; d >= 0; d--) {
    const before = trace[d]
    const at = (k: number) => before?.[k + d + 1] ?? 0
    const k = x - y
    const inserted = inserts(d, k, at(k - 1), at(k + 1))
    const startX = d === 0 ? 0 : inserted ? at(k + 1) : at(k - 1) + 1
    if (x > startX) runs.push({ a: a + startX, b: b + startX - k, length: x - startX })
    x = inserted ? startX : startX - 1
    y = inserted ? startX - k - 1 : startX - k
  }
  return runs
}
