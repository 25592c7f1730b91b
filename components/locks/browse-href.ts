import type { Route } from 'next'

/** The znode in Browse. A path reads better with its slashes, and they need no escape in a query. */
export function browseHref(cluster: string, path: string): Route {
  return `/c/${encodeURIComponent(cluster)}?path=${encodeURIComponent(path).replaceAll('%2F', '/')}` as Route
}

/** The page of one lock. */
export function lockHref(cluster: string, path: string): Route {
  return `/c/${encodeURIComponent(cluster)}/locks?path=${encodeURIComponent(path).replaceAll('%2F', '/')}` as Route
}
