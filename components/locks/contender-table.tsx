// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
'use client'

import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useFixedRows } from '@/components/tree/use-fixed-rows'
import { cn } from '@/components/ui/cn'
import type { LockView } from '@/lib/queries/lock-responses'
import { COLUMNS, MENU_COLUMN, TABLE_LABEL } from '@/lib/text/locks'
import { TableRow } from './contender-row'
import { TABLE_LAYOUT, TABLE_ROW } from './table-layout'
import { useContenders } from './use-contenders'

/** Rows that are on the screen at once when there are that many, and none below that are empty. */
const TALLEST = 14

/** The same as the picture, to read: everybody in order, ten thousand of them at the price of those on the screen. */
export function ContenderTable({
  cluster,
  view,
  goTo,
}: {
  cluster: string
  view: LockView
  /** The row to show first; another object is another wish. */
  goTo: { readonly row: number } | null
}) {
  const rows = useFixedRows({ rowCount: view.total, rowHeight: TABLE_ROW })
  const contenderAt = useContenders(cluster, view, rows)
  const [active, setActive] = useState(0)
  const current = Math.min(active, view.total - 1)
  const grid = useRef<HTMLDivElement>(null)
  const { scrollToRow } = rows
  useEffect(() => {
    if (goTo === null) return
    setActive(goTo.row)
    scrollToRow(goTo.row, 'start')
    grid.current?.focus({ preventScroll: true })
    grid.current?.scrollIntoView?.({ block: 'nearest' })
  }, [goTo, scrollToRow])

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== grid.current) {
      if (event.key === 'Escape') grid.current?.focus()
      else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') stepInRow(event)
      return
    }
    if (enterRow(event, document.getElementById(`contender-${current}`))) return
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + TALLEST,
      PageUp: current - TALLEST,
      Home: 0,
      End: view.total - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(to, view.total - 1))
    setActive(next)
    scrollToRow(next)
  }

  return (
    <div className="-mx-5 overflow-x-auto px-5 pb-4">
      <div
        ref={grid}
        role="grid"
        aria-label={TABLE_LABEL}
        aria-rowcount={view.total + 1}
        aria-activedescendant={current >= rows.first && current < rows.last ? `contender-${current}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="group/grid min-w-[56rem] -outline-offset-2"
      >
        <div
          role="row"
          tabIndex={-1}
          aria-rowindex={1}
          className={cn(TABLE_LAYOUT, 'h-7 border-b border-line text-xs font-medium text-ink-2')}
        >
          {Object.entries(COLUMNS).map(([column, title]) => (
            <span key={column} role="columnheader" tabIndex={-1}>
              {title}
            </span>
          ))}
          <span role="columnheader" tabIndex={-1} aria-label={MENU_COLUMN} />
        </div>
        <div
          role="presentation"
          ref={rows.containerRef}
          onScroll={rows.onScroll}
          className="overflow-y-auto [overflow-anchor:none]"
          style={{ height: Math.min(TALLEST, view.total) * TABLE_ROW }}
        >
          <div role="presentation" className="relative" style={{ height: rows.spacerHeight }}>
            {Array.from({ length: Math.max(0, rows.last - rows.first) }, (_, index) => {
              const row = rows.first + index
              return (
                <TableRow
                  key={row}
                  row={row}
                  place={row - view.holding + 1}
                  contender={contenderAt(row)}
                  active={row === current}
                  top={row * TABLE_ROW + rows.shift}
                  onActivate={setActive}
                />
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

const CONTROLS = 'a, button'

/** Enter goes to what can be pressed in the row, the key for menus opens its menu. False for any other key. */
function enterRow(event: KeyboardEvent, row: HTMLElement | null): boolean {
  const opensMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  if (event.key !== 'Enter' && !opensMenu) return false
  event.preventDefault()
  const control = row?.querySelector<HTMLElement>(opensMenu ? '[data-contender-menu]' : CONTROLS)
  control?.focus()
  if (opensMenu) control?.click()
  return true
}

/** From the link of a row to its menu, and back. */
function stepInRow(event: KeyboardEvent): void {
  const controls = [
    ...((event.target as Element).closest('[role="row"]')?.querySelectorAll<HTMLElement>(CONTROLS) ?? []),
  ]
  const from = controls.indexOf(event.target as HTMLElement)
  const to = controls[from + (event.key === 'ArrowRight' ? 1 : -1)]
  if (from === -1 || to === undefined) return
  event.preventDefault()
  to.focus()
}
