import { type CuratorPlace, curatorLine, keyAfter } from './curator-order'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { CHILDREN, type Contender, type Edge, type Foreign, type Unknowable } from './recipe'
import { watchProof } from './watch-proof'

/** A lease that is not granted at once is granted within milliseconds, unless there are no more. */
const PENDING_MS = 1_000

/**
 * Curator's InterProcessSemaphoreV2 (and InterProcessSemaphoreMutex, which is one with a single lease): a mutex in
 * "locks", whose holder creates a lease in "leases" and waits until there are no more of them than may be. How many
 * that is, is written nowhere. Source: InterProcessSemaphoreV2.internalAcquire1Lease.
 */
export const curatorSemaphore: Family = {
  id: 'semV2',
  recognise(layout, evidence, now) {
    const locks = layout.near.get('locks')
    const leases = layout.near.get('leases')
    if (locks === undefined || leases === undefined) return null
    const queue = curatorLine(locks, keyAfter('lock-'), ['curator.lock']).order
    const leased = curatorLine(leases, keyAfter('lease-'), ['curator.lease']).order
    const granted = leased.filter(({ rule }) => rule !== null)
    const queued = queue.some(({ rule }) => rule !== null)
    if (granted.length === 0 && !queued && !isEmptySemaphore(layout, locks, leases)) return null

    const first = queue[0]
    const pending = granted.at(-1)
    const waits = first !== undefined && pending !== undefined && isPending(first.child, pending.child)
    const full = waits && now - Number(pending.child.stat?.ctime ?? now) > PENDING_MS
    const unknowable: Unknowable[] = ['child-watch']
    if (!full) unknowable.push('max-leases')
    if (first !== undefined && [first, ...granted].some(({ child }) => child.stat === null)) {
      unknowable.push('pending-lease')
    }
    const holding = waits ? granted.slice(0, -1) : granted
    return makeRecipe('semaphore', 'Curator InterProcessSemaphoreV2', {
      orElse: full && leased.length > 2 ? [] : ['Curator InterProcessSemaphoreMutex'],
      contenders: [
        ...holding.map((place) => named('leases', place, 'holds')),
        ...(waits ? [named('leases', pending, 'waits', FOR_A_LEASE)] : []),
        ...queueOf(locks, evidence, queue, waits),
      ],
      foreign: foreignOf(layout, queue, leased),
      // Whatever is in "leases" is counted.
      permits: full ? leased.length - 1 : null,
      unknowable,
    })
  },
}

const FOR_A_LEASE: readonly Edge[] = [{ on: CHILDREN, proof: 'unknown' }]

/**
 * Only who holds the mutex makes a lease, and he gives the mutex back as soon as it is granted. The two have different
 * GUIDs and are joined by their session.
 */
function isPending(lock: SeenChild, lease: SeenChild): boolean {
  if (lock.stat === null || lease.stat === null || lock.stat.ephemeralOwner === 0n) return false
  return lock.stat.ephemeralOwner === lease.stat.ephemeralOwner && lease.stat.czxid >= lock.stat.czxid
}

function queueOf(
  locks: Layout,
  evidence: Evidence,
  queue: readonly CuratorPlace[],
  firstHasLease: boolean,
): readonly Contender[] {
  const edgeTo = watchProof(locks, evidence)
  return queue.flatMap((place, index) => {
    if (place.rule === null) return []
    const ahead = queue[index - 1]
    if (ahead !== undefined) return [named('locks', place, 'waits', [inLocks(edgeTo(place.child, ahead.child.name))])]
    // Its lease stands for it.
    return [firstHasLease ? named('locks', place, 'present') : named('locks', place, 'waits', FOR_A_LEASE)]
  })
}

function inLocks(edge: Edge): Edge {
  const on = `locks/${edge.on}`
  return edge.watches === undefined ? { ...edge, on } : { ...edge, on, watches: `locks/${edge.watches}` }
}

function named(
  directory: 'locks' | 'leases',
  { child, sequence }: CuratorPlace,
  state: Contender['state'],
  waitsOn: readonly Edge[] = [],
): Contender {
  return contenderOf({ child, sequence, lane: null }, state, waitsOn, `${directory}/${child.name}`)
}

function foreignOf(layout: Layout, queue: readonly CuratorPlace[], leased: readonly CuratorPlace[]): Foreign[] {
  const last = queue.findLastIndex(({ rule }) => rule !== null)
  return [
    ...layout.children.flatMap(({ name }): Foreign[] =>
      name === 'locks' || name === 'leases' ? [] : [{ name, effect: 'ignored' }],
    ),
    ...queue.flatMap(({ child, rule }, index): Foreign[] =>
      rule === null ? [{ name: `locks/${child.name}`, effect: index < last ? 'blocks' : 'ignored' }] : [],
    ),
    ...leased.flatMap(({ child, rule }): Foreign[] =>
      rule === null ? [{ name: `leases/${child.name}`, effect: 'ignored' }] : [],
    ),
  ]
}

/** Nobody has or wants a lease at the moment. */
function isEmptySemaphore(layout: Layout, locks: Layout, leases: Layout): boolean {
  return layout.children.length === 2 && locks.children.length === 0 && leases.children.length === 0
}
