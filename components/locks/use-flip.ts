'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

const MOVE_MS = 260
/** More hand-offs a second than this are not moved one by one: cards that never rest cannot be read. */
const CALM_ABOVE = 3
const WINDOW_MS = 1000

interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Lets the cards glide from where they stood to where they stand, when one of them leaves (first, last, invert, play):
 * transforms only, so that nothing is laid out again. Not when they would never come to rest, nor for somebody who asked
 * for less motion. Each element to move has its identity in `data-flip`.
 */
export function useFlip(box: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef(new Map<string, Place>())
  const moves = useRef<number[]>([])
  const shown = useRef(order)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const before = places.current
    const after = new Map<string, Place>()
    const cards = element.querySelectorAll<HTMLElement>('[data-flip]')
    // Offsets and not rectangles: they ignore the transforms of a move that is still under way.
    for (const card of cards) after.set(card.dataset.flip ?? '', { x: card.offsetLeft, y: card.offsetTop })
    places.current = after
    if (shown.current === order) return
    shown.current = order
    const now = performance.now()
    moves.current = [...moves.current.filter((at) => now - at < WINDOW_MS), now].slice(-CALM_ABOVE - 1)
    if (moves.current.length > CALM_ABOVE || prefersCalm()) return
    for (const card of cards) glide(card, before.get(card.dataset.flip ?? ''), after.get(card.dataset.flip ?? ''))
  })
}

function glide(card: HTMLElement, from: Place | undefined, to: Place | undefined): void {
  if (typeof card.animate !== 'function' || to === undefined) return
  const timing = { duration: MOVE_MS, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' }
  if (from === undefined) {
    card.animate([{ opacity: 0 }, { opacity: 1 }], timing)
    return
  }
  const x = from.x - to.x
  const y = from.y - to.y
  if (x === 0 && y === 0) return
  card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], timing)
}

function prefersCalm(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
