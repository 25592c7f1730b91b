import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { LiveClient } from '@/lib/live/client'
import { fetchChildren, fetchStats } from '@/lib/queries/children'
import { toAppError } from '@/lib/queries/get-json'
import type { ChildSort, StatsResponse } from '@/lib/queries/responses'
import { requestBatches } from '@/lib/tree/request-batches'
import type { AppError } from '@/lib/znode/app-error'
import { parentOf } from '@/lib/znode/path'
import { useLiveChanges } from './use-live-changes'

const PAGE = 256
/** At most 200 stats a request; a block is about one screen of rows. */
const BLOCK = 64
const STATS_KEPT = 2_000

export type ChildStat = StatsResponse['stats'][number] | undefined

export interface ShownChildren {
  /** Children that match; undefined until the first answer. */
  readonly total: number | undefined
  readonly unfiltered: number
  readonly error: AppError | null
  /** undefined: not read yet. */
  nameAt(row: number): string | undefined
  /** undefined: not read yet; null: deleted meanwhile. */
  statOf(name: string): ChildStat
}

/** The children of a directory, of which only the rows [first, last) are read. Follows the live stream. */
export function useChildren(
  cluster: string,
  path: string,
  view: { readonly sort: ChildSort; readonly filter: string; readonly first: number; readonly last: number },
  live: LiveClient,
): ShownChildren {
  const queryClient = useQueryClient()
  const root: QueryKey = ['c', cluster, 'children-table', path]
  const { sort, filter, first, last } = view

  const pages = useQueries({
    queries: rangeOf(Math.floor(first / PAGE), Math.floor(Math.max(first, last - 1) / PAGE)).map((page) => ({
      queryKey: [...root, 'names', sort, filter, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchChildren(cluster, { path, from: page * PAGE, count: PAGE, sort, filter, viewer: live.viewer }, signal),
      refetchOnMount: 'always' as const,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const nameAt = (row: number): string | undefined => {
    for (const { data } of pages) {
      if (data && row >= data.from && row < data.from + data.names.length) return data.names[row - data.from]
    }
    return undefined
  }

  const stats = useQueries({
    queries: rangeOf(Math.floor(first / BLOCK), Math.floor(Math.max(first, last - 1) / BLOCK))
      .map((block) => rangeOf(block * BLOCK, block * BLOCK + BLOCK - 1).flatMap((row) => nameAt(row) ?? []))
      .flatMap((names) => requestBatches(path, names, BLOCK))
      .map((names) => ({
        queryKey: [...root, 'stats', names],
        queryFn: async ({ signal }: { signal: AbortSignal }) => ({
          names,
          ...(await fetchStats(cluster, { path, names, viewer: live.viewer }, signal)),
        }),
        refetchOnMount: 'always' as const,
        staleTime: Number.POSITIVE_INFINITY,
      })),
  })
  // A name that comes makes the block another query: what is known of the others stays on the screen meanwhile.
  const known = useRef(new Map<string, ChildStat>())
  for (const { data } of stats) {
    for (const [index, name] of (data?.names ?? []).entries()) remember(known.current, name, data?.stats[index])
  }

  useLiveChanges(
    live,
    cluster,
    ({ nodes, directories }) =>
      directories.some((delta) => delta.path === path) ||
      nodes.some((change) => change.path !== '/' && parentOf(change.path) === path),
    () => queryClient.refetchQueries({ queryKey: root, type: 'active' }),
  )

  const newest = pages.reduce((a, b) => (b.dataUpdatedAt > a.dataUpdatedAt ? b : a), pages[0] ?? NOTHING)
  const failed = pages.find((page) => page.error !== null)?.error ?? null
  return {
    total: newest.data?.total,
    unfiltered: newest.data?.unfiltered ?? 0,
    error: failed === null ? null : toAppError(failed),
    nameAt,
    statOf: (name) => known.current.get(name),
  }
}

const NOTHING = { data: undefined, dataUpdatedAt: 0 }

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function remember(known: Map<string, ChildStat>, name: string, stat: ChildStat): void {
  known.delete(name)
  known.set(name, stat)
  if (known.size <= STATS_KEPT) return
  const oldest = known.keys().next()
  if (!oldest.done) known.delete(oldest.value)
}
