'use client'

import { useCallback, useMemo, useSyncExternalStore } from 'react'

const KEY = 'zoolens.pinned-locks '
/** Bounded, as everything that grows by hand; the oldest go first. */
const MOST = 100

const listeners = new Set<() => void>()
/** Where storage is forbidden they are kept until the page is loaded again. */
const memory = new Map<string, string>()

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? '[]'
  } catch {
    return memory.get(key) ?? '[]'
  }
}

function write(key: string, value: string): void {
  memory.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // Full or forbidden: memory has it.
  }
  for (const listener of listeners) listener()
}

function parse(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((path) => typeof path === 'string') : []
  } catch {
    return []
  }
}

/** The pinned locks of an ensemble in this browser, the same in all its tabs. */
export function usePins(cluster: string): {
  readonly pinned: ReadonlySet<string>
  readonly toggle: (path: string) => void
} {
  const key = KEY + cluster
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => '[]',
  )
  const pinned = useMemo(() => new Set(parse(text)), [text])
  const toggle = useCallback(
    (path: string) => {
      const paths = parse(read(key))
      const next = paths.includes(path) ? paths.filter((other) => other !== path) : [...paths, path].slice(-MOST)
      write(key, JSON.stringify(next))
    },
    [key],
  )
  return { pinned, toggle }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}
