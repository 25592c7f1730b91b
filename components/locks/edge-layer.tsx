'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'
import { type Box, type EdgePath, edgePath } from './edge-path'
import type { RunEdge } from './lane-runs'

interface Drawn extends EdgePath {
  readonly key: string
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

function draw(box: HTMLElement, { from, to, proof, sameLane }: RunEdge): readonly Drawn[] {
  const waiter = box.querySelector<HTMLElement>(`[data-run="${from}"]`)
  const target = box.querySelector<HTMLElement>(`[data-run="${to}"]`)
  if (waiter === null || target === null) return []
  return [{ key: `${from}-${to}`, proof, ...edgePath(boxOf(waiter), boxOf(target), sameLane) }]
}

/** Offsets and not rectangles: they ignore the transforms of a move that is under way. */
function boxOf({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): Box {
  return { left: offsetLeft, top: offsetTop, width: offsetWidth, height: offsetHeight }
}
