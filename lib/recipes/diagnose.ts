import { herds } from './diagnose-herd'
import { leftoverWatches, sessionsGone, waitersWithoutWatch } from './diagnose-sessions'
import type { Evidence } from './evidence'
import type { Finding } from './finding'
import type { Layout } from './layout'
import { type Contender, type Recipe, type RecipeKind, SELF } from './recipe'
import { REVOKE } from './revoke-message'
import type { Suspicions } from './suspicions'

/** What is known besides this moment. All times are milliseconds since 1970 by the clock of the Zoolens server. */
export interface DiagnoseContext {
  readonly now: number
  /** Contender's name -> when it was seen to get the lock; those who held before anybody looked are not in it. */
  readonly heldSince: ReadonlyMap<string, number>
  /** Of the turns on this lock that were seen from the hand-off to the release. */
  readonly holds: { readonly samples: number; readonly p95Ms: number | null }
  /** From suspect(), of the looks so far; NO_SUSPICIONS where only one look is taken. */
  readonly suspicions: Suspicions
}

/**
 * What is wrong, or may be, that the recipe alone does not show: it takes the evidence of the servers or the past. What
 * recognise() has put into recipe.findings is not repeated. In no order.
 */
export function diagnose(recipe: Recipe, layout: Layout, evidence: Evidence, context: DiagnoseContext): Finding[] {
  const findings = [
    ...noHolder(recipe),
    ...sessionsGone(recipe, evidence, context.suspicions),
    ...leftoverWatches(recipe, context.suspicions),
    ...waitersWithoutWatch(recipe, context.suspicions),
    ...herds(recipe, layout, evidence),
    ...longHold(recipe, context),
    ...revokedHeld(recipe, layout, context.now),
    ...lockedForEver(recipe, layout),
  ]
  const known = new Set(recipe.findings.map(({ code }) => code))
  return findings.filter(({ code }) => !known.has(code))
}

/** Somebody should hold when others wait. Not a barrier, whose waiters wait for something else than a holder. */
const HAS_HOLDER: ReadonlySet<RecipeKind> = new Set(['mutex', 'read-write-lock', 'semaphore', 'election', 'sequence'])

function noHolder({ kind, contenders, foreign }: Recipe): Finding[] {
  if (!HAS_HOLDER.has(kind) || contenders.some(({ state }) => state === 'holds')) return []
  const waiting = contenders.filter(({ state }) => state === 'waits')
  if (waiting.length === 0) return []
  const blocks = foreign.find(({ effect }) => effect === 'blocks')
  return [
    {
      code: 'no-holder',
      severity: 'danger',
      // Without a znode that blocks it may be a hand-off just then, or rules that are not those of this directory.
      certainty: blocks === undefined ? 'likely' : 'certain',
      ...subjectsOf(waiting),
      facts: blocks === undefined ? {} : { blocker: blocks.name },
    },
  ]
}

const ENOUGH_SAMPLES = 20
const LONGER_THAN_USUAL = 5
/** What takes a few milliseconds as a rule is not worth a word when it takes twenty. */
const WORTH_A_WORD_MS = 1_000

function longHold({ kind, contenders }: Recipe, { now, heldSince, holds }: DiagnoseContext): Finding[] {
  // To lead for long is what an election is for.
  if (kind === 'election' || holds.p95Ms === null || holds.samples < ENOUGH_SAMPLES) return []
  const limit = Math.max(holds.p95Ms * LONGER_THAN_USUAL, holds.p95Ms + WORTH_A_WORD_MS)
  const { p95Ms, samples } = holds
  return contenders.flatMap(({ name, state }): Finding[] => {
    const heldMs = now - (heldSince.get(name) ?? now)
    if (state !== 'holds' || heldMs <= limit) return []
    const facts = { heldMs: whole(heldMs), p95Ms: whole(p95Ms ?? 0), samples: whole(samples) }
    return [{ code: 'long-hold', severity: 'warning', certainty: 'certain', subjects: [name], count: 1, facts }]
  })
}

/** A holder that was asked gets so long to finish before it is more than a note. */
const TIME_TO_RELEASE_MS = 10_000

function revokedHeld({ contenders }: Recipe, layout: Layout, now: number): Finding[] {
  const children = new Map(layout.children.map((child) => [child.name, child]))
  return contenders.flatMap(({ name, revocable }): Finding[] => {
    const child = children.get(name)
    if (!isRevoke(child?.data)) return []
    // By the clock of the ZooKeeper server; one that is ahead makes no negative time.
    const askedMs = child?.stat == null ? null : Math.max(0, now - Number(child.stat.mtime))
    const late = askedMs === null || askedMs > TIME_TO_RELEASE_MS
    const facts = {
      ...(askedMs === null ? {} : { askedMs: whole(askedMs) }),
      ...(revocable ? { revocable: 'yes' } : {}),
    }
    const severity = late ? 'warning' : 'note'
    return [{ code: 'revoked-held', severity, certainty: 'certain', subjects: [name], count: 1, facts }]
  })
}

function isRevoke(data: Uint8Array | null | undefined): boolean {
  return data?.length === REVOKE.length && data.every((byte, index) => byte === REVOKE.charCodeAt(index))
}

/** A lock whose data says until when it is held, and that has no data: ShedLock takes it for locked, and waits for ever. */
function lockedForEver({ kind, contenders }: Recipe, layout: Layout): Finding[] {
  if (kind !== 'timed-lock') return []
  const children = new Map(layout.children.map(({ name, stat }) => [name, stat]))
  const empty = contenders.filter(({ name, state }) => {
    const stat = name === SELF ? layout.stat : children.get(name)
    return state === 'holds' && stat?.dataLength === 0
  })
  if (empty.length === 0) return []
  return [{ code: 'locked-for-ever', severity: 'danger', certainty: 'certain', ...subjectsOf(empty), facts: {} }]
}

const MOST_SUBJECTS = 20

function subjectsOf(contenders: readonly Pick<Contender, 'name'>[]): Pick<Finding, 'subjects' | 'count'> {
  return { subjects: contenders.slice(0, MOST_SUBJECTS).map(({ name }) => name), count: contenders.length }
}

function whole(value: number): string {
  return String(Math.round(value))
}
