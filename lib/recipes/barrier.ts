import { joinPath, nameOf } from '@/lib/znode/path'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { type Contender, type Recipe, SELF } from './recipe'
import { watchersOf } from './watchers'

const READY = 'ready'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const HEX = /^[0-9a-f]{32}$/
/** "barrier", "startup_barrier", "JobBarrier". */
const NAME = /barriers?$/i

/**
 * Double barriers: an ephemeral for each member, and "ready" as soon as enough have come. So it is also what a queue that
 * waits for N members looks like. Who enters watches "ready"; how many it takes only the members know. Curator's are
 * UUIDs, kazoo's 32 hexadecimal digits with the host and process as data. Sources: DistributedDoubleBarrier.java,
 * kazoo/recipe/barrier.py.
 */
export const doubleBarrier: Family = {
  id: 'double-barrier',
  recognise(layout, evidence) {
    const members = layout.children.filter(({ name }) => name !== READY)
    const open = members.length < layout.children.length
    const named = NAME.test(nameOf(layout.path))
    // Ephemerals that are called by UUIDs may be members of anything: "ready" or the directory's name has to say it.
    if (!named && (!open || members.length === 0)) return null
    if (members.length === 0) return open ? leftOpen() : null
    const kazoo = members.every(({ name }) => HEX.test(name))
    if (!(kazoo || members.every(({ name }) => UUID.test(name))) || members.some(isPersistent)) return null
    return makeRecipe('double-barrier', kazoo ? 'kazoo DoubleBarrier' : 'Curator DistributedDoubleBarrier', {
      contenders: members.map((child) => memberOf(layout, evidence, child, open)),
      foreign: open ? [{ name: READY, effect: 'ignored' }] : [],
      unknowable: ['member-quantity'],
    })
  },
}

function memberOf(layout: Layout, evidence: Evidence, child: SeenChild, open: boolean): Contender {
  const place = { child, sequence: null, lane: null }
  if (open) return contenderOf(place, 'holds')
  // A watch on a znode that is not there yet is a watch like any other.
  const session = child.stat?.ephemeralOwner ?? 0n
  const watches = session !== 0n && evidence.watches?.get(joinPath(layout.path, READY))?.has(session) === true
  return contenderOf(place, 'waits', [{ on: READY, proof: watches ? 'confirmed' : 'unknown' }])
}

/** The last member went without taking "ready" away, or is about to: whoever comes now does not wait. */
function leftOpen(): Recipe {
  return makeRecipe('double-barrier', 'Curator DistributedDoubleBarrier', {
    orElse: ['kazoo DoubleBarrier'],
    foreign: [{ name: READY, effect: 'ignored' }],
    unknowable: ['member-quantity'],
  })
}

/**
 * A barrier is one znode: as long as it is there, those wait who watch it. It is known by its name alone.
 * Sources: DistributedBarrier.java, kazoo/recipe/barrier.py.
 */
export const barrier: Family = {
  id: 'barrier',
  recognise(layout, evidence) {
    if (layout.path === '/' || layout.children.length > 0 || !NAME.test(nameOf(layout.path))) return null
    const self = contenderOf(
      { child: { name: SELF, stat: layout.stat, data: layout.data }, sequence: null, lane: null },
      'holds',
    )
    return makeRecipe('barrier', 'Curator DistributedBarrier', {
      orElse: ['kazoo Barrier', 'a double barrier that nobody has entered'],
      contenders: [self, ...watchersOf(layout.path, SELF, self.session, evidence)],
      unknowable: ['owner', 'waits-or-looks'],
    })
  },
}

function isPersistent({ stat }: SeenChild): boolean {
  return stat !== null && stat.ephemeralOwner === 0n
}
