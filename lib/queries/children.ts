import { apiUrl, getJson } from './get-json'
import type { ChildrenResponse, ChildSort, FindResponse, StatsResponse } from './responses'

export interface ChildrenPage {
  readonly path: string
  readonly from: number
  readonly count: number
  readonly sort: ChildSort
  readonly filter: string
  /** See LiveClient.viewer; without it the server does not report changes. */
  readonly viewer?: string
}

/** A part of the sorted list of a directory's children. */
export function fetchChildren(cluster: string, page: ChildrenPage, signal?: AbortSignal): Promise<ChildrenResponse> {
  const { filter, ...rest } = page
  return getJson(apiUrl(['clusters', cluster, 'children'], { ...rest, filter: filter || undefined }), signal)
}

/** Stats of at most 200 children of one directory. */
export function fetchStats(
  cluster: string,
  query: { readonly path: string; readonly names: readonly string[]; readonly viewer?: string },
  signal?: AbortSignal,
): Promise<StatsResponse> {
  return getJson(
    apiUrl(['clusters', cluster, 'stats'], { path: query.path, name: query.names, viewer: query.viewer }),
    signal,
  )
}

/** The first children whose name starts with a prefix. */
export function fetchFind(
  cluster: string,
  query: { readonly path: string; readonly prefix: string; readonly limit: number },
  signal?: AbortSignal,
): Promise<FindResponse> {
  return getJson(apiUrl(['clusters', cluster, 'find'], query), signal)
}
