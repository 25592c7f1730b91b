import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { VisibleName } from '@/components/ui/visible-name'
import type { DeadlockView } from '@/lib/queries/lock-responses'
import {
  DEADLOCK_CARE,
  DEADLOCK_STEP,
  DEADLOCK_TITLE,
  HOLDS_EDGE,
  HOLDS_WORD,
  MORE,
  WAITS_EDGE,
  WAITS_WORD,
} from '@/lib/text/locks'
import { truncateMiddle } from '@/lib/znode/truncate'
import { useLockScene } from './lock-scene'
import { pointOnRing, ringOf } from './ring-layout'

/** Steps of a circle that are drawn; a longer one is told in words. */
const MOST_STEPS = 6
const LABEL = 20

/** Sessions and locks in a ring: each session waits for a lock that the next one holds. */
export function DeadlockRing({ deadlock }: { deadlock: DeadlockView }) {
  const { cluster } = useLockScene()
  const steps = deadlock.steps.slice(0, MOST_STEPS)
  const ring = ringOf(steps.length)
  const whole = steps.length === deadlock.steps.length
  return (
    <figure className="rounded-lg border border-line bg-bg px-3 py-2">
      <figcaption>
        <b className="font-semibold">{DEADLOCK_TITLE}</b> <span className="text-ink-2">{DEADLOCK_CARE}</span>
      </figcaption>
      <div className="flex flex-wrap items-center gap-x-6">
        {whole && (
          <svg
            viewBox={`0 0 ${ring.width} ${ring.height}`}
            className="my-2 w-full max-w-[440px] min-w-0 flex-1 basis-72"
            aria-hidden="true"
          >
            {ring.arrows.map(({ path, head, waits, label }) => (
              <g key={path} className={waits ? 'text-wait' : 'text-accent'} stroke="currentColor" fill="none">
                <path d={path} strokeWidth="1.3" strokeDasharray={waits ? '4 3' : undefined} />
                <path d={head} strokeWidth="1.3" />
                <text x={label.x} y={label.y} textAnchor="middle" stroke="none" className="fill-ink-2 text-[10px]">
                  {waits ? WAITS_EDGE : HOLDS_EDGE}
                </text>
              </g>
            ))}
            {steps.map(({ session, client, waitsFor }, index) => (
              <g key={session}>
                <Node at={pointOnRing(ring, index * 2)} text={client ?? session} kind="session" />
                <Node at={pointOnRing(ring, index * 2 + 1)} text={waitsFor.path} kind="lock" />
              </g>
            ))}
          </svg>
        )}
        <ol className="min-w-0 flex-1 basis-64 list-decimal pl-5 text-[12px] text-ink-2">
          {deadlock.steps.map(({ session, client, holds, waitsFor }) => (
            <li key={session} className="wrap-anywhere">
              <span className="sr-only">{DEADLOCK_STEP(client ?? session, holds.path, waitsFor.path)}</span>
              <span aria-hidden>
                <span className="font-mono text-xs text-ink">{client ?? session}</span> {HOLDS_WORD}{' '}
              </span>
              <LockLink cluster={cluster} path={holds.path} /> <span aria-hidden>{WAITS_WORD}</span>{' '}
              <LockLink cluster={cluster} path={waitsFor.path} />
            </li>
          ))}
        </ol>
      </div>
      {!whole && <p className="text-[11.5px] text-ink-3">{MORE(deadlock.steps.length - MOST_STEPS)}</p>}
    </figure>
  )
}

function LockLink({ cluster, path }: { cluster: string; path: string }) {
  return (
    <Link
      prefetch={false}
      href={pageHrefOf(cluster, 'locks', { path })}
      title={path}
      className="font-mono text-xs text-ink underline"
    >
      <VisibleName name={path} max={48} />
    </Link>
  )
}

function Node({ at, text, kind }: { at: { x: number; y: number }; text: string; kind: 'session' | 'lock' }) {
  const half = 66
  return (
    <g>
      <rect
        x={at.x - half}
        y={at.y - 12}
        width={half * 2}
        height={24}
        rx={kind === 'session' ? 12 : 5}
        className={kind === 'session' ? 'fill-raised stroke-line' : 'fill-raised stroke-changed'}
      />
      <text x={at.x} y={at.y + 3.5} textAnchor="middle" className="fill-ink font-mono text-[10px]">
        {truncateMiddle(text, LABEL)}
      </text>
    </g>
  )
}
