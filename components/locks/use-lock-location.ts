'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import type { AppError } from '@/lib/znode/app-error'
import { checkPath } from '@/lib/znode/path'

/** Which lock is shown lives in the URL: it can be shared, and the browser's back button works. */
export function useLockLocation(): {
  /** null: none is chosen. As it stands in the URL: anybody may have written it. */
  readonly path: string | null
  readonly problem: AppError | null
  readonly open: (path: string) => void
  readonly close: () => void
} {
  const path = useSearchParams().get('path')
  const open = useCallback((next: string) => {
    if (next === new URLSearchParams(window.location.search).get('path')) return
    // A path reads better with its slashes, and they need no escape in a query.
    window.history.pushState(null, '', `?path=${encodeURIComponent(next).replaceAll('%2F', '/')}`)
  }, [])
  const close = useCallback(() => window.history.pushState(null, '', window.location.pathname), [])
  return { path, problem: path === null ? null : checkPath(path), open, close }
}
