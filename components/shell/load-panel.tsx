'use client'

import type { ConnectionState } from '@/components/live/use-connection'
import { Dialog } from '@/components/ui/dialog'
import { BUDGET } from '@/lib/live/budget'
import type { Load, Traffic } from '@/lib/live/protocol'
import * as text from '@/lib/text/load'
import { AGE, LOAD_TITLE } from '@/lib/text/shell'
import { SessionFacts } from './session-facts'

/** What Zoolens costs the ensemble, beside what it may cost. Moves with the beat of the event stream. */
export function LoadPanel({
  cluster,
  state,
  onOpenChange,
}: {
  cluster: string
  state: ConnectionState
  onOpenChange: (open: boolean) => void
}) {
  const { connection, load, stream, silentMs } = state
  return (
    <Dialog open onOpenChange={onOpenChange} title={LOAD_TITLE} description={text.LOAD_WORDS(cluster)} width="medium">
      {stream === 'lost' && silentMs !== null && <p className="text-deleted">{text.LOAD_OLD(AGE(silentMs))}</p>}
      {load === null || connection === null ? (
        <p className="pb-3 text-ink-2">{text.LOAD_UNKNOWN}</p>
      ) : (
        <div className="flex flex-col gap-4 pb-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Section title={text.BUDGET_TITLE}>
              <Budgets load={load} />
            </Section>
            <Section title={text.TRAFFIC_TITLE}>
              <TrafficTable load={load} />
            </Section>
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <SessionFacts which="live" load={load} />
            <SessionFacts which="bulk" load={load} />
          </div>
          <Section title={text.WATCHING_TITLE}>
            <p className="text-ink-2">
              {connection.limitation !== null && `${text.LIMITATION(connection.limitation, connection.version)} `}
              {text.WATCHING[connection.liveness]}
            </p>
          </Section>
        </div>
      )}
    </Dialog>
  )
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  )
}

function Budgets({ load }: { load: Load }) {
  return (
    <dl className="flex flex-col gap-1.5">
      {(Object.keys(BUDGET) as (keyof typeof BUDGET)[]).map((what) => (
        <div key={what} className="flex flex-wrap justify-between gap-x-3">
          <dt>{text.BUDGET_NAMES[what]}</dt>
          <dd className="text-ink-2">{text.OF_AT_MOST(load[what], BUDGET[what])}</dd>
          <Bar part={load[what] / BUDGET[what]} />
        </div>
      ))}
      <div className="flex flex-wrap justify-between gap-x-3">
        <dt>{text.QUEUED}</dt>
        <dd className="text-ink-2">{text.QUEUED_WORDS(load.queued)}</dd>
      </div>
    </dl>
  )
}

/** Repeats a figure that stands beside it. */
function Bar({ part }: { part: number }) {
  return (
    <dd aria-hidden className="mt-0.5 h-1 basis-full overflow-hidden rounded-full bg-hover forced-colors:hidden">
      <div
        className={part > 1 ? 'h-full bg-deleted' : 'h-full bg-accent'}
        style={{ width: `${Math.min(100, part * 100)}%` }}
      />
    </dd>
  )
}

const TRAFFIC: readonly (keyof Traffic)[] = ['requests', 'notifications', 'bytesIn', 'bytesOut']

function TrafficTable({ load }: { load: Load }) {
  return (
    <table className="w-full">
      <thead>
        <tr className="text-left align-bottom text-ink-3">
          <td />
          <th scope="col" className="w-20 pb-0.5 pl-3 text-right font-normal">
            {text.TRAFFIC_COLUMNS.perSecond}
          </th>
          <th scope="col" className="w-24 pb-0.5 pl-3 text-right font-normal">
            {text.TRAFFIC_COLUMNS.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {TRAFFIC.map((what) => (
          <tr key={what} className="border-t border-line-soft">
            <th scope="row" className="py-0.5 text-left font-normal">
              {text.TRAFFIC_NAMES[what]}
            </th>
            <td className="py-0.5 pl-3 text-right whitespace-nowrap text-ink-2">
              {text.TRAFFIC_VALUE(what, load.perSecond[what])}
            </td>
            <td className="py-0.5 pl-3 text-right whitespace-nowrap text-ink-2">
              {text.TRAFFIC_VALUE(what, load.total[what])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
