'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { PageFrame } from '@/components/shell/page-frame'
import type { Theme } from '@/components/shell/theme'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toAppError } from '@/lib/queries/get-json'
import { sessionsQuery } from '@/lib/queries/locks'
import type { ClusterSummary } from '@/lib/queries/responses'
import {
  BAD_SESSION,
  COUNT,
  FILTER_SESSIONS,
  NO_MATCH,
  READ_AGAIN,
  READING,
  SESSION_PANE,
  SESSION_TITLE,
  SESSIONS,
  SESSIONS_TITLE,
  SKIP_TO_SESSIONS,
  SORT,
  SORTS,
  STALE,
} from '@/lib/text/sessions'
import { EvidenceNote } from './evidence-note'
import { NoSessions } from './no-sessions'
import { SessionDetail } from './session-detail'
import { type SessionSort, sessionRows } from './session-order'
import { SessionTable } from './session-table'
import { useHeartbeat } from './use-heartbeat'
import { useSessionLocation } from './use-session-location'

const SORT_OPTIONS = (Object.keys(SORTS) as SessionSort[]).map((value) => ({ value, label: SORTS[value] }))
const SKIP = { label: SKIP_TO_SESSIONS, to: '[role="grid"]' }

export interface SessionsPageProps {
  readonly cluster: ClusterSummary
  readonly clusters: readonly ClusterSummary[]
  readonly theme: Theme
}

/** Every session that anything is known of; beside them one, with what would vanish with it. */
export function SessionsPage({ cluster, clusters, theme }: SessionsPageProps) {
  const { session: selected, broken, open } = useSessionLocation()
  const { data, error, refetch, dataUpdatedAt } = useQuery(sessionsQuery(cluster.id))
  useHeartbeat(cluster.id)
  const [sort, setSort] = useState<SessionSort>('stake')
  const [typed, setTyped] = useState('')
  const filter = useDeferredValue(typed)
  const rows = useMemo(() => sessionRows(data?.sessions ?? [], sort, filter), [data, sort, filter])
  const filterInput = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLElement>(null)
  const toTable = useCallback(() => list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(), [])
  useEffect(() => {
    document.title = selected === null ? SESSIONS_TITLE(cluster.name) : SESSION_TITLE(selected, cluster.name)
  }, [selected, cluster.name])
  const close = (): void => {
    open(null)
    toTable()
  }
  const again = <Button onClick={() => void refetch()}>{READ_AGAIN}</Button>

  return (
    <PageFrame page="sessions" cluster={cluster} clusters={clusters} theme={theme} skip={SKIP}>
      <div className="flex h-full min-h-0 bg-panel max-lg:flex-col">
        <section ref={list} aria-label={SESSIONS} data-pane className="flex min-h-0 min-w-0 flex-1 flex-col">
          <h1 className="sr-only">{SESSIONS}</h1>
          <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-2">
            <Input
              ref={filterInput}
              aria-label={FILTER_SESSIONS}
              placeholder={FILTER_SESSIONS}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'Escape') return
                event.preventDefault()
                if (event.key === 'Escape') setTyped('')
                toTable()
              }}
              className="max-w-96 min-w-32 flex-1"
            />
            <Select label={SORT} value={sort} onValueChange={setSort} options={SORT_OPTIONS} />
            <span role="status" className="ml-auto text-ink-3">
              {data === undefined ? error === null && READING : COUNT(rows.length, data.sessions.length, data.cut)}
            </span>
          </div>
          {broken && (
            <Banner tone="problem" className="mx-4 mb-2">
              {BAD_SESSION}
            </Banner>
          )}
          {error !== null && data === undefined && (
            <ErrorPanel className="mx-4 mb-2" error={toAppError(error)} actions={again} />
          )}
          {error !== null && data !== undefined && (
            <Banner tone="changed" className="mx-4 mb-2" actions={again}>
              {STALE} {toAppError(error).message}
            </Banner>
          )}
          {data?.sessions.length === 0 && <NoSessions evidence={data.evidence} />}
          {data !== undefined && data.sessions.length > 0 && rows.length === 0 && (
            <p className="px-4 py-2 text-ink-2">{NO_MATCH}</p>
          )}
          {rows.length > 0 ? (
            <SessionTable
              rows={rows}
              selected={selected}
              sort={sort}
              heardAt={dataUpdatedAt}
              onSort={setSort}
              onSelect={open}
              onFilter={() => filterInput.current?.focus()}
            />
          ) : (
            <div className="flex-1" />
          )}
          {data !== undefined && data.sessions.length > 0 && <EvidenceNote evidence={data.evidence} />}
        </section>
        {selected !== null && data !== undefined && (
          <section
            aria-label={SESSION_PANE}
            data-pane
            className="flex min-h-0 w-96 flex-none flex-col border-line max-lg:h-1/2 max-lg:w-full max-lg:border-t lg:border-l"
          >
            <SessionDetail
              key={selected}
              cluster={cluster.id}
              id={selected}
              answer={data}
              heardAt={dataUpdatedAt}
              onClose={close}
            />
          </section>
        )}
      </div>
    </PageFrame>
  )
}
