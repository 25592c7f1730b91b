import { nameOf, parentOf } from '@/lib/znode/path'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { anyMayBeEphemeral, lineUp, nearestWriter, oneAtATime, type Place, pickPlaces, type WaitsOn } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Recipe } from './recipe'

/**
 * The "zk" gem of Ruby: "ex" and "sh" of lockers, "sem", "ballot". Numbers are compared without their sign, other
 * children are not seen. A waiter watches only the last of those that block it (NodeDeletionWatcher, threshold 0).
 * Source: locker_base.rb, node_deletion_watcher.rb, semaphore.rb, election.rb.
 */
export const rubyZk: Family = {
  id: 'ruby',
  rules: ['ruby.ex', 'ruby.sh', 'ruby.sem', 'ruby.ballot'],
  recognise(layout, evidence) {
    for (const shape of [locker, semaphore, election]) {
      const recipe = shape(layout, evidence)
      if (recipe !== null) return recipe
    }
    return null
  },
}

function locker(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['ex', 'sh'])
  if (found === null) return null
  const shared = found.places.some(({ lane }) => lane === 'shared')
  return makeRecipe(shared ? 'read-write-lock' : 'mutex', shared ? 'zk (Ruby) Locker' : 'zk (Ruby) ExclusiveLocker', {
    contenders: lineUp(layout, evidence, found.places, nearestWriter(found.places)),
    foreign: found.foreign,
    permits: shared ? null : 1,
  })
}

/** Its size is known to its clients alone, but each waiter watches so many znodes before its own. */
function semaphore(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['sem'])
  if (found === null) return null
  const { places, foreign } = found
  const size = sizeByWatches(layout, evidence, places)
  const waitsOn = (index: number): WaitsOn => {
    if (size === null || index < size) return null
    return Array.from({ length: size }, (_, before) => index - size + before)
  }
  const contenders = lineUp(layout, evidence, places, waitsOn)
  return makeRecipe('semaphore', 'zk (Ruby) Semaphore', {
    // Without the size only the first is known to hold.
    contenders:
      size === null ? contenders.map((each, at) => (at === 0 ? each : { ...each, state: 'present' })) : contenders,
    foreign,
    permits: size,
    unknowable: size === null ? ['max-leases'] : [],
  })
}

/** How far the first one that watches others is from the start: all before it are let in. Null when nobody is seen to wait. */
function sizeByWatches(layout: Layout, evidence: Evidence, places: readonly Place[]): number | null {
  if (evidence.watches === null) return null
  const path = (place: Place) => `${layout.path === '/' ? '' : layout.path}/${place.child.name}`
  const watching = new Set<bigint>()
  for (const [index, place] of places.entries()) {
    const session = place.child.stat?.ephemeralOwner ?? 0n
    if (session !== 0n && watching.has(session)) return index
    for (const watcher of evidence.watches.get(path(place)) ?? []) if (watcher !== session) watching.add(watcher)
  }
  return null
}

function election(layout: Layout, evidence: Evidence): Recipe | null {
  const found = inLine(layout, ['ballot'])
  if (found === null) return null
  return makeRecipe('election', 'zk (Ruby) Election', {
    contenders: lineUp(layout, evidence, found.places, oneAtATime),
    foreign: found.foreign,
    permits: 1,
  })
}

const ROOTS: Readonly<Record<string, string>> = {
  ex: '_zklocking',
  sh: '_zklocking',
  sem: '_zksemaphore',
  ballot: '_zkelection',
}

function inLine(layout: Layout, prefixes: readonly string[]) {
  const { places, foreign } = pickPlaces(layout.children, (child) => placeOf(child, prefixes))
  if (places.length === 0 || !anyMayBeEphemeral(places)) return null
  const known = nameOf(parentOf(layout.path)) === ROOTS[prefixes[0] ?? '']
  // "ex" and ten digits is little to go by outside the gem's own directory.
  if (!known && places.length <= foreign.length) return null
  return { places: places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)), foreign }
}

function placeOf(child: SeenChild, prefixes: readonly string[]): Place | null {
  const [, prefix, digits] = /^([a-z]+)-?(\d{10})$/.exec(child.name) ?? []
  if (prefix === undefined || !prefixes.includes(prefix)) return null
  return { child, sequence: Number(digits), lane: prefix === 'sh' ? 'shared' : prefix === 'ex' ? 'exclusive' : null }
}
