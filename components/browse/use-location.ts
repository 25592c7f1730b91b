'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import type { AppError } from '@/lib/znode/app-error'
import { checkPath } from '@/lib/znode/path'

export const TABS = ['data', 'stat', 'acl', 'children'] as const
export type Tab = (typeof TABS)[number]

/** What is shown lives in the URL, so that a view can be shared and the browser's back button works. */
const LOCATION = {
  path: parseAsString.withDefault('/').withOptions({ history: 'push' }),
  tab: parseAsStringLiteral(TABS).withDefault('data').withOptions({ history: 'replace' }),
}

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
  const [{ path, tab }, set] = useQueryStates(LOCATION, { clearOnDefault: true })
  const open = useCallback((next: string) => void set({ path: next }), [set])
  const showTab = useCallback((next: Tab) => void set({ tab: next }), [set])
  return { path, problem: checkPath(path), tab, open, showTab }
}
