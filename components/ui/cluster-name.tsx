import type { ClusterSummary } from '@/lib/queries/responses'
import { PRODUCTION } from '@/lib/text/ui'

/** Which ensemble one is about to touch: its colour, name, and whether it is production. On every confirmation. */
export function ClusterName({ cluster }: { cluster: ClusterSummary }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span aria-hidden className="size-2.5 flex-none rounded-full" style={{ backgroundColor: cluster.color }} />
      <span className="truncate font-medium">{cluster.name}</span>
      {cluster.production && (
        <span className="flex-none rounded-[3px] bg-prod px-1.5 py-px text-[10.5px] font-semibold tracking-wide text-white uppercase">
          {PRODUCTION}
        </span>
      )}
    </span>
  )
}
