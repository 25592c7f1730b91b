'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { SPAN } from '@/lib/text/locks'

/** How far the clock of the Zoolens server is from this browser's, ms: what is shown comes with the server's times. */
const ClockContext = createContext(0)

/** A fifth of a second: "0.4 s" must not look frozen, and a page of them must cost nothing. */
const TICK_MS = 200

/** `at` of the newest answer, and when it came. */
export function LockClock({ at, receivedAt, children }: { at: number; receivedAt: number; children: ReactNode }) {
  // The first answer settles it: a slow answer would otherwise make all ages jump back and forth.
  const [offset] = useState(at - receivedAt)
  return <ClockContext value={offset}>{children}</ClockContext>
}

/** Now by the clock of the Zoolens server, renewed every `everyMs`. */
export function useServerNow(everyMs = TICK_MS): number {
  const offset = useContext(ClockContext)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
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
