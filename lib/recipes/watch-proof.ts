import { joinPath } from '@/lib/znode/path'
import type { Evidence } from './evidence'
import type { Layout, SeenChild } from './layout'
import { CHILDREN, type Edge } from './recipe'

/** The edge from a waiter to what its library makes it wait on, with what the servers say about it. */
export type EdgeTo = (waiter: SeenChild, on: string) => Edge

/** Who watches what in one directory, as far as servers told. */
export interface SiblingWatches {
  /** At most three of the children that the session watches: enough to tell one from several besides its own. */
  watchedBy(session: bigint): readonly string[]
  watches(session: bigint, name: string): boolean
  /** How many children the session owns: a watch belongs to a session, not to a znode. */
  ownedBy(session: bigint): number
}

/** Null when no server told any watch. */
export function siblingWatches(layout: Layout, { watches }: Evidence): SiblingWatches | null {
  if (watches === null) return null
  const watched = watchedBySession(layout, watches)
  const owned = ownedBySession(layout)
  return {
    watchedBy: (session) => watched.get(session) ?? [],
    watches: (session, name) => watches.get(joinPath(layout.path, name))?.has(session) === true,
    ownedBy: (session) => owned.get(session) ?? 0,
  }
}

/**
 * Compares predicted edges with the watches that servers told. Where a session owns several znodes of the directory, a
 * watch on another sibling than the predicted one proves nothing.
 */
export function watchProof(layout: Layout, evidence: Evidence, known = siblingWatches(layout, evidence)): EdgeTo {
  if (known === null) return (_waiter, on) => ({ on, proof: 'unknown' })
  return (waiter, on) => {
    const session = waiter.stat?.ephemeralOwner ?? 0n
    if (on === CHILDREN || session === 0n) return { on, proof: 'unknown' }
    if (known.watches(session, on)) return { on, proof: 'confirmed' }
    const other = known.watchedBy(session).find((name) => name !== waiter.name)
    if (other === undefined || known.ownedBy(session) !== 1) return { on, proof: 'unknown' }
    return { on, proof: 'contradicted', watches: other }
  }
}

const MOST_WATCHED = 3

function watchedBySession(
  layout: Layout,
  watches: ReadonlyMap<string, ReadonlySet<bigint>>,
): ReadonlyMap<bigint, readonly string[]> {
  const watched = new Map<bigint, string[]>()
  for (const { name } of layout.children) {
    for (const session of watches.get(joinPath(layout.path, name)) ?? []) {
      const names = watched.get(session)
      if (names === undefined) watched.set(session, [name])
      else keepFirst(names, name)
    }
  }
  return watched
}

/** The first by name, so that what is kept does not depend on the order in which the server lists them. */
function keepFirst(names: string[], name: string): void {
  const at = names.findIndex((other) => name < other)
  names.splice(at === -1 ? names.length : at, 0, name)
  if (names.length > MOST_WATCHED) names.pop()
}

function ownedBySession(layout: Layout): ReadonlyMap<bigint, number> {
  const owned = new Map<bigint, number>()
  for (const { stat } of layout.children) {
    if (stat !== null) owned.set(stat.ephemeralOwner, (owned.get(stat.ephemeralOwner) ?? 0) + 1)
  }
  return owned
}
