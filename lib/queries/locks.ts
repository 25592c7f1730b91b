import { queryOptions } from '@tanstack/react-query'
import { apiUrl, getJson } from './get-json'
import type { LockHistoryResponse, LocksResponse, LockView, SessionsResponse } from './lock-responses'

export const lockKeys = {
  lock: (cluster: string, path: string) => ['c', cluster, 'lock', path, 'view'] as const,
  page: (cluster: string, path: string, page: LockPage) => ['c', cluster, 'lock', path, 'page', page] as const,
  history: (cluster: string, path: string) => ['c', cluster, 'lock', path, 'history'] as const,
  locks: (cluster: string) => ['c', cluster, 'locks'] as const,
  sessions: (cluster: string) => ['c', cluster, 'sessions'] as const,
}

export interface LockPage {
  readonly from: number
  /** At most 500. */
  readonly count: number
  /** Of the view that it belongs to: a page of another revision is another page. */
  readonly revision: number
}

/** How many of those who take part come with a lock. */
export const LOCK_HEAD = 200
/** Histories and sessions are not told by the stream. */
const AGAIN_MS = { history: 2000, sessions: 5000 }

/**
 * A lock with the first {@link LOCK_HEAD} of those who take part, kept current by the stream until the tab releases it
 * (LiveClient.release with 'lock').
 */
export const lockQuery = (cluster: string, path: string, viewer: () => string) =>
  queryOptions({
    queryKey: lockKeys.lock(cluster, path),
    queryFn: ({ signal }) =>
      getJson<LockView>(
        apiUrl(['clusters', cluster, 'lock'], { path, from: 0, count: LOCK_HEAD, viewer: viewer() }),
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    // Shown again, it must be asked for again: the stream stopped telling of it when it was released.
    refetchOnMount: 'always',
    structuralSharing: newest,
  })

/**
 * Another part of those who take part. The answer may be of a later revision than the one asked for: it says which. Under
 * a busy lock revisions come ten a second: let the one that is asked for move more slowly.
 */
export const lockPageQuery = (cluster: string, path: string, page: LockPage) =>
  queryOptions({
    queryKey: lockKeys.page(cluster, path, page),
    queryFn: ({ signal }) =>
      getJson<LockView>(apiUrl(['clusters', cluster, 'lock'], { path, from: page.from, count: page.count }), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5000,
  })

export const lockHistoryQuery = (cluster: string, path: string) =>
  queryOptions({
    queryKey: lockKeys.history(cluster, path),
    queryFn: ({ signal }) =>
      getJson<LockHistoryResponse>(apiUrl(['clusters', cluster, 'lock-history'], { path }), signal),
    refetchInterval: AGAIN_MS.history,
  })

/**
 * All locks that are known; asking for them begins the search. Kept current by the stream until the tab releases it
 * (LiveClient.release with 'locks' and "/").
 */
export const locksQuery = (cluster: string, viewer: () => string) =>
  queryOptions({
    queryKey: lockKeys.locks(cluster),
    queryFn: ({ signal }) =>
      getJson<LocksResponse>(apiUrl(['clusters', cluster, 'locks'], { viewer: viewer() }), signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Shown again, it must be asked for again: the stream stopped telling of it when it was released.
    refetchOnMount: 'always',
    structuralSharing: newest,
  })

/** Begins the search for locks anew, or ends it. */
export function searchLocks(
  cluster: string,
  search: 'start' | 'stop',
  viewer: string,
  signal?: AbortSignal,
): Promise<LocksResponse> {
  return getJson(apiUrl(['clusters', cluster, 'locks'], { search, viewer }), signal)
}

export const sessionsQuery = (cluster: string) =>
  queryOptions({
    queryKey: lockKeys.sessions(cluster),
    queryFn: ({ signal }) => getJson<SessionsResponse>(apiUrl(['clusters', cluster, 'sessions']), signal),
    refetchInterval: AGAIN_MS.sessions,
  })

/** An answer that was under way while the stream brought a later state must not undo it. */
function newest(before: unknown, after: unknown): unknown {
  const isOld =
    before !== undefined && (after as { revision: number }).revision < (before as { revision: number }).revision
  return isOld ? before : after
}
