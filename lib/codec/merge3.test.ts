import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markConflicts, remainingConflicts } from './conflict-markers'
import { matchLines } from './match-lines'
import { type Merge, merge3 } from './merge3'

const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n', '}\n')
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', 'x', 'a'))
  .map(([lines, last]) => lines.join('') + last)

const merged = (merge: Merge) => (merge.conflicts === 0 ? markConflicts(merge).text : expect.fail('conflict'))
const splitLines = (value: string) => value.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []

/** Length of the longest common subsequence, by the textbook. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const cell = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? []
      row[j] = a[i - 1] === b[j - 1] ? cell(i - 1, j - 1) + 1 : Math.max(cell(i - 1, j), cell(i, j - 1))
    }
  }
  return cell(a.length, b.length)
}

function expectMatching(a: readonly string[], b: readonly string[], matches: Int32Array): number {
  let last = -1
  let count = 0
  matches.forEach((place, at) => {
    if (place < 0) return
    expect(b[place]).toBe(a[at])
    expect(place).toBeGreaterThan(last)
    last = place
    count++
  })
  return count
}

describe('matchLines', () => {
  it('finds a longest common subsequence', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 25 })
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        expect(expectMatching(a, b, matchLines(a, b))).toBe(longestCommon(a, b))
      }),
      { numRuns: 1000 },
    )
  })

  it('beyond its limits still finds what is unique, in bounded time', () => {
    const noise = (seed: number) => Array.from({ length: 20_000 }, (_, at) => `${(at * seed) % 7919} ${seed}`)
    const a = [...noise(3), 'anchor', ...noise(5)]
    const b = [...noise(11), 'anchor', ...noise(13)]
    const matches = matchLines(a, b)
    expectMatching(a, b, matches)
    expect(matches[a.indexOf('anchor')]).toBe(b.indexOf('anchor'))
  })

  it('is bounded for a million alternating lines', () => {
    const a = Array.from({ length: 500_000 }, (_, at) => (at % 2 === 0 ? 'x' : 'y'))
    const b = Array.from({ length: 500_000 }, (_, at) => (at % 3 === 0 ? 'x' : 'y'))
    const start = performance.now()
    expectMatching(a, b, matchLines(a, b).subarray(0, 10))
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

describe('merge3', () => {
  it('takes the only change there is, and an equal change once', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(merged(merge3(base, base, changed))).toBe(changed)
        expect(merged(merge3(base, changed, base))).toBe(changed)
        expect(merged(merge3(base, changed, changed))).toBe(changed)
      }),
      { numRuns: 500 },
    )
  })

  it('merges edits of lines that are apart', () => {
    const edits = fc.record({
      size: fc.integer({ min: 3, max: 12 }),
      at: fc.nat(),
      gap: fc.nat(),
      insert: fc.boolean(),
    })
    fc.assert(
      fc.property(edits, ({ size, at, gap, insert }) => {
        const lines = Array.from({ length: size }, (_, index) => `line ${index}\n`)
        const first = at % (size - 2)
        const second = first + 2 + (gap % (size - first - 2))
        const edit = (index: number, text: string) => lines.with(index, insert ? `${lines[index]}${text}` : text)
        const both = lines
          .map((one, index) =>
            index === first || index === second ? (insert ? `${one}${index}!\n` : `${index}!\n`) : one,
          )
          .join('')
        const theirs = edit(first, `${first}!\n`).join('')
        const mine = edit(second, `${second}!\n`).join('')
        expect(merged(merge3(lines.join(''), theirs, mine))).toBe(both)
        expect(merged(merge3(lines.join(''), mine, theirs))).toBe(both)
      }),
    )
  })

  it('makes no line up, loses none and treats both sides alike', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, mine) => {
        const merge = merge3(base, theirs, mine)
        const from = new Set(merge.chunks.map((chunk) => (chunk.type === 'merged' ? chunk.from : 'conflict')))
        const side = (name: 'base' | 'theirs' | 'mine') =>
          merge.chunks.flatMap((chunk) => (chunk.type === 'merged' ? chunk.lines : chunk[name])).join('')
        if (!from.has('theirs')) expect(side('mine')).toBe(mine)
        if (!from.has('mine')) expect(side('theirs')).toBe(theirs)
        if (from.size === Number(from.has('base')) + Number(from.has('conflict'))) expect(side('base')).toBe(base)

        const known = new Set([base, theirs, mine].flatMap(splitLines))
        for (const chunk of merge.chunks) {
          if (chunk.type === 'merged') for (const one of chunk.lines) expect(known).toContain(one)
          else
            expect(
              [base, theirs, mine].every((one, at) =>
                one.includes([chunk.base, chunk.theirs, chunk.mine][at]?.join('') ?? '-'),
              ),
            ).toBe(true)
        }

        const swapped = merge3(base, mine, theirs)
        expect(swapped.conflicts).toBe(merge.conflicts)
        if (merge.conflicts === 0) expect(merged(swapped)).toBe(merged(merge))
      }),
      { numRuns: 1000 },
    )
  })

  it('merges a config that two people edited', () => {
    const base = 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n'
    const theirs = 'a: 1\nb: 20\nc: 3\nd: 4\ne: 5\nf: 6\n'
    const mine = 'a: 1\nb: 2\nc: 3\nd: 40\ne: 5\n'
    expect(merged(merge3(base, theirs, mine))).toBe('a: 1\nb: 20\nc: 3\nd: 40\ne: 5\nf: 6\n')
  })

  it('marks a conflict, also where the last line has no end', () => {
    const merge = merge3('a\nb', 'a\ntheirs', 'a\nmine')
    expect(merge.conflicts).toBe(1)
    const { text: marked, conflicts } = markConflicts(merge)
    expect(marked).toBe('a\n<<<<<<< mine\nmine\n||||||| base\nb\n=======\ntheirs\n>>>>>>> theirs\n')
    expect(conflicts).toEqual([{ firstLine: 2, lastLine: 8 }])
    expect(remainingConflicts(marked)).toBe(1)
    expect(remainingConflicts('a\n=======\n')).toBe(0)
    expect(remainingConflicts(marked.replace('<<<<<<< mine\n', ''))).toBe(1)
  })

  it('marks as many conflicts as there are, on the lines it says', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, mine) => {
        const merge = merge3(base, theirs, mine)
        const { text: marked, conflicts } = markConflicts(merge)
        expect(remainingConflicts(marked)).toBe(merge.conflicts)
        const lines = splitLines(marked)
        for (const { firstLine, lastLine } of conflicts) {
          expect([lines[firstLine - 1], lines[lastLine - 1]]).toEqual(['<<<<<<< mine\n', '>>>>>>> theirs\n'])
        }
      }),
    )
  })
})
