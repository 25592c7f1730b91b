import { nameOf, parentOf } from '@/lib/znode/path'
import { shortTextOf } from './claims'
import type { Family } from './family'
import type { Finding } from './finding'
import { instantOf } from './instant'
import type { SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { type Contender, type Recipe, SELF } from './recipe'

const DIRECTORY = 'shedlock'

/**
 * ShedLock with Curator: "/shedlock/<name>", persistent, whose data says until when it is locked. It stays when it is
 * unlocked, and what cannot be read as a time is locked for ever. Source: ZookeeperCuratorLockProvider.
 */
export const shedlock: Family = {
  id: 'shedlock',
  recognise(layout, _evidence, now) {
    const { path, stat, data, children } = layout
    if (path === '/' || (stat !== null && stat.ephemeralOwner !== 0n)) return null
    if (nameOf(parentOf(path)) === DIRECTORY) {
      return children.length > 0 ? null : recipeOf([{ name: SELF, stat, data }], now)
    }
    if (nameOf(path) !== DIRECTORY || children.length === 0 || children.some(isEphemeral)) return null
    // The directory's name alone is not enough: at least one of its locks has to have been used.
    return children.some((child) => untilOf(child) !== null) ? recipeOf(children, now) : null
  },
}

function isEphemeral({ stat }: SeenChild): boolean {
  return stat !== null && stat.ephemeralOwner !== 0n
}

function recipeOf(locks: readonly SeenChild[], now: number): Recipe {
  const contenders = locks.map((child) => contenderAt(child, now))
  const stuck = locks.filter(isLockedForEver)
  return makeRecipe('timed-lock', 'ShedLock', {
    contenders: [...contenders.filter(holds), ...contenders.filter((each) => !holds(each))],
    permits: locks.length,
    findings: stuck.length === 0 ? [] : [lockedForEver(stuck)],
    unknowable: ['owner', 'pollers'],
    payload: locks.slice(0, 100).flatMap(payloadOf),
  })
}

function contenderAt(child: SeenChild, now: number): Contender {
  const until = untilOf(child)
  const held = until === null ? isLockedForEver(child) : until > now
  return { ...contenderOf({ child, sequence: null, lane: null }, held ? 'holds' : 'present'), claims: null }
}

function holds({ state }: Contender): boolean {
  return state === 'holds'
}

function untilOf({ data }: SeenChild): number | null {
  return instantOf(shortTextOf(data) ?? '')
}

/** Its data was read, or is known to be empty, and is no time. */
function isLockedForEver(child: SeenChild): boolean {
  const known = child.data !== null || child.stat?.dataLength === 0
  return known && untilOf(child) === null
}

function lockedForEver(stuck: readonly SeenChild[]): Finding {
  return {
    code: 'locked-for-ever',
    severity: 'danger',
    certainty: 'certain',
    subjects: stuck.slice(0, 20).map(({ name }) => name),
    count: stuck.length,
    facts: {},
  }
}

function payloadOf(child: SeenChild): Recipe['payload'] {
  return untilOf(child) === null ? [] : [[child.name === SELF ? 'until' : child.name, shortTextOf(child.data) ?? '']]
}
