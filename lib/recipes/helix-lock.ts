import type { Family } from './family'
import { jsonMembersOf, membersOf } from './json-members'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { SELF } from './recipe'

const PATH = /^(?:\/[^/]+)+\/LOCK\/(?:CLUSTER|PARTICIPANT|RESOURCE)\/[^/]+$/
const LONGEST = 500

/**
 * Helix's ZKDistributedNonblockingLock: a persistent ZNRecord "LOCK" that says who owns it and until when. Who asks with
 * a higher priority is written into it. Source: ZKDistributedNonblockingLock.java, LockInfo.java.
 */
export const helixLock: Family = {
  id: 'helix.lock',
  recognise(layout, _evidence, now) {
    if (!PATH.test(layout.path) || layout.children.length > 0) return null
    const record = jsonMembersOf(layout.data)
    const fields = membersOf(record?.get('simpleFields') ?? '')
    const timeout = fields?.get('TIMEOUT')
    if (record?.get('id') !== 'LOCK' || fields === null || timeout === undefined || !/^-?\d{1,19}$/.test(timeout))
      return null
    const owner = fields.get('OWNER') ?? ''
    const held = owner !== '' && Number(timeout) > now
    const child = { name: SELF, stat: layout.stat, data: null }
    const contender = contenderOf({ child, sequence: null, lane: null }, held ? 'holds' : 'present')
    return makeRecipe('timed-lock', 'Helix ZKDistributedNonblockingLock', {
      contenders: [{ ...contender, claims: owner === '' ? null : owner.slice(0, LONGEST) }],
      permits: 1,
      unknowable: ['pollers'],
      payload: [...fields].slice(0, 50).map(([name, value]) => [name.slice(0, LONGEST), value.slice(0, LONGEST)]),
    })
  },
}
