import { healthOf } from '@/components/live/health'
import type { ConnectionState } from '@/components/live/use-connection'
import { cn } from '@/components/ui/cn'
import { AGE, STATUS_WORD } from '@/lib/text/shell'

const TONE = {
  connected: 'bg-created shadow-[0_0_0_3px_var(--created-bg)]',
  syncing: 'bg-wait shadow-[0_0_0_3px_var(--wait-bg)]',
  connecting: 'bg-wait shadow-[0_0_0_3px_var(--wait-bg)]',
  reconnecting: 'bg-changed shadow-[0_0_0_3px_var(--changed-bg)]',
  stale: 'bg-changed shadow-[0_0_0_3px_var(--changed-bg)]',
  'read-only': 'bg-changed shadow-[0_0_0_3px_var(--changed-bg)]',
  expired: 'bg-changed shadow-[0_0_0_3px_var(--changed-bg)]',
  unreachable: 'bg-deleted shadow-[0_0_0_3px_var(--deleted-bg)]',
  'auth-failed': 'bg-deleted shadow-[0_0_0_3px_var(--deleted-bg)]',
  offline: 'bg-deleted shadow-[0_0_0_3px_var(--deleted-bg)]',
} as const

/** The state of the connection in a word, with the age of what is shown when it is not live. */
export function ConnectionBadge({ state }: { state: ConnectionState }) {
  const health = healthOf(state)
  const showAge = health !== 'connected' && health !== 'syncing' && state.silentMs !== null && state.silentMs > 1000
  return (
    <span role="status" className="flex flex-none items-center gap-2 text-ink-2">
      <span aria-hidden className={cn('size-2 rounded-full', TONE[health])} />
      {STATUS_WORD[health]}
      {/* Hidden from screen readers: a figure that changes every second would be read out every second. */}
      {showAge && <span aria-hidden>{AGE(state.silentMs ?? 0)}</span>}
    </span>
  )
}
