'use client'

import {
  type RefCallback,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Align, RowWindow, type WindowOptions } from '@/lib/tree/window'

/** Milliseconds without a scroll event after which scrolling has ended (momentum leaves gaps of up to 100 ms). */
const SETTLE_MS = 120

export interface FixedRows {
  /** The element that scrolls (overflow-y: auto; give it `overflow-anchor: none`). */
  readonly containerRef: RefCallback<HTMLElement>
  readonly onScroll: () => void
  /** Rows to mount: [first, last). */
  readonly first: number
  readonly last: number
  /** A row stands at `position: absolute; top: 0; transform: translateY(row * rowHeight + shift)` in the spacer. */
  readonly shift: number
  /** Height of the one child of the container, `position: relative`, that holds the rows. */
  readonly spacerHeight: number
  /** The rows are others with every frame, and may be drawn with less in them. */
  readonly flying: boolean
  readonly scrollToRow: (row: number, align?: Align) => void
}

/** A window over `rowCount` rows of `rowHeight` px each; it costs the same for ten rows and ten million. */
export function useFixedRows(options: WindowOptions): FixedRows {
  const [rowWindow] = useState(() => new RowWindow(options))
  const { rowCount } = options
  useLayoutEffect(() => rowWindow.update(rowCount), [rowWindow, rowCount])
  const rows = useRowWindow(rowWindow)
  // Until the effect has run, the window still counts the rows of before.
  return { ...rows, first: Math.min(rows.first, rowCount), last: Math.min(rows.last, rowCount) }
}

/** The same for a window that somebody else keeps, who moves it together with the rows. */
export function useRowWindow(rowWindow: RowWindow): FixedRows {
  const subscribe = useCallback((listener: () => void) => rowWindow.subscribe(listener), [rowWindow])
  const read = useCallback(() => rowWindow.snapshot, [rowWindow])
  const snapshot = useSyncExternalStore(subscribe, read, read)
  const element = useRef<HTMLElement | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const containerRef = useCallback(
    (container: HTMLElement | null) => {
      element.current = container
      if (container === null) return
      rowWindow.resize(container.clientHeight)
      const observer = new ResizeObserver(() => rowWindow.resize(container.clientHeight))
      observer.observe(container)
      return () => {
        observer.disconnect()
        element.current = null
      }
    },
    [rowWindow],
  )

  useLayoutEffect(() => {
    const container = element.current
    if (snapshot !== rowWindow.snapshot || rowWindow.pendingTop === null || container === null) return
    container.scrollTop = rowWindow.pendingTop
    rowWindow.placed(container.scrollTop)
  }, [rowWindow, snapshot])

  useEffect(() => () => clearTimeout(timer.current), [])

  const onScroll = useCallback(() => {
    const container = element.current
    if (container !== null) {
      rowWindow.scrolled(container.scrollTop)
      // For the style alone (what pulses rests meanwhile): as state it would draw all rows once more.
      container.dataset.scrolling = ''
    }
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      delete container?.dataset.scrolling
      rowWindow.settle()
    }, SETTLE_MS)
  }, [rowWindow])

  const scrollToRow = useCallback((row: number, align?: Align) => rowWindow.scrollToRow(row, align), [rowWindow])

  const { first, last, shift, spacerHeight, flying } = snapshot
  return { containerRef, onScroll, first, last, shift, spacerHeight, flying, scrollToRow }
}
