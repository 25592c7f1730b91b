import type { Family } from './family'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender } from './recipe'

/**
 * kazoo's SetPartitioner: "party" has those who share the work, "locks" a lock for each part of it. Which part is whose
 * is in each of the locks. Source: kazoo/recipe/partitioner.py.
 */
export const setPartitioner: Family = {
  id: 'kazoo.partitioner',
  recognise(layout) {
    const party = layout.near.get('party')
    const names = layout.children.map(({ name }) => name)
    if (party === undefined || !names.includes('locks') || names.length > 2) return null
    const members = party.children.filter(({ name }) => /^[0-9a-f]{32}-./.test(name))
    if (members.length < party.children.length) return null
    return makeRecipe('assignment', 'kazoo SetPartitioner', {
      contenders: members.map((child): Contender => {
        const member = contenderOf({ child, sequence: null, lane: null }, 'present', [], `party/${child.name}`)
        return { ...member, claims: child.name.slice(33, 233) }
      }),
      payload:
        layout.near
          .get('locks')
          ?.children.slice(0, 50)
          .map(({ name }) => ['part', name] as const) ?? [],
    })
  },
}

/**
 * A master that spreads work: "workers" has an ephemeral for each that is up, "assign" a directory of tasks for each,
 * "tasks" what is to be done. How many tasks a worker has is told by the stat of its directory. Source: the master-worker
 * example of ZooKeeper's own book.
 */
export const masterWorker: Family = {
  id: 'master-worker',
  recognise(layout) {
    const workers = layout.near.get('workers')
    const assign = layout.near.get('assign')
    if (workers === undefined || assign === undefined || !layout.children.some(({ name }) => name === 'tasks'))
      return null
    const up = workers.children.filter(({ stat }) => stat === null || stat.ephemeralOwner !== 0n)
    if (up.length === 0 && workers.children.length > 0) return null
    return makeRecipe('assignment', 'Master and workers', {
      contenders: up.map((child) =>
        contenderOf({ child, sequence: null, lane: null }, 'present', [], `workers/${child.name}`),
      ),
      payload: assign.children
        .slice(0, 50)
        .flatMap(({ name, stat }) => (stat === null ? [] : [[name, String(stat.numChildren)]])),
    })
  },
}
