import { compareNames } from '@/lib/znode/compare-names'
import type { Family } from './family'
import { contenderOf, type Place } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender, Recipe } from './recipe'

const ENTRY = /^entry-\d{3}-(-?\d{10})$/
const SHARD = /^queue-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * kazoo's LockingQueue: items in "entries", and in "taken" an ephemeral of the same name for each that a consumer works
 * on. Those are locks of single items; nobody waits behind them. Source: kazoo/recipe/queue.py.
 */
export const lockingQueue: Family = {
  id: 'kazoo.locking-queue',
  recognise(layout) {
    const entries = layout.near.get('entries')
    const taken = layout.near.get('taken')
    if (entries === undefined || taken === undefined || layout.children.length > 2) return null
    const takers = new Map(taken.children.map((child) => [child.name, child]))
    const items = entries.children.filter(({ name }) => ENTRY.test(name)).sort((a, b) => compareNames(a.name, b.name))
    // A name such as "entries" is common: either something kazoo put in, or nothing at all.
    if (items.length === 0 && entries.children.length + taken.children.length > 0) return null
    const contenders = items.map((item): Contender => {
      const taker = takers.get(item.name)
      const sequence = Number(ENTRY.exec(item.name)?.[1])
      const place: Place = { child: taker ?? { ...item, data: null }, sequence, lane: null }
      return contenderOf(place, taker === undefined ? 'present' : 'holds', [], `entries/${item.name}`)
    })
    return makeRecipe('queue', 'kazoo LockingQueue', {
      contenders,
      foreign: foreignOf(layout.children, ['entries', 'taken']),
    })
  },
}

/** Curator's QueueSharder: several queues, each a directory. Source: QueueSharder.java. */
export const queueSharder: Family = {
  id: 'curator.sharder',
  recognise({ children }) {
    if (children.length === 0 || !children.every(({ name }) => SHARD.test(name))) return null
    return makeRecipe('queue', 'Curator QueueSharder', {
      contenders: children.map((child) => contenderOf({ child, sequence: null, lane: null }, 'present')),
    })
  },
}

function foreignOf(children: readonly { readonly name: string }[], own: readonly string[]): Recipe['foreign'] {
  return children.flatMap(({ name }) => (own.includes(name) ? [] : [{ name, effect: 'ignored' as const }]))
}
