import type { LineSeparator } from './line-separator'
import type { Merge, MergeChunk } from './merge3'

export interface MarkedText {
  readonly text: string
  /** Where the conflicts are: numbers of their first and last marker line, from 1. */
  readonly conflicts: readonly { readonly firstLine: number; readonly lastLine: number }[]
}

const MARKERS = { mine: '<<<<<<< mine', base: '||||||| base', theirs: '=======', end: '>>>>>>> theirs' } as const

/** The merged text, each conflict between the markers that git uses, for a person to resolve. */
export function markConflicts(merge: Merge, lineSeparator: LineSeparator = '\n'): MarkedText {
  const lines: string[] = []
  const conflicts: { firstLine: number; lastLine: number }[] = []
  for (const chunk of merge.chunks) {
    const firstLine = lines.length + 1
    for (const line of chunk.type === 'merged' ? chunk.lines : conflictLines(chunk, lineSeparator)) lines.push(line)
    if (chunk.type === 'conflict') conflicts.push({ firstLine, lastLine: lines.length })
  }
  return { text: lines.join(''), conflicts }
}

/** How many conflicts of {@link markConflicts} a person has left in a text: it must not be saved before that is 0. */
export function remainingConflicts(text: string): number {
  const lines = text.split(/\r\n|\r|\n/)
  const starts = lines.filter((line) => line === MARKERS.mine).length
  const ends = lines.filter((line) => line === MARKERS.end).length
  return Math.max(starts, ends)
}

function conflictLines(chunk: Extract<MergeChunk, { type: 'conflict' }>, lineSeparator: LineSeparator): string[] {
  // The last line of a text may have no line end; the marker behind it must not stick to it.
  const ended = (lines: readonly string[]) => lines.map((line) => (/[\r\n]$/.test(line) ? line : line + lineSeparator))
  return [
    MARKERS.mine + lineSeparator,
    ...ended(chunk.mine),
    MARKERS.base + lineSeparator,
    ...ended(chunk.base),
    MARKERS.theirs + lineSeparator,
    ...ended(chunk.theirs),
    MARKERS.end + lineSeparator,
  ]
}
