import { Badge } from '@/components/ui/badge'
import type { LockSummary } from '@/lib/queries/lock-responses'
import {
  DANGER_BADGE,
  DEADLOCK_BADGE,
  FREE,
  ITEMS,
  MEMBERS,
  NO_HOLDER_BADGE,
  OF_PERMITS,
  TAKING_PART,
  WAIT_BADGE,
  WARNING_BADGE,
} from '@/lib/text/lock-list'

/** The one thing about a lock that a glance at the list must give: the worst that is known, else how full it is. */
export function LockBadge({ lock }: { lock: LockSummary }) {
  const { findings } = lock
  if (findings.some(({ code }) => code === 'possible-deadlock')) return <Badge tone="changed">{DEADLOCK_BADGE}</Badge>
  if (findings.some(({ code }) => code === 'no-holder')) return <Badge tone="deleted">{NO_HOLDER_BADGE}</Badge>
  const trouble = findings.some(({ severity }) => severity === 'danger')
  const warning = findings.some(({ severity }) => severity === 'warning')
  return (
    <span className="flex flex-none items-center gap-1.5">
      {trouble && <Badge tone="deleted">{DANGER_BADGE}</Badge>}
      {!trouble && warning && <Badge tone="changed">{WARNING_BADGE}</Badge>}
      <Fullness lock={lock} />
    </span>
  )
}

function Fullness({ lock }: { lock: LockSummary }) {
  const { kind, holding, waiting, present, permits } = lock
  if (kind === 'queue') return <Quiet>{ITEMS(holding + waiting + present)}</Quiet>
  if (kind === 'membership' || kind === 'service-discovery')
    return <Quiet>{MEMBERS(holding + waiting + present)}</Quiet>
  if (kind === 'semaphore') {
    return (
      <>
        <Quiet>{OF_PERMITS(holding, permits)}</Quiet>
        {waiting > 0 && <Badge tone="wait">{WAIT_BADGE(waiting)}</Badge>}
      </>
    )
  }
  if (waiting > 0 && kind !== 'election') return <Badge tone="wait">{WAIT_BADGE(waiting)}</Badge>
  return <Quiet>{holding + waiting === 0 ? FREE : TAKING_PART(holding, waiting)}</Quiet>
}

function Quiet({ children }: { children: string }) {
  return <span className="text-[11.5px] text-ink-3">{children}</span>
}
