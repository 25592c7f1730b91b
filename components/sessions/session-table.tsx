// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
'use client'

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useNow } from '@/components/node/use-now'
import { useFixedRows } from '@/components/tree/use-fixed-rows'
import { cn } from '@/components/ui/cn'
import type { SessionView } from '@/lib/queries/lock-responses'
import { COLUMNS, TABLE_LABEL } from '@/lib/text/sessions'
import type { SessionSort } from './session-order'
import { SessionRow } from './session-row'
import { NUMERIC, SESSION_LAYOUT, SESSION_ROW } from './table-layout'

const COLUMN_NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

/** Sessions as rows, five thousand at the price of those on the screen. Arrows move, Enter shows. */
export function SessionTable({
  rows,
  selected,
  sort,
  heardAt,
  onSort,
  onSelect,
  onFilter,
}: {
  rows: readonly SessionView[]
  selected: string | null
  sort: SessionSort
  heardAt: number
  onSort: (sort: SessionSort) => void
  onSelect: (session: string) => void
  onFilter: () => void
}) {
  const now = useNow(1000)
  const fixed = useFixedRows({ rowCount: rows.length, rowHeight: SESSION_ROW })
  // The session and not its place: rows come and go above it.
  const [activeId, setActiveId] = useState<string | null>(null)
  const found = rows.findIndex(({ session }) => session === (activeId ?? selected))
  const active = Math.max(0, found)
  const { scrollToRow } = fixed
  const shownFor = useRef<string | null>(null)
  const place = rows.findIndex(({ session }) => session === selected)
  useEffect(() => {
    if (place === -1 || shownFor.current === selected) return
    shownFor.current = selected
    scrollToRow(place, 'nearest')
  }, [place, selected, scrollToRow])

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    const page = Math.max(1, fixed.last - fixed.first - 16)
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key]
    const session = rows[active]?.session
    if (to !== undefined) {
      const row = Math.max(0, Math.min(to, rows.length - 1))
      setActiveId(rows[row]?.session ?? null)
      scrollToRow(row, 'nearest')
    } else if ((event.key === 'Enter' || event.key === ' ') && session !== undefined) onSelect(session)
    else if (event.key === '/') onFilter()
    else return
    event.preventDefault()
  }

  function onClick(event: MouseEvent) {
    const row = (event.target as Element).closest('[data-row]')?.getAttribute('data-row')
    const session = row === null || row === undefined ? undefined : rows[Number(row)]?.session
    if (session === undefined) return
    setActiveId(session)
    onSelect(session)
  }

  const last = Math.min(fixed.last, rows.length)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-x-auto">
      {/* What the grid says of its columns to those who do not see it stands in it: what scrolls must have the focus itself. */}
      <div
        aria-hidden
        className={cn(
          SESSION_LAYOUT,
          'h-7 min-w-[62.5rem] flex-none border-b border-line text-xs font-medium text-ink-2',
        )}
      >
        {COLUMN_NAMES.map((column) => (
          <Head key={column} column={column} sorted={sort === column} onSort={() => onSort(column)} />
        ))}
      </div>
      <div
        ref={fixed.containerRef}
        role="grid"
        aria-label={TABLE_LABEL}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={active >= fixed.first && active < last ? `session-${active}` : undefined}
        tabIndex={0}
        onScroll={fixed.onScroll}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="group/grid relative min-h-0 min-w-[62.5rem] flex-1 overflow-x-hidden overflow-y-auto outline-none [overflow-anchor:none]"
      >
        <div role="row" tabIndex={-1} aria-rowindex={1} className="sr-only">
          {COLUMN_NAMES.map((column) => (
            <span key={column} role="columnheader" tabIndex={-1} aria-sort={sort === column ? 'other' : 'none'}>
              {COLUMNS[column]}
            </span>
          ))}
        </div>
        <div role="presentation" className="relative" style={{ height: fixed.spacerHeight }}>
          {rows.slice(fixed.first, last).map((session, index) => {
            const row = fixed.first + index
            return (
              <SessionRow
                key={session.session}
                row={row}
                session={session}
                active={row === active}
                selected={session.session === selected}
                top={row * SESSION_ROW + fixed.shift}
                heardAt={heardAt}
                now={now}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** For the mouse: the keyboard sorts with the list above the table. */
function Head({ column, sorted, onSort }: { column: keyof typeof COLUMNS; sorted: boolean; onSort: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list above the table does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <span
      onClick={onSort}
      className={cn(
        'truncate leading-7 hover:text-ink',
        NUMERIC.has(column) && 'text-right',
        sorted && 'text-ink underline decoration-accent decoration-2 underline-offset-4',
      )}
    >
      {COLUMNS[column]}
    </span>
  )
}
