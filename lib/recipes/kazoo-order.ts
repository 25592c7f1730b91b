import { watchesNothing } from './absent-watch'
import { hitsOf, type RuleId } from './classify'
import type { Evidence } from './evidence'
import { inOrderOf } from './in-order'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import type { Contender, Edge, Foreign } from './recipe'
import { type EdgeTo, type SiblingWatches, siblingWatches, watchProof } from './watch-proof'

/** kazoo finds contenders by this text and what follows it, wherever the name starts. Source: Lock._get_predecessor. */
const CONTENDER = /__(r?)lock__(-?\d{10})$/

/** What kazoo's extra_lock_patterns is meant for: the locks of other libraries. */
const OTHER_LOCKS: ReadonlySet<RuleId> = new Set(['go.lock', 'curator.lock', 'plain.lock'])

interface KazooPlace {
  readonly child: SeenChild
  readonly lane: 'shared' | 'exclusive'
  /** The number as kazoo compares it, as text. */
  readonly key: string
  /** The nearest with a lower number, of those that a Lock or ReadLock looks at; null without one. */
  readonly lock: SeenChild | null
  /** The same, of those that a WriteLock looks at. */
  readonly any: SeenChild | null
}

export interface KazooLine {
  readonly contenders: readonly Contender[]
  readonly foreign: readonly Foreign[]
  /** Readers stand before somebody of whom it is not known whether he looks at them. */
  readonly lockOrWriteLock: boolean
}

/** Who holds and who waits in a directory of kazoo's Lock, WriteLock and ReadLock. Other children are not seen by it. */
export function kazooLine(layout: Layout, evidence: Evidence): KazooLine {
  const watches = siblingWatches(layout, evidence)
  const edgeTo = watchProof(layout, evidence, watches)
  const places = placesOf(layout)
  const honoured = new Set<string>()
  let lockOrWriteLock = false
  const contenders = places.map((place) => {
    const kind = place.lane === 'shared' ? 'lock' : kindOf(place, watches, evidence)
    lockOrWriteLock ||= kind.startsWith('maybe')
    const ahead = kind.endsWith('write-lock') ? place.any : place.lock
    const other = otherLockWatched(layout, place, watches)
    if (other !== null) honoured.add(other)
    return contenderAt(place, ahead, other, edgeTo)
  })
  const foreign = layout.children.flatMap(({ name }): Foreign[] =>
    CONTENDER.test(name) ? [] : [{ name, effect: honoured.has(name) ? 'blocks' : 'ignored' }],
  )
  return { contenders, foreign, lockOrWriteLock }
}

function placesOf({ children }: Layout): KazooPlace[] {
  const matching = children.filter(({ name }) => CONTENDER.test(name))
  const sorted = inOrderOf(matching, ({ name }) => keyOf(name))
  let lock: SeenChild | null = null
  let any: SeenChild | null = null
  const places: KazooPlace[] = []
  // Equal numbers do not wait for each other: those before are of lower ones only.
  for (let start = 0; start < sorted.length; ) {
    const key = keyOf(sorted[start]?.name ?? '')
    let end = start
    while (end < sorted.length && keyOf(sorted[end]?.name ?? '') === key) end++
    const equal = sorted.slice(start, end)
    for (const child of equal) places.push({ child, key, lock, any, lane: laneOf(child.name) })
    any = equal.at(-1) ?? any
    lock = equal.findLast(({ name }) => laneOf(name) === 'exclusive') ?? lock
    start = end
  }
  return places
}

function keyOf(name: string): string {
  return CONTENDER.exec(name)?.[2] ?? ''
}

function laneOf(name: string): 'shared' | 'exclusive' {
  return CONTENDER.exec(name)?.[1] === 'r' ? 'shared' : 'exclusive'
}

/**
 * A Lock, which does not see readers, or a WriteLock: their names are the same, so that only a watch tells. Without one
 * it is taken for a WriteLock, which is what goes with a ReadLock, unless it would then wait for its own session, or
 * nothing is known of the owners.
 */
function kindOf(
  { child, lock, any }: KazooPlace,
  watches: SiblingWatches | null,
  evidence: Evidence,
): 'lock' | 'write-lock' | 'maybe-lock' | 'maybe-write-lock' {
  if (any === null || any === lock) return 'lock'
  const session = child.stat?.ephemeralOwner ?? 0n
  if (watches?.watches(session, any.name)) return 'write-lock'
  if (lock !== null && watches?.watches(session, lock.name)) return 'lock'
  if (lock === null && watchesNothing(child, watches, evidence)) return 'lock'
  const reader = any.stat?.ephemeralOwner ?? 0n
  return session === 0n || reader === 0n || session === reader ? 'maybe-lock' : 'maybe-write-lock'
}

/** The lock of another library that the contender waits for, which takes extra_lock_patterns: only its watch tells. */
function otherLockWatched(layout: Layout, { child, key }: KazooPlace, watches: SiblingWatches | null): string | null {
  const session = child.stat?.ephemeralOwner ?? 0n
  if (watches === null || session === 0n || watches.ownedBy(session) !== 1) return null
  const hits = hitsOf(layout)
  const lower = watches.watchedBy(session).find((name) => {
    const hit = hits.get(name)
    return hit !== undefined && OTHER_LOCKS.has(hit.rule) && name.slice(-key.length) < key
  })
  return lower ?? null
}

function contenderAt(place: KazooPlace, ahead: SeenChild | null, other: string | null, edgeTo: EdgeTo): Contender {
  const { child, key, lane } = place
  const at = { child, lane, sequence: Number(key) }
  const edge: Edge | null = ahead === null ? null : edgeTo(child, ahead.name)
  if (edge?.proof === 'confirmed') return contenderOf(at, 'waits', [edge])
  if (other !== null) return contenderOf(at, 'waits', [{ on: other, proof: 'confirmed' }])
  return edge === null ? contenderOf(at, 'holds') : contenderOf(at, 'waits', [edge])
}
