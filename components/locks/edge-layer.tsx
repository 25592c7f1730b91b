'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'
import type { RunEdge } from './lane-runs'

interface Drawn {
  readonly key: string
  readonly path: string
  readonly head: string
  readonly cross: string
  readonly proof: RunEdge['proof']
}

/** Arrows over what is laid out already, from the left side of who waits to the right side of what he waits for. */
export function EdgeLayer({ box, edges }: { box: RefObject<HTMLElement | null>; edges: readonly RunEdge[] }) {
  const [drawn, setDrawn] = useState<readonly Drawn[]>([])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const next = edges.flatMap((edge) => draw(element, edge))
      setDrawn((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  })
  return (
    <li aria-hidden className="pointer-events-none absolute inset-0">
      <svg className="size-full overflow-visible" fill="none" stroke="currentColor" aria-hidden="true">
        {drawn.map(({ key, path, head, cross, proof }) => (
          <g key={key} className={proof === 'contradicted' ? 'text-deleted' : 'text-ink-3'}>
            <path d={path} strokeDasharray={proof === 'unknown' ? '3 3' : undefined} />
            <path d={head} />
            {proof === 'contradicted' && <path d={cross} strokeWidth="1.5" />}
          </g>
        ))}
      </svg>
    </li>
  )
}

function draw(box: HTMLElement, { from, to, proof }: RunEdge): readonly Drawn[] {
  const waiter = box.querySelector<HTMLElement>(`[data-run="${from}"]`)
  const target = box.querySelector<HTMLElement>(`[data-run="${to}"]`)
  if (waiter === null || target === null) return []
  const x1 = waiter.offsetLeft - 2
  const y1 = waiter.offsetTop + Math.min(36, waiter.offsetHeight / 2)
  const x2 = target.offsetLeft + target.offsetWidth + 3
  const y2 = target.offsetTop + Math.min(36, target.offsetHeight / 2)
  const bend = Math.max(14, Math.min(60, (x1 - x2) / 2))
  const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  return [
    {
      key: `${from}-${to}`,
      proof,
      path: `M${x1} ${y1}C${x1 - bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}`,
      head: `M${x2 + 6} ${y2 - 4}l-6 4 6 4`,
      cross: `M${middle.x - 4} ${middle.y - 4}l8 8m0-8-8 8`,
    },
  ]
}
