import { toHex } from '@/lib/znode/stat'
import type { Evidence } from './evidence'
import type { Finding } from './finding'
import type { Recipe } from './recipe'
import type { Suspicion, Suspicions } from './suspicions'

/** Looks that must agree before a word is said. */
const LOOKS = 2
/** So long must what nobody else proves go on: far longer than any client needs between two requests. */
const PERSISTS_MS = 5_000
const MOST = 20

/** Contenders whose session no server has a connection of: it holds its place until it expires, or comes back. */
export function sessionsGone(recipe: Recipe, evidence: Evidence, suspicions: Suspicions): Finding[] {
  const states = new Map(recipe.contenders.map(({ name, state }) => [name, state]))
  return confirmed(suspicions, 'ghost', 0).flatMap(({ name, session, since, until }): Finding[] => {
    const state = states.get(name)
    if (state === undefined) return []
    const expiresInMs = evidence.expiresInMs?.get(session)
    return [
      {
        code: state === 'holds' ? 'ghost-holder' : 'ghost-waiter',
        severity: state === 'holds' ? 'danger' : 'warning',
        certainty: 'certain',
        subjects: [name],
        count: 1,
        facts: {
          session: toHex(session),
          goneMs: String(until - since),
          ...(expiresInMs === undefined ? {} : { expiresInMs: String(Math.max(0, Math.round(expiresInMs))) }),
        },
      },
    ]
  })
}

/** A finding for each session: what it watches, and that it has nothing here to wait with. */
export function leftoverWatches(recipe: Recipe, suspicions: Suspicions): Finding[] {
  const names = new Set(recipe.contenders.map(({ name }) => name))
  const queued = new Set(recipe.contenders.map(({ session }) => session))
  const watched = new Map<bigint, string[]>()
  for (const { name, session } of confirmed(suspicions, 'leftover-watch', PERSISTS_MS)) {
    if (!names.has(name) || queued.has(session)) continue
    watched.set(session, [...(watched.get(session) ?? []), name])
  }
  return [...watched].slice(0, MOST).map(([session, subjects]) => ({
    code: 'leftover-watch',
    severity: 'note',
    // It may as well be somebody who only looks.
    certainty: 'possible',
    subjects: subjects.slice(0, MOST),
    count: subjects.length,
    facts: { session: toHex(session) },
  }))
}

export function waitersWithoutWatch(recipe: Recipe, suspicions: Suspicions): Finding[] {
  const waiting = new Set(recipe.contenders.flatMap(({ name, state }) => (state === 'waits' ? [name] : [])))
  return confirmed(suspicions, 'waiter-without-watch', PERSISTS_MS)
    .filter(({ name }) => waiting.has(name))
    .map(({ name, session, since, until }) => ({
      code: 'waiter-without-watch',
      severity: 'warning',
      certainty: 'possible',
      subjects: [name],
      count: 1,
      facts: { session: toHex(session), seenMs: String(until - since) },
    }))
}

function confirmed(suspicions: Suspicions, code: Suspicion['code'], persistsMs: number): Suspicion[] {
  return [...suspicions.values()].filter(
    (suspicion) =>
      suspicion.code === code && suspicion.looks >= LOOKS && suspicion.until - suspicion.since >= persistsMs,
  )
}
