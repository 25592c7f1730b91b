import { toHex } from '@/lib/znode/stat'
import type { Evidence } from './evidence'
import type { Finding, FindingCode } from './finding'
import type { Recipe } from './recipe'
import type { Suspicion, Suspicions } from './suspicions'

/** Looks that must agree before a word is said. */
const LOOKS = 2
/** So long must what nobody else proves go on: far longer than any client needs between two requests. */
const PERSISTS_MS = 5_000
/** Of findings of one kind, and of the znodes that one names. */
const MOST = 20

/** A finding for each session that no server has a connection of: its znodes stay until it expires, or comes back. */
export function sessionsGone(recipe: Recipe, evidence: Evidence, suspicions: Suspicions): Finding[] {
  const states = new Map(recipe.contenders.map(({ name, state }) => [name, state]))
  const gone = confirmed(suspicions, 'ghost', 0).filter(({ name }) => states.has(name))
  const [holding, waiting] = [
    gone.filter(({ name }) => states.get(name) === 'holds'),
    gone.filter(({ name }) => states.get(name) !== 'holds'),
  ]
  return [
    ...bySession(holding).map((of) => ghost('ghost-holder', 'danger', of, evidence)),
    ...bySession(waiting).map((of) => ghost('ghost-waiter', 'warning', of, evidence)),
  ]
}

interface Suspected {
  readonly first: Suspicion
  readonly names: readonly string[]
}

function ghost(
  code: FindingCode,
  severity: Finding['severity'],
  { first: { session, since, until }, names }: Suspected,
  { expiresInMs }: Evidence,
): Finding {
  const left = expiresInMs?.get(session)
  const facts = {
    session: toHex(session),
    goneMs: String(until - since),
    ...(left === undefined ? {} : { expiresInMs: String(Math.max(0, Math.round(left))) }),
  }
  return { code, severity, certainty: 'certain', subjects: names.slice(0, MOST), count: names.length, facts }
}

function bySession(suspicions: readonly Suspicion[]): Suspected[] {
  const sessions = new Map<bigint, { first: Suspicion; names: string[] }>()
  for (const first of suspicions) {
    const known = sessions.get(first.session)
    if (known === undefined) sessions.set(first.session, { first, names: [first.name] })
    else known.names.push(first.name)
  }
  return [...sessions.values()].slice(0, MOST)
}

/** A finding for each session: what it watches, and that it has nothing here to wait with. */
export function leftoverWatches(recipe: Recipe, suspicions: Suspicions): Finding[] {
  const names = new Set(recipe.contenders.map(({ name }) => name))
  const queued = new Set(recipe.contenders.map(({ session }) => session))
  const left = confirmed(suspicions, 'leftover-watch', PERSISTS_MS).filter(
    ({ name, session }) => names.has(name) && !queued.has(session),
  )
  return bySession(left).map(({ first, names: watched }) => ({
    code: 'leftover-watch',
    severity: 'note',
    // It may as well be somebody who only looks.
    certainty: 'possible',
    subjects: watched.slice(0, MOST),
    count: watched.length,
    facts: { session: toHex(first.session) },
  }))
}

export function waitersWithoutWatch(recipe: Recipe, suspicions: Suspicions): Finding[] {
  const waiting = new Set(recipe.contenders.flatMap(({ name, state }) => (state === 'waits' ? [name] : [])))
  return confirmed(suspicions, 'waiter-without-watch', PERSISTS_MS)
    .filter(({ name }) => waiting.has(name))
    .slice(0, MOST)
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
