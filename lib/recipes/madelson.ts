import { shortTextOf } from './claims'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { anyMayBeEphemeral, lineUp, nearestWriter, oneAtATime, type Place, pickPlaces, type WaitsOn } from './line-up'
import { makeRecipe } from './make-recipe'
import { CHILDREN, type Recipe } from './recipe'
import { rotateAtGap } from './rollover-order'
import { sequenceSuffixOf } from './sequence-suffix'

/**
 * DistributedLock.ZooKeeper of .NET (madelson): "lock-", "read-" and "write-", "semaphore-". Children with other names
 * are not seen by it. Its znodes are empty, but for a semaphore's who got in. Source: ZooKeeperSynchronizationHelper.cs.
 */
export const madelson: Family = {
  id: 'madelson',
  rules: ['plain.lock', 'rw.read', 'rw.write', 'net.sem'],
  recognise(layout, evidence) {
    for (const shape of [lock, readWriteLock, semaphore]) {
      const recipe = shape(layout, evidence)
      if (recipe !== null) return recipe
    }
    return null
  },
}

const NAME = 'DistributedLock.ZooKeeper'

function lock(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['lock-'])
  // npm zk-lock has the same names, and says "lock" in each of them.
  if (found === null || found.places.some(({ child }) => (child.data?.length ?? 0) > 0)) return null
  return makeRecipe('mutex', `${NAME} ZooKeeperDistributedLock`, {
    orElse: ['ZooKeeper recipe "Locks", written by hand'],
    contenders: lineUp(layout, evidence, found.places, oneAtATime),
    foreign: found.foreign,
    permits: 1,
  })
}

function readWriteLock(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['read-', 'write-'])
  if (found === null) return null
  return makeRecipe('read-write-lock', `${NAME} ZooKeeperDistributedReaderWriterLock`, {
    orElse: ['ZooKeeper recipe "Shared Locks", written by hand'],
    contenders: lineUp(layout, evidence, found.places, nearestWriter(found.places)),
    foreign: found.foreign,
  })
}

function semaphore(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['semaphore-'])
  if (found === null) return null
  const { places, foreign } = found
  const acquired = places.map(({ child }) => shortTextOf(child.data) === 'ACQUIRED')
  // Whoever is in front of one that got in is within the limit as well; the first one always is.
  const permits = Math.max(1, acquired.lastIndexOf(true) + 1)
  const full = acquired.indexOf(false) === permits
  const waitsOn = (index: number): WaitsOn => {
    if (index < permits) return null
    return index === permits ? [CHILDREN] : [index - 1]
  }
  return makeRecipe('semaphore', `${NAME} ZooKeeperDistributedSemaphore`, {
    contenders: lineUp(layout, evidence, places, waitsOn).map((contender) => ({ ...contender, claims: null })),
    foreign,
    permits: full ? permits : null,
    unknowable: full ? ['child-watch'] : ['max-leases'],
  })
}

/** In the library's order; null when there are none, or they are the fewer. */
function inLine(layout: Layout, prefixes: readonly string[]) {
  const { places, foreign } = pickPlaces(layout.children, (child) => placeOf(child, prefixes))
  if (places.length === 0 || places.length < foreign.length || !anyMayBeEphemeral(places)) return null
  return { places: rotateAtGap(places), foreign }
}

function placeOf(child: SeenChild, prefixes: readonly string[]): Place | null {
  const prefix = prefixes.find((candidate) => child.name.startsWith(candidate))
  if (prefix === undefined) return null
  const sequence = sequenceSuffixOf(child.name.slice(prefix.length))
  if (sequence === null) return null
  return { child, sequence, lane: prefix === 'read-' ? 'shared' : prefix === 'write-' ? 'exclusive' : null }
}
