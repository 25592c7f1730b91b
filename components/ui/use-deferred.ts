'use client'

import { useEffect, useState } from 'react'
import { loadPart } from './load-part'

/**
 * A module that nobody needs for the first picture: loaded as soon as that is on the screen, null until then. Keeps what
 * floats (menus, suggestions, notifications) out of what a browser must load before it shows anything.
 */
export function useDeferred<T>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same module whichever function asks for it.
  useEffect(() => {
    let gone = false
    void loadPart(load).then((module) => {
      if (!gone) setLoaded(() => module)
    })
    return () => {
      gone = true
    }
  }, [])
  return loaded
}
