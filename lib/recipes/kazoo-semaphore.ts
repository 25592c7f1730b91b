import { nameOf } from '@/lib/znode/path'
import { shortTextOf } from './claims'
import type { Family } from './family'
import { byAge } from './in-order'
import { kazooLine } from './kazoo-order'
import type { SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { KAZOO_LEASE, KAZOO_QUEUE } from './near-paths'
import { CHILDREN, type Contender, type Edge, type Foreign } from './recipe'

/**
 * kazoo's Semaphore: a child for each lease, and in a directory beside it a Lock, whose holder watches the leases until
 * there are fewer than may be. How many that is, is the data. Source: kazoo/recipe/lock.py.
 */
export const kazooSemaphore: Family = {
  id: 'kazooSemaphore',
  recognise(layout, evidence) {
    const beside = `../${nameOf(layout.path)}${KAZOO_QUEUE}`
    const queue = layout.near.get(beside)
    if (queue === undefined) return null
    const max = maxLeases(layout.data)
    const leases = layout.children.filter(({ name }) => KAZOO_LEASE.test(name)).sort(byAge)
    const { contenders, foreign } = kazooLine(queue, evidence)
    if (max === null && leases.length === 0) return null
    return makeRecipe('semaphore', 'kazoo Semaphore', {
      contenders: [
        ...leases.map((child) => contenderOf({ child, sequence: null, lane: null }, 'holds')),
        ...contenders.map((contender) => inQueue(beside, contender)),
      ],
      foreign: [
        ...layout.children.filter(isNoLease).map(({ name }): Foreign => ({ name, effect: 'ignored' })),
        ...foreign.map((child): Foreign => ({ ...child, name: `${beside}/${child.name}` })),
      ],
      permits: max,
      unknowable: max === null ? ['max-leases', 'child-watch'] : ['child-watch'],
    })
  },
}

/** Python's int() of what its str() writes. */
function maxLeases(data: Uint8Array | null): number | null {
  const text = shortTextOf(data, 10)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function isNoLease({ name }: SeenChild): boolean {
  return !KAZOO_LEASE.test(name)
}

function inQueue(beside: string, contender: Contender): Contender {
  const within = (edge: Edge): Edge => ({
    ...edge,
    on: `${beside}/${edge.on}`,
    ...(edge.watches === undefined ? {} : { watches: `${beside}/${edge.watches}` }),
  })
  return {
    ...contender,
    name: `${beside}/${contender.name}`,
    lane: null,
    claims: contender.claims === null ? null : withoutBytes(contender.claims),
    state: 'waits',
    // Whose turn it is waits for a lease to go.
    waitsOn: contender.state === 'holds' ? [{ on: CHILDREN, proof: 'unknown' }] : contender.waitsOn.map(within),
  }
}

/** kazoo writes here what Python's str() makes of bytes: b'client-2'. */
function withoutBytes(claims: string): string | null {
  const inner = /^b(['"])(.*)\1$/.exec(claims)?.[2]
  return inner === '' ? null : (inner ?? claims)
}
