'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { type PageKind, pageHref, pageHrefOf } from './page-kind'

/** What each page of each ensemble showed when it was left: who comes back finds it again. At most three for each ensemble. */
const left = new Map<string, string>()

/** The page that was asked for and is not there yet. */
let arriving: PageKind | null = null

/** Whether somebody has come to this page from another one: told once. */
export function takeArrival(page: PageKind): boolean {
  const has = arriving === page
  arriving = null
  return has
}

/** Goes from one page of an ensemble to another. */
export function useOpenPage(
  cluster: string,
  page: PageKind,
): { readonly openPage: (page: PageKind) => void; readonly openZnode: (path: string) => void } {
  const router = useRouter()
  const leave = useCallback(() => left.set(pageHref(cluster, page), window.location.search), [cluster, page])
  const openPage = useCallback(
    (to: PageKind) => {
      if (to === page) return
      leave()
      arriving = to
      const href = pageHref(cluster, to)
      router.push(`${href}${left.get(href) ?? ''}` as Route)
    },
    [router, cluster, page, leave],
  )
  const openZnode = useCallback(
    (path: string) => {
      leave()
      router.push(pageHrefOf(cluster, 'browse', { path }))
    },
    [router, cluster, leave],
  )
  return { openPage, openZnode }
}
