'use client'

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'
import { SPAN } from '@/lib/text/locks'
import { tickerOf } from './ticker'

/** How far the clock of the Zoolens server is from this browser's, ms: what is shown comes with the server's times. */
const ClockContext = createContext(0)

/** A fifth of a second: "0.4 s" must not look frozen, and a page of them must cost nothing. */
const TICK_MS = 200

/** A time of the server's clock, and this browser's when it came. */
export interface ClockSample {
  readonly server: number
  readonly browser: number
}

/**
 * Gives all ages below it the server's clock. `sample` is the newest: of all of them the one that took the least time on
 * its way is kept, or all ages would jump with every answer. Until there is one, `at` of the view: the server is not
 * behind what it has told.
 */
export function LockClock({
  sample,
  view,
  children,
}: {
  sample: ClockSample | null
  view: ClockSample
  children: ReactNode
}) {
  const [best, setBest] = useState<number | null>(null)
  const offset = sample === null ? null : sample.server - sample.browser
  if (offset !== null && (best === null || offset > best)) setBest(offset)
  const [atFirst] = useState(Math.max(0, view.server - view.browser))
  return <ClockContext value={best ?? atFirst}>{children}</ClockContext>
}

/** Now by the clock of the Zoolens server, renewed every `everyMs`. */
export function useServerNow(everyMs = TICK_MS): number {
  const offset = useContext(ClockContext)
  const ticker = tickerOf(everyMs)
  const now = useSyncExternalStore(ticker.subscribe, ticker.now, ticker.now)
  return now + offset
}

/** The time since `at`, running. Draws itself alone. */
export function Since({ at, words }: { at: number; words: (span: string) => string }) {
  const age = Math.max(0, useServerNow() - at)
  return words(SPAN(age < 60_000 ? age : Math.floor(age / 1000) * 1000))
}

/** The time that is left of `ms` since `from`, running down. */
export function Left({ ms, from, words }: { ms: number; from: number; words: (span: string) => string }) {
  const left = Math.max(0, from + ms - useServerNow(1000))
  return words(`${Math.ceil(left / 1000)} s`)
}
