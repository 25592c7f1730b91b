'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLive } from '@/components/live/live-provider'
import { nodeQuery } from '@/lib/queries/node'

/**
 * The stream tells how an ensemble is only to those who look at something of it; a page that shows no znode looks at the
 * root, whose data hardly ever changes. It costs one watch.
 */
export function useHeartbeat(cluster: string): void {
  const live = useLive()
  useQuery({ ...nodeQuery(cluster, '/', () => live.viewer), refetchOnMount: 'always' })
  useEffect(() => () => live.release(cluster, '/', 'node'), [live, cluster])
}
