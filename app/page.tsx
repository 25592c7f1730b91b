import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { ClusterList } from '@/components/shell/cluster-list'
import { clusterSummaries } from '@/lib/server/runtime'

/** The ensembles; straight into the only one when there is one. */
export default async function Home() {
  await connection()
  const clusters = clusterSummaries()
  const [only] = clusters
  if (only && clusters.length === 1) redirect(`/c/${only.id}`)
  return <ClusterList clusters={clusters} />
}
