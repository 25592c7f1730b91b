import type { Family } from './family'
import { jsonMembersOf } from './json-members'
import type { SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'

const SHOWN = 20

/**
 * Curator's ServiceDiscovery: "<base>/<service>/<instance>" with JSON that says the name, id and address of the instance.
 * STATIC and PERMANENT instances are persistent. Source: JsonInstanceSerializer.java, ServiceInstance.java.
 */
export const serviceDiscovery: Family = {
  id: 'curator.discovery',
  recognise(layout) {
    const found = layout.children.map((child) => ({ child, address: addressOf(child) }))
    const instances = found.filter(({ address }) => address !== null)
    if (instances.length === 0 || instances.length * 2 <= found.length) return null
    return makeRecipe('service-discovery', 'Curator ServiceDiscovery', {
      contenders: instances.map(({ child, address }) => ({
        ...contenderOf({ child, sequence: null, lane: null }, 'present'),
        claims: address,
      })),
      foreign: found.flatMap(({ child, address }) =>
        address === null ? [{ name: child.name, effect: 'ignored' as const }] : [],
      ),
      payload: instances
        .slice(0, SHOWN)
        .flatMap(({ child, address }) => (address === null ? [] : [[child.name, address]])),
    })
  },
}

/** "host:port" of an instance that Curator has written: nobody else writes all of these names. */
function addressOf({ data, name }: SeenChild): string | null {
  const members = jsonMembersOf(data)
  if (members === null || !members.has('name') || !members.has('address') || !members.has('serviceType')) return null
  if (!name.startsWith(members.get('id') ?? '')) return null
  const port = [members.get('port'), members.get('sslPort')].find(
    (each) => each !== undefined && /^\d{1,5}$/.test(each),
  )
  const address = (members.get('address') ?? '').slice(0, 200)
  return port === undefined ? address : `${address}:${port}`
}
