'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useLive } from '@/components/live/live-provider'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Input } from '@/components/ui/input'
import { toAppError } from '@/lib/queries/get-json'
import type { LockSummary } from '@/lib/queries/lock-responses'
import { locksQuery, searchLocks } from '@/lib/queries/locks'
import { FILTER_LOCKS, FOUND, MATCHING, NO_MATCH, NOT_SEARCHED, ORDER_CHANGED } from '@/lib/text/lock-list'
import { LOCKS, READ_AGAIN, READING } from '@/lib/text/locks'
import { rowsOf, sortedPaths } from './list-order'
import { LockList } from './lock-list'
import { NoLocks } from './no-locks'
import { usePins } from './pins'
import { SearchStatus } from './search-status'
import { useListOrder } from './use-list-order'

const NONE: readonly LockSummary[] = []

/** The left pane: every lock that was found, the most contended first. */
export function LockListPane({
  cluster,
  selected,
  onSelect,
  listRef,
}: {
  cluster: string
  selected: string | null
  onSelect: (path: string) => void
  listRef: RefObject<HTMLDivElement | null>
}) {
  const live = useLive()
  const queries = useQueryClient()
  const query = locksQuery(cluster, () => live.viewer)
  const { data, error, refetch } = useQuery(query)
  useEffect(() => () => live.release(cluster, '/', 'locks'), [live, cluster])
  const search = useMutation({
    mutationFn: (what: 'start' | 'stop') => searchLocks(cluster, what, live.viewer),
    onSuccess: (response) => queries.setQueryData(query.queryKey, response),
  })

  const { pinned, toggle } = usePins(cluster)
  const [typed, setTyped] = useState('')
  const filter = useDeferredValue(typed)
  const filterInput = useRef<HTMLInputElement>(null)
  const locks = data?.locks ?? NONE
  const sorted = useMemo(() => sortedPaths(locks, pinned, filter), [locks, pinned, filter])
  const order = useListOrder(sorted, JSON.stringify([filter, [...pinned]]))
  const rows = useMemo(() => rowsOf(order.paths, locks, pinned), [order.paths, locks, pinned])

  function count(): string {
    if (data === undefined) return error === null ? READING : ''
    return filter === '' ? FOUND(Math.max(data.total, locks.length)) : MATCHING(sorted.length, locks.length)
  }

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 flex-none items-center gap-2 border-b border-line-soft px-3">
        <h2 className="font-medium">{LOCKS}</h2>
        <span className="flex-1" />
        {order.changed ? (
          // Where the count stands otherwise: above the list it would push the rows that somebody points at.
          <Button variant="ghost" size="small" className="-mr-2" onClick={order.sortAgain}>
            {ORDER_CHANGED}
          </Button>
        ) : (
          <span className="truncate text-ink-3">{count()}</span>
        )}
      </div>
      <div className="flex flex-none items-center gap-2 px-3 py-1.5">
        <Input
          ref={filterInput}
          aria-label={FILTER_LOCKS}
          placeholder={FILTER_LOCKS}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Escape') return
            event.preventDefault()
            if (event.key === 'Escape') setTyped('')
            listRef.current?.focus()
          }}
        />
      </div>
      {error !== null && data === undefined && (
        <ErrorPanel
          className="mx-3 my-2"
          error={toAppError(error)}
          actions={
            <Button size="small" onClick={() => void refetch()}>
              {READ_AGAIN}
            </Button>
          }
        />
      )}
      {error !== null && data !== undefined && <p className="px-3 py-1 text-ink-2">{NOT_SEARCHED}</p>}
      {data !== undefined && rows.length === 0 && locks.length > 0 && (
        <p className="px-3 py-2 text-ink-2">{NO_MATCH}</p>
      )}
      {data !== undefined && locks.length === 0 && rows.length === 0 && <NoLocks search={data.search} />}
      {rows.length > 0 ? (
        <LockList
          rows={rows}
          selected={selected}
          onSelect={onSelect}
          onPin={toggle}
          onFilter={() => filterInput.current?.focus()}
          onHold={order.hold}
          onLetGo={order.letGo}
          listRef={listRef}
        />
      ) : (
        <div className="flex-1" />
      )}
      {data !== undefined && (
        <SearchStatus
          search={data.search}
          busy={search.isPending}
          problem={search.error === null ? null : toAppError(search.error)}
          onSearch={(what) => search.mutate(what)}
        />
      )}
    </div>
  )
}
