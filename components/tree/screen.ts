import type { Directory } from '@/lib/tree/directory'
import type { TreeRows } from '@/lib/tree/rows'
import type { RowWindow } from '@/lib/tree/window'

export interface Shown {
  /** Children [first, last) of the directory are on the screen or near it. */
  first: number
  last: number
  readonly names: string[]
}

/** Which part of which directory is mounted. */
export function shownOf(rows: TreeRows, rowWindow: RowWindow): Map<Directory, Shown> {
  const { first, last } = rowWindow.snapshot
  const shown = new Map<Directory, Shown>()
  for (let i = first; i < Math.min(last, rows.rowCount); i++) {
    const row = rows.rowAt(i)
    if ((row.type !== 'node' && row.type !== 'unloaded') || row.parent === null) continue
    const index = row.type === 'node' ? row.position - 1 : row.index
    const range = shown.get(row.parent) ?? { first: index, last: index + 1, names: [] }
    range.last = index + 1
    if (row.type === 'node') range.names.push(row.name)
    shown.set(row.parent, range)
  }
  return shown
}

export type Anchor = readonly [path: string, row: number]

/** The znodes in the viewport, from its top. */
export function anchorsOf(rows: TreeRows, { offset, viewport, rowHeight }: RowWindow): Anchor[] {
  const anchors: Anchor[] = []
  const last = Math.min(rows.rowCount, Math.ceil((offset + viewport) / rowHeight))
  for (let i = Math.floor(offset / rowHeight); i < last; i++) {
    const row = rows.rowAt(i)
    if (row.type === 'node') anchors.push([row.path, i])
  }
  return anchors
}

/** Where the viewport must be so that the first of the anchors that is still a row stands where it stood. */
export function offsetAfter(rows: TreeRows, { offset, rowHeight }: RowWindow, anchors: readonly Anchor[]): number {
  if (offset === 0) return 0
  for (const [path, row] of anchors) {
    const now = rows.indexOf(path)
    if (now !== -1) return Math.max(0, offset + (now - row) * rowHeight)
  }
  return offset
}

/** The last znode at or above a row. */
export function nodeAtOrAbove(rows: TreeRows, row: number): string {
  for (let i = Math.min(row, rows.rowCount - 1); i > 0; i--) {
    const candidate = rows.rowAt(i)
    if (candidate.type === 'node') return candidate.path
  }
  return '/'
}
