import Link from 'next/link'
import type { ReactNode } from 'react'
import { pageHrefOf } from '@/components/shell/page-kind'
import { VisibleName } from '@/components/ui/visible-name'
import type { SessionsResponse, SessionView } from '@/lib/queries/lock-responses'
import {
  AND_MORE,
  EPHEMERALS,
  EPHEMERALS_PARTLY,
  PASSES_TITLE,
  QUEUES_TITLE,
  QUEUES_WORDS,
  VANISH_NOTHING,
  VANISH_NOTHING_KNOWN,
  VANISH_TITLE,
  VANISH_WHEN,
} from '@/lib/text/sessions'
import { PassingLock } from './passing-lock'

/** Whose next in line is read by itself: each costs the ensemble a directory. */
const READ_BY_ITSELF = 5
const LINK = 'inline-block min-h-6 rounded-[3px] font-mono text-xs leading-6 wrap-anywhere hover:underline'

/** What the ensemble would delete with the session, and which locks would pass to whom. */
export function WouldVanish({
  cluster,
  session,
  answer: { sessions, ephemeralsFrom },
}: {
  cluster: string
  session: SessionView
  answer: SessionsResponse
}) {
  const { ephemerals, ephemeralCount, holds, waitsFor, timeoutMs } = session
  const partly = ephemeralsFrom === 'locks'
  return (
    <>
      <h3 className="pt-4 pb-1 font-medium">{VANISH_TITLE}</h3>
      <p className="pb-1 text-ink-2">{VANISH_WHEN(timeoutMs)}</p>
      {ephemeralCount === 0 && <p className="text-ink-2">{partly ? VANISH_NOTHING_KNOWN : VANISH_NOTHING}</p>}
      {holds.length > 0 && (
        <List title={PASSES_TITLE(holds.length)}>
          {holds.map((path, index) => (
            <PassingLock
              key={path}
              cluster={cluster}
              path={path}
              session={session}
              sessions={sessions}
              reads={index < READ_BY_ITSELF}
            />
          ))}
        </List>
      )}
      {waitsFor.length > 0 && (
        <List title={QUEUES_TITLE(waitsFor.length)} words={QUEUES_WORDS}>
          {waitsFor.map((path) => (
            <li key={path}>
              <Link prefetch={false} href={pageHrefOf(cluster, 'locks', { path })} className={LINK}>
                <VisibleName name={path} />
              </Link>
            </li>
          ))}
        </List>
      )}
      {ephemeralCount > 0 && (
        <List title={EPHEMERALS(ephemeralCount)} {...(partly ? { words: EPHEMERALS_PARTLY } : {})}>
          {ephemerals.map((path) => (
            <li key={path}>
              <Link prefetch={false} href={pageHrefOf(cluster, 'browse', { path })} className={LINK}>
                <VisibleName name={path} />
              </Link>
            </li>
          ))}
          {ephemeralCount > ephemerals.length && (
            <li className="text-ink-2">{AND_MORE(ephemeralCount - ephemerals.length)}</li>
          )}
        </List>
      )}
    </>
  )
}

function List({ title, words, children }: { title: string; words?: string; children: ReactNode }) {
  return (
    <>
      <h4 className="pt-3 text-xs font-medium text-ink-2">{title}</h4>
      {words !== undefined && <p className="text-ink-2">{words}</p>}
      <ul aria-label={title}>{children}</ul>
    </>
  )
}
