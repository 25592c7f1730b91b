'use client'

import { useSyncExternalStore } from 'react'

const ASKED = '(prefers-reduced-motion: reduce)'

/** Whether the person asked for less motion. */
export function useCalm(): boolean {
  return useSyncExternalStore(subscribe, read, () => true)
}

function read(): boolean {
  return typeof matchMedia === 'function' && matchMedia(ASKED).matches
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined
  const query = matchMedia(ASKED)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
