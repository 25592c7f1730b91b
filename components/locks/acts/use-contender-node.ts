'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLive } from '@/components/live/live-provider'
import { useLiveChanges } from '@/components/node/use-live-changes'
import { toAppError } from '@/lib/queries/get-json'
import type { ContenderView } from '@/lib/queries/lock-responses'
import { nodeQuery } from '@/lib/queries/node'
import type { NodeResponse } from '@/lib/queries/responses'
import type { AppError } from '@/lib/znode/app-error'

export interface ContenderNode {
  /** null while it is read, when it cannot be read, is gone, or is another one by now. */
  readonly node: NodeResponse | null
  readonly error: AppError | null
  /** It is not there any more. */
  readonly gone: boolean
  /** Under its path there is another znode than the contender's. */
  readonly recreated: boolean
  readonly refetch: () => Promise<unknown>
}

/** The znode of a contender as it is now, kept current: what is written is written to the version that is shown. */
export function useContenderNode(cluster: string, { path, czxid }: ContenderView): ContenderNode {
  const live = useLive()
  const { data, error, refetch } = useQuery({
    ...nodeQuery(cluster, path, () => live.viewer),
    refetchOnMount: 'always',
  })
  useEffect(() => () => live.release(cluster, path, 'node'), [live, cluster, path])
  useLiveChanges(
    live,
    cluster,
    ({ nodes }) => nodes.some((change) => change.path === path),
    () => refetch(),
  )
  const failure = error === null ? null : toAppError(error)
  const gone = failure?.code === 'NoNode'
  const recreated = !gone && data !== undefined && data.stat.czxid !== czxid
  return { node: gone || recreated ? null : (data ?? null), error: gone ? null : failure, gone, recreated, refetch }
}
