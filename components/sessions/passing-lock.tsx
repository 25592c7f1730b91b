'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { shortName } from '@/components/locks/short-name'
import { pageHrefOf } from '@/components/shell/page-kind'
import { VisibleName } from '@/components/ui/visible-name'
import { apiUrl, getJson } from '@/lib/queries/get-json'
import type { RecipeResponse, SessionView } from '@/lib/queries/lock-responses'
import {
  AND_MORE,
  PASSES_NOBODY,
  PASSES_NOT_READ,
  PASSES_READING,
  PASSES_SOMEBODY,
  PASSES_TO,
  PASSES_UNKNOWN,
} from '@/lib/text/sessions'
import { type PassesTo, passesTo } from './passes-to'

const NAMED = 5
const LINK = 'inline-block min-h-6 rounded-[3px] leading-6 hover:underline'

/** A lock that the session holds, and to whom it would pass: read once, for that costs the ensemble a directory. */
export function PassingLock({
  cluster,
  path,
  session,
  sessions,
  reads,
}: {
  cluster: string
  path: string
  session: SessionView
  sessions: readonly SessionView[]
  reads: boolean
}) {
  const { data, error } = useQuery({
    queryKey: ['c', cluster, 'session-lock', session.session, path],
    queryFn: ({ signal }) => getJson<RecipeResponse>(apiUrl(['clusters', cluster, 'recipe'], { path }), signal),
    enabled: reads,
    staleTime: 5000,
  })
  return (
    <li className="border-t border-line-soft py-0.5 first:border-0">
      <Link
        prefetch={false}
        href={pageHrefOf(cluster, 'locks', { path })}
        className={`${LINK} font-mono text-xs wrap-anywhere`}
      >
        <VisibleName name={path} />
      </Link>
      <p className="pb-0.5 text-ink-2">
        {data !== undefined ? (
          <Next cluster={cluster} to={passesTo(data, session, sessions)} />
        ) : error !== null ? (
          PASSES_UNKNOWN
        ) : reads ? (
          PASSES_READING
        ) : (
          PASSES_NOT_READ
        )}
      </p>
    </li>
  )
}

function Next({ cluster, to }: { cluster: string; to: PassesTo }) {
  if (to === 'watchers') return `${PASSES_TO} ${PASSES_SOMEBODY}`
  if (to.length === 0) return PASSES_NOBODY
  return (
    <>
      {PASSES_TO}{' '}
      {to.slice(0, NAMED).map(({ name, session }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <span className="font-mono text-xs" title={name}>
            {shortName(name)}
          </span>
          {session !== null && (
            <>
              {' '}
              <Link
                prefetch={false}
                href={pageHrefOf(cluster, 'sessions', { session: session.session })}
                className={`${LINK} font-mono text-xs underline`}
              >
                {session.client ?? session.session}
              </Link>
            </>
          )}
        </span>
      ))}
      {to.length > NAMED && ` ${AND_MORE(to.length - NAMED)}`}
    </>
  )
}
