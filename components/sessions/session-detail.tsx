'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNow } from '@/components/node/use-now'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { SessionsResponse, SessionView } from '@/lib/queries/lock-responses'
import {
  CLOSE_DETAIL,
  COPY_SESSION,
  FACTS,
  FOR,
  NOT_TOLD,
  SECONDS,
  SERVER_ID,
  UNKNOWN_SESSION,
  UNKNOWN_SESSION_WORDS,
  WATCHES_TOLD,
} from '@/lib/text/sessions'
import { formatDuration, formatExact } from '@/lib/znode/times'
import { SessionState } from './session-state'
import { WouldVanish } from './would-vanish'

/** One session: whose it is, and what would vanish with it. */
export function SessionDetail({
  cluster,
  id,
  answer,
  heardAt,
  onClose,
}: {
  cluster: string
  id: string
  answer: SessionsResponse
  heardAt: number
  onClose: () => void
}) {
  const now = useNow(1000)
  const session = answer.sessions.find((other) => other.session === id) ?? null
  return (
    <>
      <div className="flex min-h-9 flex-none flex-wrap items-center gap-x-2 border-b border-line-soft py-1 pr-2 pl-4">
        <h2 className="font-mono text-xs font-semibold wrap-anywhere">{id}</h2>
        <CopyButton text={id} label={COPY_SESSION} />
        {session !== null && <SessionState session={session} heardAt={heardAt} now={now} />}
        <span className="flex-1" />
        <Button variant="ghost" size="icon" aria-label={CLOSE_DETAIL} onClick={onClose} data-first-stop>
          <X size={15} aria-hidden />
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={id} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-4 py-3 -outline-offset-2">
        {session === null ? (
          <>
            <h3 className="font-medium">{UNKNOWN_SESSION(id)}</h3>
            <p className="text-ink-2">{UNKNOWN_SESSION_WORDS}</p>
          </>
        ) : (
          <>
            <Facts session={session} now={now} />
            <WouldVanish cluster={cluster} session={session} answer={answer} />
          </>
        )}
      </section>
    </>
  )
}

function Facts({ session, now }: { session: SessionView; now: number }) {
  const { client, server, createdBy, establishedAt, timeoutMs, lastOperation, watchCount } = session
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-0.5">
      <Fact name={FACTS.client}>{client !== null && <span className="font-mono text-xs">{client}</span>}</Fact>
      <Fact name={FACTS.server}>{server !== null && <span className="font-mono text-xs">{server}</span>}</Fact>
      <Fact name={FACTS.createdBy}>{SERVER_ID(createdBy)}</Fact>
      <Fact name={FACTS.connected}>
        {establishedAt !== null && (
          <time title={formatExact(establishedAt)}>{FOR(formatDuration(Math.max(0, now - establishedAt)))}</time>
        )}
      </Fact>
      <Fact name={FACTS.timeout}>{timeoutMs !== null && SECONDS(timeoutMs)}</Fact>
      <Fact name={FACTS.operation}>
        {lastOperation !== null && <span className="font-mono text-xs">{lastOperation}</span>}
      </Fact>
      <Fact name={FACTS.watches}>{WATCHES_TOLD(watchCount)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {children === false ? <span className="text-ink-3">{NOT_TOLD}</span> : children}
      </dd>
    </>
  )
}
