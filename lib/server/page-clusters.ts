import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import type { ClusterSummary } from '@/lib/queries/responses'
import { isOurHost } from './gate'
import { clusterSummaries } from './runtime'

/** The clusters, for a page: under a foreign Host (DNS rebinding) there is nothing here. */
export async function pageClusters(): Promise<ClusterSummary[]> {
  if (!isOurHost(await headers())) notFound()
  return clusterSummaries()
}
