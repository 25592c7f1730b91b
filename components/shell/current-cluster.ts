'use client'

import { createContext, useContext } from 'react'
import type { ClusterSummary } from '@/lib/queries/responses'

/** The ensemble of the page, for what stands deep in it and may write. Given by PageFrame. */
export const CurrentCluster = createContext<ClusterSummary | null>(null)

export function useCurrentCluster(): ClusterSummary {
  const cluster = useContext(CurrentCluster)
  if (!cluster) throw new Error('useCurrentCluster needs a PageFrame around it.')
  return cluster
}
