import { nameOf } from '@/lib/znode/path'
import { looksSequential } from '@/lib/znode/sequence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { type Contender, SELF } from './recipe'

const PARTY = /^[0-9a-f]{32}__party__$/
const SHALLOW = /^[0-9a-f]{32}-(.+)$/
const HEX = /^[0-9a-f]{32}$/
/** "heartbeats", "workerbeats", "alive", "keep-alive". */
const BEATS = /(?:beats?|alive|heartbeat)$/i

/**
 * Membership: an ephemeral for each member, there as long as the member's session. Persistent znodes are members of
 * nothing, whatever they are called, except where the directory is one of heartbeats and each of them is written again and
 * again. Sources: GroupMember.java, kazoo/recipe/party.py.
 */
export const membership: Family = {
  id: 'membership',
  recognise(layout) {
    const { children } = layout
    if (children.length === 0) return null
    const parties = ofParties(children)
    if (parties !== null) return parties
    if (children.every(isEphemeral)) {
      // Numbers from the server are another recipe's: whoever is here is in some order.
      if (children.some(({ name }) => looksSequential(name))) return null
      return makeRecipe('membership', 'Curator GroupMember', {
        orElse: ['ephemerals that announce their owners', 'locks of one znode each'],
        contenders: children.map((child) => memberOf(child, contenderOf(placeOf(child), 'present').claims)),
      })
    }
    return heartbeats(layout)
  },
}

function ofParties(children: readonly SeenChild[]) {
  if (!children.some(mayBeEphemeral)) return null
  if (children.every(({ name }) => PARTY.test(name))) {
    const contenders = children.map((child) => memberOf(child, contenderOf(placeOf(child), 'present').claims))
    return makeRecipe('membership', 'kazoo Party', { contenders })
  }
  if (children.every(({ name }) => SHALLOW.test(name) && !looksSequential(name)) && children.every(mayBeEphemeral)) {
    const contenders = children.map((child) => memberOf(child, SHALLOW.exec(child.name)?.[1]?.slice(0, 200) ?? null))
    return makeRecipe('membership', 'kazoo ShallowParty', { contenders })
  }
  if (children.every(({ name }) => HEX.test(name)) && children.every(isEphemeral)) {
    const contenders = children.map((child) => memberOf(child, contenderOf(placeOf(child), 'present').claims))
    const orElse = ['leases of a kazoo Semaphore', 'kazoo DoubleBarrier']
    return makeRecipe('membership', 'Ephemerals with random names', { contenders, orElse })
  }
  return null
}

function heartbeats(layout: Layout) {
  const written = layout.children.every(({ stat }) => stat !== null && (stat.ephemeralOwner !== 0n || stat.version > 1))
  if (!BEATS.test(nameOf(layout.path)) || !written) return null
  return makeRecipe('membership', 'Heartbeats', {
    orElse: ['persistent znodes that are written often'],
    contenders: layout.children.map((child) => memberOf(child, null)),
    unknowable: ['owner'],
  })
}

/**
 * Curator's PersistentTtlNode: a TTL znode that lives as long as its only child "touch" is written from time to time.
 * Clients cannot see that a znode has a TTL. Source: PersistentTtlNode.java.
 */
export const persistentTtlNode: Family = {
  id: 'curator.ttl',
  recognise(layout) {
    const [child] = layout.children
    if (child?.name !== 'touch' || layout.children.length > 1 || layout.path === '/') return null
    if (child.stat === null || child.stat.ephemeralOwner !== 0n || child.stat.numChildren > 0) return null
    const self = contenderOf(placeOf({ name: SELF, stat: layout.stat, data: layout.data }), 'present')
    return makeRecipe('membership', 'Curator PersistentTtlNode', {
      orElse: ['a folder with a child called "touch"'],
      contenders: [self],
      foreign: [{ name: child.name, effect: 'ignored' }],
      unknowable: ['owner'],
    })
  },
}

function placeOf(child: SeenChild) {
  return { child, sequence: null, lane: null }
}

function memberOf(child: SeenChild, claims: string | null): Contender {
  return { ...contenderOf(placeOf(child), 'present'), claims }
}

function isEphemeral({ stat }: SeenChild): boolean {
  return stat !== null && stat.ephemeralOwner !== 0n
}

function mayBeEphemeral({ stat }: SeenChild): boolean {
  return stat === null || stat.ephemeralOwner !== 0n
}
