import { shortTextOf } from './claims'
import type { Family } from './family'
import type { SeenChild } from './layout'
import { anyMayBeEphemeral, lineUp, type Place, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'
import { CHILDREN } from './recipe'
import { sequenceSuffixOf } from './sequence-suffix'

/**
 * npm zk-lock: "lock-" znodes with the data "lock". The first `maxConcurrentHolders` hold, a setting of its clients; all
 * the others watch the list of children, so each release wakes all of them.
 */
export const npmZkLock: Family = npmZkLockOf(null)

/** With the number of holders where it is known. */
export function npmZkLockOf(maxConcurrentHolders: number | null): Family {
  return {
    id: 'npm.zk-lock',
    rules: ['plain.lock'],
    recognise(layout, evidence) {
      const { places, foreign } = pickPlaces(layout.children, placeOf)
      if (places.length < foreign.length || !anyMayBeEphemeral(places)) return null
      if (!places.some(({ child }) => shortTextOf(child.data) === 'lock')) return null
      places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
      const held = maxConcurrentHolders ?? 1
      const contenders = lineUp(layout, evidence, places, (index) => (index < held ? null : [CHILDREN]))
      return makeRecipe(held === 1 ? 'mutex' : 'semaphore', 'zk-lock (npm)', {
        contenders: contenders.map((each) => ({ ...each, claims: null })),
        foreign,
        permits: maxConcurrentHolders,
        unknowable: maxConcurrentHolders === null ? ['max-leases', 'child-watch'] : ['child-watch'],
      })
    },
  }
}

function placeOf(child: SeenChild): Place | null {
  const sequence = child.name.startsWith('lock-') ? sequenceSuffixOf(child.name.slice('lock-'.length)) : null
  return sequence === null ? null : { child, sequence, lane: null }
}
