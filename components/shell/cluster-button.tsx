import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { ClusterName } from '@/components/ui/cluster-name'
import type { ClusterSummary } from '@/lib/queries/responses'
import { READ_ONLY_BADGE, READ_ONLY_REASON, SWITCH_CLUSTER } from '@/lib/text/shell'

export function ClusterButton({ cluster, ...button }: ComponentProps<'button'> & { cluster: ClusterSummary }) {
  return (
    <button
      type="button"
      {...button}
      aria-label={SWITCH_CLUSTER(cluster.name)}
      className="flex h-7 min-w-0 items-center gap-2 rounded-md border border-l-[3px] border-line px-2.5 hover:bg-hover"
      style={{ borderLeftColor: cluster.color }}
    >
      <ClusterName cluster={cluster} />
      {cluster.readOnly && (
        <span
          title={READ_ONLY_REASON[cluster.readOnly]}
          className="rounded-[3px] border border-line px-1 text-[10.5px] text-ink-2"
        >
          {READ_ONLY_BADGE}
        </span>
      )}
      <ChevronDown size={13} aria-hidden className="text-ink-3" />
    </button>
  )
}
