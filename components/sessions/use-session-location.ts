'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { fromHex, toHex } from '@/lib/znode/stat'

/** Which session is shown lives in the URL: it can be shared, and the browser's back button works. */
export function useSessionLocation(): {
  /** As ids are written here, without leading zeros; null: none is chosen, or what is there is no id. */
  readonly session: string | null
  /** What is there is no id. */
  readonly broken: boolean
  readonly open: (session: string | null) => void
} {
  const named = useSearchParams().get('session')
  const session = named !== null && /^0x[0-9a-f]{1,16}$/i.test(named) ? toHex(fromHex(named)) : null
  const open = useCallback((next: string | null) => {
    const url = next === null ? window.location.pathname : `?session=${next}`
    if (next !== new URLSearchParams(window.location.search).get('session')) window.history.pushState(null, '', url)
  }, [])
  return { session, broken: named !== null && session === null, open }
}
