// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
'use client'

import { type KeyboardEvent, useState } from 'react'
import type { FixedRows } from '@/components/tree/use-fixed-rows'
import { cn } from '@/components/ui/cn'
import { VisibleName } from '@/components/ui/visible-name'
import { CHILD_GONE, CHILDREN_LABEL, COLUMNS } from '@/lib/text/node'
import { kindInWords } from '@/lib/text/znode-words'
import { formatBytes, formatInteger } from '@/lib/znode/bytes'
import { kindOf } from '@/lib/znode/kind'
import { formatAbsolute, formatAgo } from '@/lib/znode/times'
import type { ChildStat, ShownChildren } from './use-children'
import { useNow } from './use-now'

export const CHILD_ROW = 26

const LAYOUT = 'grid grid-cols-[minmax(10rem,1fr)_minmax(7rem,11rem)_4.5rem_5rem_5rem_6.5rem] items-center gap-x-3 px-4'

/** Rows of a directory. Arrow keys move, Enter or a double click opens. */
export function ChildrenGrid({
  rows,
  rowCount,
  shown,
  onOpen,
}: {
  rows: FixedRows
  rowCount: number
  shown: ShownChildren
  onOpen: (name: string) => void
}) {
  const now = useNow(1000)
  const [active, setActive] = useState(0)
  const current = Math.min(active, rowCount - 1)

  function onKeyDown(event: KeyboardEvent) {
    const name = shown.nameAt(current)
    if (event.key === 'Enter' && name !== undefined) {
      event.preventDefault()
      onOpen(name)
      return
    }
    const page = Math.max(1, rows.last - rows.first - 16)
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rowCount - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const row = Math.max(0, Math.min(to, rowCount - 1))
    setActive(row)
    rows.scrollToRow(row, 'nearest')
  }

  return (
    <div
      role="grid"
      aria-label={CHILDREN_LABEL}
      aria-rowcount={rowCount + 1}
      aria-activedescendant={current >= rows.first && current < rows.last ? `child-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/grid flex min-h-0 flex-1 flex-col -outline-offset-2"
    >
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={1}
        className={cn(LAYOUT, 'h-7 flex-none border-b border-line text-xs font-medium text-ink-2')}
      >
        {Object.entries(COLUMNS).map(([column, title]) => (
          <span key={column} role="columnheader" tabIndex={-1} className={cn(isNumber(column) && 'text-right')}>
            {title}
          </span>
        ))}
      </div>
      <div
        role="presentation"
        ref={rows.containerRef}
        onScroll={rows.onScroll}
        className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
      >
        <div role="presentation" className="relative" style={{ height: rows.spacerHeight }}>
          {Array.from({ length: Math.max(0, rows.last - rows.first) }, (_, index) => {
            const row = rows.first + index
            const name = shown.nameAt(row)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys
              <div
                key={row}
                id={`child-${row}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={row + 2}
                aria-selected={row === current}
                onClick={() => setActive(row)}
                onDoubleClick={() => name !== undefined && onOpen(name)}
                className={cn(
                  LAYOUT,
                  'absolute inset-x-0 top-0 h-[26px] border-b border-line-soft outline-none hover:bg-hover',
                  row === current && 'group-focus/grid:bg-selected',
                )}
                style={{ transform: `translateY(${row * CHILD_ROW + rows.shift}px)` }}
              >
                <Cells name={name} stat={name === undefined ? undefined : shown.statOf(name)} now={now} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function isNumber(column: string): boolean {
  return column === 'size' || column === 'children' || column === 'version'
}

function Cells({ name, stat, now }: { name: string | undefined; stat: ChildStat; now: number }) {
  const known = stat && 'czxid' in stat ? stat : null
  const number = 'text-right text-ink-2'
  return (
    <>
      <span role="gridcell" tabIndex={-1} title={name} className="truncate font-mono text-xs">
        {name === undefined ? <span className="text-ink-3">…</span> : <VisibleName name={name} max={80} />}
      </span>
      <span role="gridcell" tabIndex={-1} className="truncate text-ink-2">
        {kindCell(name, stat)}
      </span>
      <span role="gridcell" tabIndex={-1} className={number}>
        {known && formatBytes(known.dataLength)}
      </span>
      <span role="gridcell" tabIndex={-1} className={number}>
        {known && formatInteger(known.numChildren)}
      </span>
      <span role="gridcell" tabIndex={-1} className={number}>
        {known && formatInteger(known.version)}
      </span>
      <span
        role="gridcell"
        tabIndex={-1}
        className="truncate text-ink-2"
        title={known ? formatAbsolute(known.mtime) : ''}
      >
        {known && formatAgo(known.mtime, now)}
      </span>
    </>
  )
}

function kindCell(name: string | undefined, stat: ChildStat): string {
  if (name === undefined || stat === undefined) return ''
  if (stat === null) return CHILD_GONE
  return 'error' in stat ? stat.error.code : kindInWords(kindOf(name, stat))
}
