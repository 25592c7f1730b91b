import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import type { HeldSession, Load } from '@/lib/live/protocol'
import * as text from '@/lib/text/load'
import { SERVER } from '@/lib/text/shell'

/** One session with the ensemble: where it is connected, how it is, and what it holds. */
export function SessionFacts({ which, load }: { which: HeldSession['role']; load: Load }) {
  const session = load.held.find((held) => held.role === which)
  return (
    <section className="min-w-0 rounded-lg border border-line px-3 py-2">
      <h3 className="mb-1 font-medium">{text.SESSION_TITLE[which]}</h3>
      {session === undefined ? (
        <p className="text-xs text-ink-2">{which === 'bulk' ? text.NO_BULK : text.NO_ID}</p>
      ) : (
        <Facts session={session} />
      )}
    </section>
  )
}

function Facts({ session }: { session: HeldSession }) {
  const { sessionId, server, version, lacks, timeoutMs, ageMs, heardAgoMs, zxid, reconnects } = session
  const made = ageMs !== null
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-xs">
      <Fact name={text.SESSION_FACTS.state}>
        <span className={session.connected ? undefined : 'text-deleted'}>{text.STATE(session)}</span>
      </Fact>
      <Fact name={text.SESSION_FACTS.id}>
        {made ? (
          <span className="flex flex-wrap items-center gap-x-1">
            <code className="font-mono text-ink">{sessionId}</code>
            <CopyButton text={sessionId} label={text.COPY_SESSION_ID} className="-my-1" />
            <span>{text.OPENED_AT(sessionId)}</span>
          </span>
        ) : (
          text.NO_ID
        )}
      </Fact>
      <Fact name={text.SESSION_FACTS.server}>
        <span className="font-mono wrap-anywhere text-ink">{SERVER(server)}</span>
      </Fact>
      <Fact name={text.SESSION_FACTS.version}>
        {text.VERSION(version)}
        {lacks.length > 0 && <span className="block">{text.LACKS(lacks)}</span>}
      </Fact>
      <Fact name={text.SESSION_FACTS.timeout}>{text.TIMEOUT(timeoutMs)}</Fact>
      <Fact name={text.SESSION_FACTS.age}>{text.SESSION_AGE(ageMs)}</Fact>
      <Fact name={text.SESSION_FACTS.heard}>{text.HEARD(heardAgoMs)}</Fact>
      <Fact name={text.SESSION_FACTS.zxid}>
        {zxid !== '0x0' && <code className="mr-2 font-mono text-ink">{zxid}</code>}
        {text.LAST_ZXID(zxid)}
      </Fact>
      <Fact name={text.SESSION_FACTS.holds}>{text.HOLDS(session)}</Fact>
      <Fact name={text.SESSION_FACTS.reconnects}>{text.RECONNECTS(reconnects)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </>
  )
}
