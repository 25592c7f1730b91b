import type { Route } from 'next'

/** The pages of an ensemble, in the order of the navigation. */
export const PAGES = ['browse', 'locks', 'sessions'] as const
export type PageKind = (typeof PAGES)[number]

const FOLDERS: Readonly<Record<PageKind, string>> = { browse: '', locks: '/locks', sessions: '/sessions' }

/** The address of a page: "/c/<cluster>", "/c/<cluster>/locks". */
export function pageHref(cluster: string, page: PageKind): Route {
  return `/c/${encodeURIComponent(cluster)}${FOLDERS[page]}` as Route
}

/** The address of what a page shows, such as the path of a znode. It reads better with its slashes, and they need no escape in a query. */
export function pageHrefOf(cluster: string, page: PageKind, query: Readonly<Record<string, string>>): Route {
  const search = Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2F', '/')}`)
    .join('&')
  return `${pageHref(cluster, page)}?${search}` as Route
}
