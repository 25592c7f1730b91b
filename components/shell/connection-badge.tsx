import { healthOf } from '@/components/live/health'
import type { ConnectionState } from '@/components/live/use-connection'
import { cn } from '@/components/ui/cn'
import { AGE, LOAD_TITLE, STATUS_WORD } from '@/lib/text/shell'

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

/** The state of the connection in a word, with the age of what is shown when it is not live; opens the panel about it. */
export function ConnectionBadge({ state, onOpen }: { state: ConnectionState; onOpen: () => void }) {
  const health = healthOf(state)
  const showAge = health !== 'connected' && health !== 'syncing' && state.silentMs !== null && state.silentMs > 1000
  return (
    <span role="status" className="flex-none">
      <button
        type="button"
        aria-haspopup="dialog"
        title={LOAD_TITLE}
        onClick={onOpen}
        className="flex h-7 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink"
      >
        <span
          aria-hidden
          className={cn('size-2 rounded-full forced-colors:border forced-colors:border-current', TONE[health])}
        />
        {STATUS_WORD[health]}
        {/* Hidden from screen readers: a figure that changes every second would be read out every second. */}
        {showAge && <span aria-hidden>{AGE(state.silentMs ?? 0)}</span>}
      </button>
    </span>
  )
}
