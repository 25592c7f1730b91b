import { stronglyConnected } from './components'
import { type LockAt, type Party, type Wait, waitsFor } from './waits-for'

/** Each session holds `holds` and waits for `waitsFor`, which the next one holds; the last waits for the first. */
export interface Cycle {
  readonly steps: readonly CycleStep[]
}

export interface CycleStep {
  readonly session: bigint
  readonly holds: HeldZnode
  readonly waitsFor: HeldZnode
}

interface HeldZnode {
  /** Of the lock's directory. */
  readonly path: string
  /** Of the contender in it. */
  readonly name: string
}

/** An ensemble with more than so many has another trouble. */
const MOST_CYCLES = 20
/** Sessions looked at, all searches of a group together, until the shortest circle so far is taken: a few milliseconds. */
const MOST_LOOKS = 20_000

/**
 * Sessions that wait for each other in a circle across locks: the shortest circle of each group. Only ever a possible
 * deadlock: a session is a whole client, and another of its threads may hold the one lock than waits for the other.
 * One session that waits for itself is no circle here: it is told as an upgrade or a second hold.
 */
export function findDeadlocks(locks: readonly LockAt[]): Cycle[] {
  const stuck = stuckParties(waitsFor(locks))
  const nodes: (Party | Wait)[] = [...stuck, ...new Set([...stuck].flatMap(({ waits }) => waits))]
  const next = (node: Party | Wait) =>
    'session' in node ? node.waits : [...node.holders.keys()].filter((party) => stuck.has(party))
  return stronglyConnected(nodes, next)
    .map((component) => component.filter((node) => 'session' in node))
    .filter((parties) => parties.length > 1)
    .slice(0, MOST_CYCLES)
    .flatMap((parties) => shortestCycle(new Set(parties)) ?? [])
}

/**
 * Those who cannot go on unless another of them does: of a lock it is enough that one holder is stuck, of a semaphore
 * all must be, as any of them may give a permit back. What is left when all others are taken out, one by one.
 */
function stuckParties(parties: readonly Party[]): Set<Party> {
  const stuck = new Set(parties)
  const stuckHolders = new Map<Wait, number>()
  for (const { holds } of parties) for (const wait of holds) stuckHolders.set(wait, wait.holders.size)
  const blocked = (party: Party) =>
    party.waits.some((wait) => {
      const left = stuckHolders.get(wait) ?? 0
      const others = left - (wait.holders.has(party) ? 1 : 0)
      return others > 0 && (wait.until === 'all' || left === wait.holders.size)
    })
  const toLookAt = [...parties]
  for (let party = toLookAt.pop(); party !== undefined; party = toLookAt.pop()) {
    if (!stuck.has(party) || blocked(party)) continue
    stuck.delete(party)
    for (const wait of party.holds) {
      const left = (stuckHolders.get(wait) ?? 0) - 1
      stuckHolders.set(wait, left)
      // Only these change anything for those who wait, so each wait is looked at twice at most.
      if (left <= 1 || (wait.until === 'any' && left === wait.holders.size - 1)) toLookAt.push(...wait.waiters)
    }
  }
  return stuck
}

function shortestCycle(parties: ReadonlySet<Party>): Cycle | null {
  let shortest: Cycle | null = null
  let looks = 0
  for (const start of [...parties].sort((left, right) => (left.session < right.session ? -1 : 1))) {
    const { cycle, looked } = cycleFrom(start, parties)
    if (cycle !== null && (shortest === null || cycle.steps.length < shortest.steps.length)) shortest = cycle
    looks += looked
    if (shortest?.steps.length === 2 || looks >= MOST_LOOKS) break
  }
  return shortest
}

/** How the search came to a session: who waits, and for what. */
interface Hop {
  readonly from: Party
  readonly wait: Wait
}

/** The shortest way from a session over what others hold back to itself, breadth first. */
function cycleFrom(
  start: Party,
  parties: ReadonlySet<Party>,
): { readonly cycle: Cycle | null; readonly looked: number } {
  const ownHolds = new Set(start.holds)
  const cameBy = new Map<Party, Hop>()
  const expanded = new Set<Wait>()
  const queue = [start]
  for (const party of queue) {
    const back = party === start ? undefined : party.waits.find((wait) => ownHolds.has(wait))
    if (back !== undefined) {
      return { cycle: cycleOf(start, { from: party, wait: back }, cameBy), looked: queue.length }
    }
    for (const wait of party.waits) {
      if (expanded.has(wait)) continue
      expanded.add(wait)
      for (const holder of wait.holders.keys()) {
        if (holder === start || cameBy.has(holder) || !parties.has(holder)) continue
        cameBy.set(holder, { from: party, wait })
        queue.push(holder)
      }
    }
  }
  return { cycle: null, looked: queue.length }
}

function cycleOf(start: Party, last: Hop, cameBy: ReadonlyMap<Party, Hop>): Cycle {
  const steps: CycleStep[] = []
  const held = (by: Party, { path, holders }: Wait): HeldZnode => ({ path, name: holders.get(by) ?? '' })
  let waitsFor = held(start, last.wait)
  for (let party = last.from; ; ) {
    const hop = cameBy.get(party)
    const before: HeldZnode = hop === undefined ? held(start, last.wait) : held(party, hop.wait)
    steps.push({ session: party.session, holds: before, waitsFor })
    if (hop === undefined) return { steps: steps.reverse() }
    waitsFor = before
    party = hop.from
  }
}
