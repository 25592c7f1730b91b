import { compareNames } from '@/lib/znode/compare-names'
import { shortTextOf } from './claims'
import { curatorItemsOf } from './curator-items'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { type QueueItem, type QueueShape, queueShapeOf } from './queue-shapes'
import type { Foreign } from './recipe'

/** Items whose content is shown with the queue. */
const SHOWN = 20

/**
 * Queues: persistent items in the order in which their library takes them. Ephemerals with the names of items are locks,
 * each on the item that is being worked on: who made one does not wait for the one before.
 */
export const queue: Family = {
  id: 'queue',
  recognise(layout) {
    const shape = queueShapeOf(layout.children)
    if (shape === null) return null
    const { items, foreign } = itemsOf(layout, shape)
    if (items.length < foreign.length) return null
    items.sort((a, b) => compareKeys(a.key, b.key) || compareNames(a.child.name, b.child.name))
    const owned = items.filter(({ child }) => child.stat !== null && child.stat.ephemeralOwner !== 0n).length
    if (owned * 2 > items.length) {
      const contenders = items.map(({ child, sequence }) => contenderOf({ child, sequence, lane: null }, 'holds'))
      const library = `Items in work of ${shape.library}`
      return makeRecipe('item-locks', library, { contenders, foreign, permits: contenders.length })
    }
    return makeRecipe('queue', shape.library, {
      orElse: shape.orElse,
      // The data of an item is its content: it says nothing of an owner.
      contenders: items.map(({ child: { name, stat }, sequence }) =>
        contenderOf({ child: { name, stat, data: null }, sequence, lane: null }, 'present'),
      ),
      foreign,
      payload: items.slice(0, SHOWN).flatMap(({ child }) => contentOf(child, shape)),
    })
  },
}

function itemsOf({ children }: Layout, shape: QueueShape) {
  const items: (QueueItem & { readonly child: SeenChild })[] = []
  const foreign: Foreign[] = []
  for (const child of children) {
    const item = shape.read(child.name)
    if (item === null) foreign.push({ name: child.name, effect: 'ignored' })
    else items.push({ child, key: item.key, sequence: item.sequence })
  }
  return { items, foreign }
}

function compareKeys(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function contentOf(child: SeenChild, shape: QueueShape): [string, string][] {
  const due = shape.dueAt?.(child.name) ?? null
  const content = textOf(child.data)
  const parts = [due === null ? null : new Date(due).toISOString(), content].filter((part) => part !== null)
  return parts.length === 0 ? [] : [[child.name, parts.join(' ')]]
}

/** Items that are text, Curator's taken out of their wrapping. */
function textOf(data: Layout['data']): string | null {
  const items = curatorItemsOf(data)
  if (items === null) return shortTextOf(data) || null
  const texts = items.map((item) => shortTextOf(item))
  return texts.length > 0 && texts.every((text) => text !== null) ? texts.join(', ').slice(0, 500) : null
}
