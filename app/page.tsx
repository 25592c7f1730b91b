import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { ClusterList } from '@/components/shell/cluster-list'
import { pageClusters } from '@/lib/server/page-clusters'

/** The ensembles; straight into the only one when there is one. */
export default async function Home() {
  await connection()
  const clusters = await pageClusters()
  const [only] = clusters
  if (only && clusters.length === 1) redirect(`/c/${only.id}`)
  return <ClusterList clusters={clusters} />
}
