// biome-ignore-all lint/a11y/useSemanticElements: a list element cannot hold rows that stand at absolute places
'use client'

import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useFixedRows } from '@/components/tree/use-fixed-rows'
import { LIST_LABEL } from '@/lib/text/lock-list'
import { findTyped, type ListRow } from './list-order'
import { LIST_ROW, LockListRow } from './lock-list-row'

/** A pause in typing that begins a new name. */
const TYPING_MS = 500

export interface LockListProps {
  readonly rows: readonly ListRow[]
  readonly selected: string | null
  readonly onSelect: (path: string) => void
  readonly onPin: (path: string) => void
  readonly onFilter: () => void
  readonly onHold: () => void
  readonly onLetGo: () => void
  readonly listRef: RefObject<HTMLDivElement | null>
}

/** All locks, as many as there are. One stop for the Tab key; arrows move, Enter shows, letters jump. */
export function LockList({ rows, selected, onSelect, onPin, onFilter, onHold, onLetGo, listRef }: LockListProps) {
  const { containerRef, ...fixed } = useFixedRows({ rowCount: rows.length, rowHeight: LIST_ROW })
  // The path and not the place: rows come and go above it.
  const [activePath, setActivePath] = useState<string | null>(null)
  const found = rows.findIndex(({ path }) => path === (activePath ?? selected))
  const active = found === -1 ? 0 : found
  const typed = useRef({ text: '', at: 0 })

  const { scrollToRow } = fixed
  const place = rows.findIndex(({ path }) => path === selected)
  const shownFor = useRef<string | null>(null)
  useEffect(() => {
    if (place === -1 || shownFor.current === selected) return
    shownFor.current = selected
    scrollToRow(place)
  }, [place, selected, scrollToRow])

  function moveTo(row: number) {
    const to = Math.max(0, Math.min(row, rows.length - 1))
    setActivePath(rows[to]?.path ?? null)
    scrollToRow(to)
  }

  function type(letter: string, at: number) {
    const goesOn = at - typed.current.at < TYPING_MS
    typed.current = { text: (goesOn ? typed.current.text : '') + letter, at }
    const paths = rows.map(({ path }) => path)
    const to = findTyped(paths, goesOn ? active : active + 1, typed.current.text)
    if (to !== -1) moveTo(to)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, fixed.last - fixed.first - 16)
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key]
    const path = rows[active]?.path
    if (to !== undefined) moveTo(to)
    else if ((event.key === 'Enter' || event.key === ' ') && path !== undefined) onSelect(path)
    else if (event.key === '/' && event.timeStamp - typed.current.at > TYPING_MS) onFilter()
    else if (event.key.length === 1 && event.key !== '?' && event.key !== ':') type(event.key, event.timeStamp)
    else return
    event.preventDefault()
  }

  function onClick(event: MouseEvent) {
    const target = event.target as Element
    const path = target.closest('[data-path]')?.getAttribute('data-path')
    if (path === null || path === undefined) return
    setActivePath(path)
    if (target.closest('[data-pin]') !== null) onPin(path)
    else onSelect(path)
  }

  const mounted = { first: fixed.first, last: Math.min(fixed.last, rows.length) }
  const shown = rows.slice(mounted.first, mounted.last)
  const activeRow = rows[active]
  const activeIsOut = activeRow !== undefined && (active < mounted.first || active >= mounted.last)
  const draw = (row: ListRow, at: number) => (
    <LockListRow
      key={row.path}
      id={`lock-${at}`}
      row={row}
      position={at + 1}
      count={rows.length}
      active={at === active}
      selected={row.path === selected}
      top={at * LIST_ROW + fixed.shift}
    />
  )
  return (
    <div
      ref={(element) => {
        listRef.current = element
        return containerRef(element) ?? undefined
      }}
      role="listbox"
      aria-label={LIST_LABEL}
      aria-activedescendant={rows.length > 0 ? `lock-${active}` : undefined}
      tabIndex={0}
      onScroll={fixed.onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerEnter={onHold}
      onPointerLeave={(event) => {
        if (event.currentTarget !== document.activeElement) onLetGo()
      }}
      onFocus={onHold}
      onBlur={(event) => {
        if (!event.currentTarget.matches(':hover')) onLetGo()
      }}
      className="group/list relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none [overflow-anchor:none]"
    >
      <div role="presentation" className="relative" style={{ height: fixed.spacerHeight }}>
        {activeIsOut && draw(activeRow, active)}
        {shown.map((row, index) => draw(row, mounted.first + index))}
      </div>
    </div>
  )
}
