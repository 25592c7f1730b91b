'use client'

import type { ReactNode } from 'react'
import type { Row } from '@/lib/tree/rows'
import { NoteRow } from './note-row'
import { PassingRow, UnloadedRow } from './passing-row'
import { TreeRow } from './tree-row'
import { ROW_HEIGHT, type TreeStore, type TreeView } from './tree-store'
import type { FixedRows } from './use-fixed-rows'

/** An id that stays with the znode. White space would end the reference in aria-activedescendant. */
export function rowId(tree: string, path: string): string {
  return `${tree}${path.replace(/[%\s]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}`
}

/** The rows on the screen, and the active one wherever it is: the container refers to it. */
export function TreeRowsView({
  store,
  view,
  part: { first, last, shift, flying },
  treeId,
}: {
  store: TreeStore
  view: TreeView
  part: Pick<FixedRows, 'first' | 'last' | 'shift' | 'flying'>
  treeId: string
}) {
  const { rows } = view
  const end = Math.min(last, rows.rowCount)
  const places = Math.max(1, end - first)
  const active = rows.indexOf(view.active)
  const drawn: ReactNode[] = []
  if (active !== -1 && active < first) drawn.push(draw(active))
  if (flying) drawn.push(drawPassing())
  else for (let i = first; i < end; i++) drawn.push(draw(i))
  if (active >= end) drawn.push(draw(active))
  return drawn

  /** Rows by their place on the screen, which stay where they are on a sheet, and the sheet alone moves. */
  function drawPassing(): ReactNode {
    const passing = Array.from({ length: end - first }, (_, place) => drawPlace(place))
    return (
      <div
        key="//passing"
        role="none"
        className="absolute inset-x-0 top-0"
        style={{ transform: `translateY(${first * ROW_HEIGHT + shift}px)` }}
      >
        {passing}
      </div>
    )
  }

  function drawPlace(place: number): ReactNode {
    const row = rows.rowAt(first + place)
    const top = place * ROW_HEIGHT
    if (row.type === 'unloaded') return <UnloadedRow key={`//${place}`} depth={row.depth} top={top} />
    if (row.type === 'note') return drawNote(row, top)
    const { path } = row
    return (
      <PassingRow
        key={`//${place}`}
        id={rowId(treeId, path)}
        path={path}
        name={row.name}
        depth={row.depth}
        position={row.type === 'node' ? row.position : 0}
        setSize={row.type === 'node' ? row.setSize : 0}
        active={path === view.active}
        selected={path === view.selected}
        deleted={row.type === 'tombstone'}
        top={top}
      />
    )
  }

  function draw(index: number): ReactNode {
    const row = rows.rowAt(index)
    const top = index * ROW_HEIGHT + shift
    if (row.type === 'unloaded') {
      // By its place on the screen and not in the list: while the thumb is dragged, the same few move and none is made.
      // One that is drawn because it is active, and is not on the screen, would have the place of another.
      const place = index < first || index >= end ? 'active' : index % places
      return <UnloadedRow key={`//${place}`} depth={row.depth} top={top} />
    }
    if (row.type === 'note') return drawNote(row, top)
    return drawNode(row, top)
  }

  function drawNote(row: Extract<Row, { type: 'note' }>, top: number): ReactNode {
    return (
      <NoteRow
        key={`${row.parent.path}//note${row.ordinal}`}
        directory={row.parent}
        depth={row.depth}
        filter={store.listView(row.parent.path).filter}
        top={top}
      />
    )
  }

  function drawNode(row: Extract<Row, { type: 'node' | 'tombstone' }>, top: number): ReactNode {
    const { path } = row
    const open = row.type === 'node' ? row.open : null
    return (
      <TreeRow
        key={path}
        id={rowId(treeId, path)}
        path={path}
        name={row.name}
        depth={row.depth}
        position={row.type === 'node' ? row.position : 0}
        setSize={row.type === 'node' ? row.setSize : 0}
        expanded={open !== null}
        listed={open?.loaded ? open.unfiltered : null}
        problem={open?.error?.code ?? null}
        active={path === view.active}
        selected={path === view.selected}
        deleted={row.type === 'tombstone'}
        stat={store.stats.statOf(path)}
        pulse={store.pulses.pulseOf(path)}
        rate={store.pulses.rateOf(path)}
        below={open === null ? store.pulses.belowOf(path) : 0}
        unseen={store.pulses.isUnseen(path)}
        top={top}
      />
    )
  }
}
