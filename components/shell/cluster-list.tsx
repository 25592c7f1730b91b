import { ClusterName } from '@/components/ui/cluster-name'
import type { ClusterSummary } from '@/lib/queries/responses'
import { CHOOSE_CLUSTER, CLUSTERS, OPEN_CLUSTER, READ_ONLY_BADGE, READ_ONLY_REASON } from '@/lib/text/shell'
import { Brand } from './brand'

/** The first page when several ensembles are configured. */
export function ClusterList({ clusters }: { clusters: readonly ClusterSummary[] }) {
  return (
    <main className="mx-auto flex max-w-xl flex-col gap-5 px-6 py-20">
      <Brand />
      <h1 className="text-lg font-semibold">{CHOOSE_CLUSTER}</h1>
      <ul aria-label={CLUSTERS} className="flex flex-col overflow-hidden rounded-lg border border-line bg-panel">
        {clusters.map((cluster) => (
          <li key={cluster.id} className="border-b border-line-soft last:border-0">
            <a
              href={`/c/${cluster.id}`}
              aria-label={OPEN_CLUSTER(cluster.name)}
              className="flex items-center gap-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <ClusterName cluster={cluster} />
              <span className="ml-auto font-mono text-xs text-ink-3">{cluster.id}</span>
              {cluster.readOnly && (
                <span title={READ_ONLY_REASON[cluster.readOnly]} className="text-xs text-ink-2">
                  {READ_ONLY_BADGE}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}
