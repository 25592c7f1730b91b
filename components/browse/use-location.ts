'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import type { AppError } from '@/lib/znode/app-error'
import { checkPath } from '@/lib/znode/path'

const TABS = ['data', 'stat', 'acl', 'children'] as const
type Tab = (typeof TABS)[number]

/** What is shown lives in the URL, so that a view can be shared and the browser's back button works. */
export interface Location {
  /** As it stands in the URL: anybody may have written it. */
  readonly path: string
  /** Which of ZooKeeper's rules the path breaks. */
  readonly problem: AppError | null
  readonly tab: Tab
  readonly open: (path: string) => void
  readonly showTab: (tab: Tab) => void
}

export function useLocation(): Location {
  const params = useSearchParams()
  const path = params.get('path') ?? '/'
  const named = params.get('tab')
  const tab = TABS.find((name) => name === named) ?? 'data'
  const open = useCallback((next: string) => {
    if (next !== (new URLSearchParams(window.location.search).get('path') ?? '/')) write('push', { path: next })
  }, [])
  const showTab = useCallback((next: Tab) => write('replace', { tab: next === 'data' ? null : next }), [])
  return { path, problem: checkPath(path), tab, open, showTab }
}

/** Next follows the history's own calls without a round trip to the server, and useSearchParams with it. */
function write(how: 'push' | 'replace', change: { readonly path?: string; readonly tab?: string | null }): void {
  const params = new URLSearchParams(window.location.search)
  for (const [key, value] of Object.entries(change)) {
    if (value === null) params.delete(key)
    else params.set(key, value)
  }
  // A path reads better with its slashes, and they need no escape in a query.
  const url = `?${params.toString().replaceAll('%2F', '/')}`
  if (how === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
}
