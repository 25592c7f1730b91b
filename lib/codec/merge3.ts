import { matchLines } from './match-lines'

/** A stretch of the merged lines. */
export type MergeChunk =
  | { readonly type: 'merged'; readonly from: 'base' | 'theirs' | 'mine' | 'both'; readonly lines: readonly string[] }
  | {
      readonly type: 'conflict'
      readonly base: readonly string[]
      readonly theirs: readonly string[]
      readonly mine: readonly string[]
    }

export interface Merge {
  /** In order. Lines carry their line ends, so that joining them gives the text exactly. */
  readonly chunks: readonly MergeChunk[]
  readonly conflicts: number
}

/**
 * Merges two edits of one text by lines, as diff3 does: what only one side changed is taken, what both changed alike is
 * taken once, and what both changed differently (or right beside each other) is a conflict. No line is made up.
 */
export function merge3(base: string, theirs: string, mine: string): Merge {
  const lines = { base: splitLines(base), theirs: splitLines(theirs), mine: splitLines(mine) }
  const inTheirs = matchLines(lines.base, lines.theirs)
  const inMine = matchLines(lines.base, lines.mine)
  const chunks: MergeChunk[] = []
  let at = { base: 0, theirs: 0, mine: 0 }

  const addUnstable = (end: typeof at) => {
    const chunk = resolve(
      lines.base.slice(at.base, end.base),
      lines.theirs.slice(at.theirs, end.theirs),
      lines.mine.slice(at.mine, end.mine),
    )
    if (chunk !== null) chunks.push(chunk)
    at = end
  }

  while (at.base < lines.base.length) {
    const stable = stableRun(at, inTheirs, inMine)
    if (stable > 0) {
      chunks.push({ type: 'merged', from: 'base', lines: lines.base.slice(at.base, at.base + stable) })
      at = { base: at.base + stable, theirs: at.theirs + stable, mine: at.mine + stable }
    } else {
      addUnstable(nextStable(at.base, inTheirs, inMine) ?? endOf(lines))
    }
  }
  addUnstable(endOf(lines))
  return { chunks, conflicts: chunks.filter(({ type }) => type === 'conflict').length }
}

interface Cursor {
  readonly base: number
  readonly theirs: number
  readonly mine: number
}

function endOf(lines: Record<keyof Cursor, readonly string[]>): Cursor {
  return { base: lines.base.length, theirs: lines.theirs.length, mine: lines.mine.length }
}

/** How many lines from here on are the next ones in all three texts. */
function stableRun(at: Cursor, inTheirs: Int32Array, inMine: Int32Array): number {
  let length = 0
  while (
    at.base + length < inTheirs.length &&
    inTheirs[at.base + length] === at.theirs + length &&
    inMine[at.base + length] === at.mine + length
  ) {
    length++
  }
  return length
}

/** The next line of the base that both sides kept, or null. */
function nextStable(base: number, inTheirs: Int32Array, inMine: Int32Array): Cursor | null {
  for (let at = base; at < inTheirs.length; at++) {
    const theirs = inTheirs[at] ?? -1
    const mine = inMine[at] ?? -1
    if (theirs >= 0 && mine >= 0) return { base: at, theirs, mine }
  }
  return null
}

function resolve(base: string[], theirs: string[], mine: string[]): MergeChunk | null {
  if (base.length + theirs.length + mine.length === 0) return null
  if (sameLines(theirs, mine)) return { type: 'merged', from: 'both', lines: mine }
  if (sameLines(base, theirs)) return { type: 'merged', from: 'mine', lines: mine }
  if (sameLines(base, mine)) return { type: 'merged', from: 'theirs', lines: theirs }
  return { type: 'conflict', base, theirs, mine }
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at])
}

/** Lines with their ends; the last one may have none. A text of n line ends gives n or n + 1 lines, '' gives none. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []
}
