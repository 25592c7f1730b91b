// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
import { memo, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import type { SessionView } from '@/lib/queries/lock-responses'
import { NOT_TOLD, SECONDS } from '@/lib/text/sessions'
import { formatInteger } from '@/lib/znode/bytes'
import { formatDuration } from '@/lib/znode/times'
import { SessionState } from './session-state'
import { SESSION_LAYOUT } from './table-layout'

export const SessionRow = memo(function SessionRow({
  row,
  session,
  active,
  selected,
  top,
  heardAt,
  now,
}: {
  row: number
  session: SessionView
  active: boolean
  selected: boolean
  top: number
  heardAt: number
  now: number
}) {
  const { client, server, establishedAt, timeoutMs, lastOperation, watchCount, connected } = session
  const mono = 'truncate font-mono text-xs'
  return (
    <div
      id={`session-${row}`}
      role="row"
      tabIndex={-1}
      data-row={row}
      aria-rowindex={row + 2}
      aria-selected={selected}
      className={cn(
        SESSION_LAYOUT,
        'absolute inset-x-0 top-0 h-7 border-b border-line-soft hover:bg-hover',
        selected && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent',
        active && 'group-focus/grid:outline-2 group-focus/grid:-outline-offset-2 group-focus/grid:outline-accent',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <Cell className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-xs">{session.session}</span>
        {session.own && <SessionState session={{ ...session, connected: true }} heardAt={heardAt} now={now} />}
      </Cell>
      <Cell className={mono} title={client ?? ''}>
        {connected === false ? (
          <span className="font-sans text-[12.5px]">
            <SessionState session={{ ...session, own: false }} heardAt={heardAt} now={now} />
          </span>
        ) : (
          (client ?? <Unknown />)
        )}
      </Cell>
      <Cell className={mono} title={server ?? ''}>
        {server ?? (connected === false ? '–' : <Unknown />)}
      </Cell>
      <Cell className="truncate text-ink-2">
        {establishedAt === null ? (
          connected === false ? (
            '–'
          ) : (
            <Unknown />
          )
        ) : (
          formatDuration(Math.max(0, now - establishedAt))
        )}
      </Cell>
      <Cell className="text-right text-ink-2">{timeoutMs === null ? <Unknown /> : SECONDS(timeoutMs)}</Cell>
      <Cell className={mono}>{lastOperation ?? (connected === false ? '–' : <Unknown />)}</Cell>
      <Count of={session.ephemeralCount} />
      <Cell className="text-right text-ink-2">{watchCount === null ? <Unknown /> : formatInteger(watchCount)}</Cell>
      <Count of={session.holds.length} tone="text-accent" />
      <Count of={session.waitsFor.length} tone="text-wait" />
    </div>
  )
})

function Cell({ className, title, children }: { className?: string; title?: string; children: ReactNode }) {
  return (
    <span role="gridcell" tabIndex={-1} className={className} title={title}>
      {children}
    </span>
  )
}

function Count({ of, tone = '' }: { of: number; tone?: string }) {
  return (
    <span role="gridcell" tabIndex={-1} className={cn('text-right', of === 0 ? 'text-ink-3' : tone)}>
      {formatInteger(of)}
    </span>
  )
}

function Unknown() {
  return <span className="font-sans text-ink-3">{NOT_TOLD}</span>
}
