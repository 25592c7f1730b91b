'use client'

import { type RefObject, useEffect, useRef } from 'react'
import type { Pulse } from './pulses'

const FADE = { duration: 1_200, easing: 'ease-out' } as const
const STILL = '(prefers-reduced-motion: reduce)'

/**
 * Fades the element from full to nothing once for every pulse, at most one at a time. A steady glow does not move, nor
 * does anything for people who asked for less motion: the row's bar stands for it.
 */
export function usePulse(pulse: Pulse | null, steady: boolean): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null)
  const running = useRef<Animation | null>(null)
  const sequence = pulse?.sequence ?? 0
  useEffect(() => {
    running.current?.cancel()
    running.current = null
    if (sequence === 0 || steady || matchMedia(STILL).matches) return
    running.current = element.current?.animate([{ opacity: 1 }, { opacity: 0 }], FADE) ?? null
  }, [sequence, steady])
  return element
}
