import { joinPath } from '@/lib/znode/path'
import type { Evidence } from './evidence'
import type { Layout, SeenChild } from './layout'
import { CHILDREN, type Edge } from './recipe'

/** The edge from a waiter to what its library makes it wait on, with what the servers say about it. */
export type EdgeTo = (waiter: SeenChild, on: string) => Edge

/**
 * Compares predicted edges with the watches that servers told. A watch belongs to a session, not to a znode: where a
 * session owns several znodes of the directory, a watch on another sibling than the predicted one proves nothing.
 */
export function watchProof(layout: Layout, evidence: Evidence): EdgeTo {
  const { watches } = evidence
  if (watches === null) return (_waiter, on) => ({ on, proof: 'unknown' })
  const watched = watchedBySession(layout, watches)
  const owned = ownedBySession(layout)
  return (waiter, on) => {
    const session = waiter.stat?.ephemeralOwner ?? 0n
    if (on === CHILDREN || session === 0n) return { on, proof: 'unknown' }
    if (watches.get(joinPath(layout.path, on))?.has(session)) return { on, proof: 'confirmed' }
    const other = watched.get(session)?.find((name) => name !== waiter.name)
    if (other === undefined || owned.get(session) !== 1) return { on, proof: 'unknown' }
    return { on, proof: 'contradicted', watches: other }
  }
}

/** The children that the owner of a child is told to watch, its own one left out; at most {@link KEPT}. */
export function watchedSiblings(layout: Layout, evidence: Evidence): (child: SeenChild) => readonly string[] {
  const watched = evidence.watches === null ? null : watchedBySession(layout, evidence.watches)
  return (child) => {
    const session = child.stat?.ephemeralOwner ?? 0n
    if (watched === null || session === 0n) return []
    return watched.get(session)?.filter((name) => name !== child.name) ?? []
  }
}

/** Of what one session watches: enough to name one that is not its own. */
const KEPT = 8

function watchedBySession(
  layout: Layout,
  watches: ReadonlyMap<string, ReadonlySet<bigint>>,
): ReadonlyMap<bigint, readonly string[]> {
  const watched = new Map<bigint, string[]>()
  for (const { name } of layout.children) {
    for (const session of watches.get(joinPath(layout.path, name)) ?? []) {
      const names = watched.get(session)
      if (names === undefined) watched.set(session, [name])
      else if (names.length < KEPT) names.push(name)
    }
  }
  return watched
}

function ownedBySession(layout: Layout): ReadonlyMap<bigint, number> {
  const owned = new Map<bigint, number>()
  for (const { stat } of layout.children) {
    if (stat !== null) owned.set(stat.ephemeralOwner, (owned.get(stat.ephemeralOwner) ?? 0) + 1)
  }
  return owned
}
