import { decodeUtf8 } from '@/lib/codec/utf8'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf, type Place, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'

const NAME = /^LOCK-(SHARED|EXCLUSIVE|SEMI_SHARED)-(\d{10})$/

/**
 * Hive's ZooKeeperHiveLockManager: whoever finds a lower number that conflicts deletes its own znode, sleeps and tries
 * again. So nobody waits here: what is in conflict is about to go. Persistent when keepAlive is set.
 * Source: ZooKeeperHiveLockManager.lockPrimitive.
 */
export const hive: Family = {
  id: 'hive',
  rules: ['hive.lock'],
  recognise(layout) {
    const { places, foreign } = pickPlaces(layout.children, placeOf)
    if (places.length === 0) return null
    places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    let exclusive = false
    let semiShared = false
    const contenders = places.map((place, at) => {
      const plainShared = place.child.name.startsWith('LOCK-SHARED-')
      const writes = place.lane === 'exclusive'
      const conflict = exclusive || (semiShared && !plainShared) || (at > 0 && writes)
      exclusive ||= writes
      semiShared ||= !writes && !plainShared
      return { ...contenderOf(place, conflict ? 'present' : 'holds'), claims: claimsOfQuery(place.child.data) }
    })
    return makeRecipe('read-write-lock', 'Hive ZooKeeperHiveLockManager', {
      contenders,
      foreign,
      unknowable: ['pollers'],
    })
  },
}

function placeOf(child: SeenChild): Place | null {
  const match = NAME.exec(child.name)
  if (match === null) return null
  return { child, sequence: Number(match[2]), lane: match[1] === 'EXCLUSIVE' ? 'exclusive' : 'shared' }
}

/** HiveLockObjectData: queryId:lockTime:lockMode:queryStr:clientIp, with all other colons taken out. */
function claimsOfQuery(data: Layout['data']): string | null {
  const parts = (data === null || data.length > 1_000_000 ? '' : (decodeUtf8(data) ?? '')).split(':')
  const [query = '', , mode] = parts
  if (mode !== 'EXPLICIT' && mode !== 'IMPLICIT') return null
  const client = parts[4] === 'null' ? undefined : parts[4]
  return (client === undefined || client === '' ? query : `${client} ${query}`).slice(0, 200)
}
