import { type CuratorLine, curatorContender, curatorLine, keyAfter } from './curator-order'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout } from './layout'
import { makeRecipe } from './make-recipe'
import type { Contender, Edge, Foreign } from './recipe'
import { type SiblingWatches, siblingWatches, watchProof } from './watch-proof'

/** Curator's InterProcessMutex, and what is built from it or has the same names. */
export const curatorLock: Family = {
  id: 'curatorMutex',
  rules: ['curator.lock'],
  recognise(layout, evidence) {
    // Go's lock has the same text before its number, so that both take each other's znodes for their own.
    const line = curatorLine(layout, keyAfter('lock-'), ['curator.lock', 'go.lock'])
    if (!line.order.some(({ rule }) => rule === 'curator.lock')) return null
    const watches = siblingWatches(layout, evidence)
    const permits = permitsOf(line, watches)
    if (permits > 1) {
      return makeRecipe('semaphore', 'Curator InterProcessSemaphore (deprecated)', {
        ...inLine(layout, evidence, line, watches, permits),
        permits,
        unknowable: ['threads'],
      })
    }
    return makeRecipe('mutex', 'Curator InterProcessMutex', {
      orElse: ['Curator LeaderSelector', 'Curator InterProcessSemaphore (deprecated)'],
      ...inLine(layout, evidence, line, watches, 1),
      permits: 1,
      unknowable: ['reentrancy', 'threads'],
    })
  },
}

/** Curator's LeaderLatch. */
export const curatorLatch: Family = {
  id: 'curatorLatch',
  rules: ['curator.latch'],
  recognise(layout, evidence) {
    const line = curatorLine(layout, keyAfter('latch-'), ['curator.latch'])
    if (line.last === -1) return null
    return makeRecipe('election', 'Curator LeaderLatch', {
      ...inLine(layout, evidence, line, siblingWatches(layout, evidence), 1),
      permits: 1,
    })
  },
}

/**
 * How many may hold: more than one where most of those who watch exactly one sibling watch another one than the next
 * before them. The old semaphore watches as many places ahead as there are leases, and fewer only when somebody in
 * between has left. Source: LockInternals.getsTheLock with maxLeases.
 */
function permitsOf({ order }: CuratorLine, watches: SiblingWatches | null): number {
  if (watches === null) return 1
  const places = new Map(order.map(({ child }, index) => [child.name, index]))
  let further = 0
  let next = 0
  let furthest = 1
  for (const [index, { child, rule }] of order.entries()) {
    const watched = rule === null ? null : onlyWatched(child.name, child.stat?.ephemeralOwner ?? 0n, watches)
    const distance = watched === null ? 0 : index - (places.get(watched) ?? index)
    if (distance === 1) next++
    if (distance > 1) further++
    furthest = Math.max(furthest, distance)
  }
  return further > next ? furthest : 1
}

/** The one sibling that the owner of one znode watches: of several some are left over from earlier waits. */
function onlyWatched(name: string, session: bigint, watches: SiblingWatches): string | null {
  if (watches.ownedBy(session) !== 1) return null
  const others = watches.watchedBy(session).filter((other) => other !== name)
  return others.length === 1 ? (others[0] ?? null) : null
}

function inLine(
  layout: Layout,
  evidence: Evidence,
  { order, last }: CuratorLine,
  watches: SiblingWatches | null,
  permits: number,
): { readonly contenders: readonly Contender[]; readonly foreign: readonly Foreign[] } {
  const edgeTo = watchProof(layout, evidence, watches)
  const contenders: Contender[] = []
  const foreign: Foreign[] = []
  for (const [index, place] of order.entries()) {
    const { child, rule } = place
    if (rule === null) {
      foreign.push({ name: child.name, effect: index < last ? 'blocks' : 'ignored' })
      continue
    }
    const ahead = order[index - permits]?.child.name
    const edge = ahead === undefined ? null : edgeTo(child, ahead)
    contenders.push(curatorContender(place, null, edge === null ? null : [believed(edge, permits)], watches))
  }
  return { contenders, foreign }
}

/** A semaphore's waiter stays with the znode that it once chose, also when others in between leave. */
function believed(edge: Edge, permits: number): Edge {
  return permits > 1 && edge.watches !== undefined ? { on: edge.watches, proof: 'confirmed' } : edge
}
