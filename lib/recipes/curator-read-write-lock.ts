import { watchesNothing } from './absent-watch'
import { type CuratorPlace, curatorContender, curatorLine, keyAfter } from './curator-order'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout } from './layout'
import { makeRecipe } from './make-recipe'
import type { Contender, Edge, Foreign } from './recipe'
import { type EdgeTo, siblingWatches, watchProof } from './watch-proof'

const WRITE = '__WRIT__'

/**
 * Curator's InterProcessReadWriteLock. A writer waits for the one before it; a reader for the FIRST writer of all, so
 * that all waiting readers watch one znode. Source: InterProcessReadWriteLock.readLockPredicate.
 */
export const curatorReadWriteLock: Family = {
  id: 'curatorRW',
  rules: ['curator.rw.read', 'curator.rw.write'],
  recognise(layout, evidence) {
    const { order, last } = curatorLine(layout, keyAfter('__READ__', WRITE), ['curator.rw.read', 'curator.rw.write'])
    if (last === -1) return null
    const lanes = lanesOf(layout, evidence, order)
    const nested = lanes.maybeNested ? (['nested-read'] as const) : []
    return makeRecipe('read-write-lock', 'Curator InterProcessReadWriteLock', {
      contenders: lanes.contenders,
      foreign: foreignOf(order, last),
      unknowable: ['reentrancy', 'threads', ...nested],
    })
  },
}

function lanesOf(layout: Layout, evidence: Evidence, order: readonly CuratorPlace[]) {
  const watches = siblingWatches(layout, evidence)
  const edgeTo = watchProof(layout, evidence, watches)
  const firstWrite = order.findIndex(({ child }) => child.name.includes(WRITE))
  const writer = order[firstWrite]
  const contenders: Contender[] = []
  let maybeNested = false
  for (const [index, place] of order.entries()) {
    if (place.rule === null) continue
    if (place.rule === 'curator.rw.write') {
      contenders.push(curatorContender(place, 'exclusive', edgeOfWriter(order, index, edgeTo), watches))
      continue
    }
    const behind = writer !== undefined && index > firstWrite
    const holds = !behind || isNested(place, order[0]) || watchesNothing(place.child, watches, evidence)
    maybeNested ||= !holds && isOfOneSession(place, order[0])
    contenders.push(
      curatorContender(place, 'shared', holds ? null : [edgeTo(place.child, writer?.child.name ?? '')], watches),
    )
  }
  return { contenders, maybeNested }
}

/**
 * Since 5.5.0 the read lock of who holds the write lock has no number of its own but the one of the write lock
 * (CURATOR-621). Before, it had a later one, and looks as if it waited.
 */
function isNested(reader: CuratorPlace, first: CuratorPlace | undefined): boolean {
  return isOfOneSession(reader, first) && reader.sequence === first?.sequence
}

function isOfOneSession(reader: CuratorPlace, first: CuratorPlace | undefined): boolean {
  const session = reader.child.stat?.ephemeralOwner ?? 0n
  return first?.rule === 'curator.rw.write' && session !== 0n && first.child.stat?.ephemeralOwner === session
}

/** With a nested read before it, which of two equal keys is the one before it depends on how the server lists them. */
function edgeOfWriter(order: readonly CuratorPlace[], index: number, edgeTo: EdgeTo): readonly Edge[] | null {
  const waiter = order[index]
  const ahead = order[index - 1]
  if (waiter === undefined || ahead === undefined) return null
  const edge = edgeTo(waiter.child, ahead.child.name)
  for (let at = index - 2; at >= 0 && edge.proof !== 'confirmed'; at--) {
    const tied = order[at]
    if (tied === undefined || tied.key !== ahead.key) break
    const other = edgeTo(waiter.child, tied.child.name)
    if (other.proof === 'confirmed') return [other]
  }
  return [edge]
}

function foreignOf(order: readonly CuratorPlace[], last: number): Foreign[] {
  const lastWrite = order.findLastIndex(({ rule }) => rule === 'curator.rw.write')
  return order.flatMap(({ child, rule }, index): Foreign[] => {
    if (rule !== null) return []
    const blocks = index < lastWrite || (index < last && child.name.includes(WRITE))
    return [{ name: child.name, effect: blocks ? 'blocks' : 'ignored' }]
  })
}
