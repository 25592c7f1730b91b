import { hitsOf } from './classify'
import type { Family } from './family'
import { inOrderOf } from './in-order'
import type { SeenChild } from './layout'
import type { Place } from './line-up'
import { makeRecipe } from './make-recipe'
import { wholeLine } from './whole-line'

/**
 * ZooKeeper's own LeaderElectionSupport: "n_" and a number. Every child has to be one; who looks at another one fails.
 * Source: LeaderElectionSupport.java, toLeaderOffers.
 */
export const leaderElectionSupport: Family = {
  id: 'election_n',
  rules: ['zk.leader'],
  recognise(layout, evidence) {
    const hits = hitsOf(layout)
    const placeOf = (child: SeenChild): Place | null =>
      hits.get(child.name)?.rule === 'zk.leader' ? { child, sequence: offerId(child.name), lane: null } : null
    if (!layout.children.some(({ name }) => hits.get(name)?.rule === 'zk.leader')) return null
    const breakers = layout.children.filter(({ name }) => Number.isNaN(offerId(name)))
    const readable = layout.children.filter(({ name }) => !Number.isNaN(offerId(name)))
    const order = inOrderOf(readable, ({ name }) => offerId(name))
    return makeRecipe('election', 'ZooKeeper LeaderElectionSupport', {
      ...wholeLine(layout, evidence, order, breakers, placeOf),
      orElse: ['ZooKeeperNetEx LeaderElectionSupport', 'ZooKeeper recipe "Leader Election", written by hand'],
      permits: 1,
    })
  },
}

/** Integer.valueOf(name.substring(name.lastIndexOf("n_") + 2)); NaN where that throws. */
function offerId(name: string): number {
  const digits = name.slice(name.lastIndexOf('n_') + 2)
  const number = /^[+-]?\d{1,19}$/.test(digits) ? Number(digits) : Number.NaN
  return number === (number | 0) ? number : Number.NaN
}
