'use client'

import { useQueries } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ContenderView, LockView } from '@/lib/queries/lock-responses'
import { LOCK_HEAD, lockPageQuery } from '@/lib/queries/locks'

/** Under a busy lock revisions come ten a second; pages far down the queue are asked for anew this often at most. */
const PACE_MS = 1000

/**
 * Who takes part, by place, for the rows [first, last): the head comes with the view, the rest in pages when it is shown.
 * What was known of a place stays until its page of the newer revision is there.
 */
export function useContenders(
  cluster: string,
  view: LockView,
  { first, last }: { readonly first: number; readonly last: number },
): (place: number) => ContenderView | undefined {
  const revision = usePacedRevision(view.revision)
  const head = view.contenders.length
  const from = Math.floor(Math.max(first, head) / LOCK_HEAD)
  const to = last <= head ? from - 1 : Math.floor((last - 1) / LOCK_HEAD)
  const pages = useQueries({
    queries: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) =>
      lockPageQuery(cluster, view.path, { from: (from + index) * LOCK_HEAD, count: LOCK_HEAD, revision }),
    ),
  })
  const known = useRef(new Map<number, ContenderView>())
  const knownOf = useRef(view.path)
  if (knownOf.current !== view.path) {
    knownOf.current = view.path
    known.current.clear()
  }
  for (const { data } of pages) {
    for (const [index, contender] of (data?.contenders ?? []).entries()) {
      known.current.set((data?.from ?? 0) + index, contender)
    }
  }
  if (known.current.size > MOST_KNOWN) {
    for (const place of known.current.keys()) if (place < first || place >= last) known.current.delete(place)
  }
  return (place) => view.contenders[place - view.from] ?? known.current.get(place)
}

const MOST_KNOWN = 20 * LOCK_HEAD

function usePacedRevision(revision: number): number {
  const [paced, setPaced] = useState(revision)
  const newest = useRef(revision)
  newest.current = revision
  useEffect(() => {
    const timer = setInterval(() => setPaced(newest.current), PACE_MS)
    return () => clearInterval(timer)
  }, [])
  return paced
}
