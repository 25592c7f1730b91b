'use client'

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { RESIZE } from '@/lib/text/shell'
import { NARROWEST, rememberPanes, WIDEST } from './panes'

const STEP = 2

/**
 * Two panes with a bar between them that the mouse drags and the arrow keys move (WAI-ARIA window splitter). Our own: the
 * libraries for it weigh more than the tree.
 */
export function SplitPanes({ initial, left, right }: { initial: number; left: ReactNode; right: ReactNode }) {
  const [width, setWidth] = useState(initial)
  const frame = useRef<HTMLDivElement>(null)

  const resize = (percent: number): void => setWidth(Math.min(WIDEST, Math.max(NARROWEST, percent)))
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const box = frame.current?.getBoundingClientRect()
    if (box && event.currentTarget.hasPointerCapture(event.pointerId))
      resize(((event.clientX - box.left) / box.width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: NARROWEST, End: WIDEST }[event.key]
    if (next === undefined) return
    event.preventDefault()
    resize(next)
    rememberPanes(Math.min(WIDEST, Math.max(NARROWEST, next)))
  }
  return (
    <div ref={frame} className="flex h-full min-h-0">
      <div className="h-full min-w-0 flex-none bg-panel" style={{ width: `${width}%` }}>
        {left}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that takes the focus is a widget, which <hr> is not. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={RESIZE}
        aria-valuenow={Math.round(width)}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        tabIndex={0}
        className="relative w-px flex-none cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-inset-x-1.5 hover:bg-accent focus-visible:bg-accent"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onLostPointerCapture={() => rememberPanes(width)}
      />
      <div className="h-full min-w-0 flex-1 bg-panel">{right}</div>
    </div>
  )
}
