import { shortTextOf } from './claims'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { lineUp, type Place, pickPlaces, type WaitsOn } from './line-up'
import { makeRecipe } from './make-recipe'

const NAME = /^zlock#([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})#(\d{10})$/
const UUID_LENGTH = 36
const UUID_AT = 'zlock#'.length

/**
 * Accumulo's ServiceLock. A create that was tried again may leave two znodes of one client next to each other; who comes
 * after them watches the lowest of that run. Names of another form are not seen. Source: ServiceLock.java.
 */
export const accumulo: Family = {
  id: 'accumulo',
  rules: ['accumulo.zlock'],
  recognise(layout, evidence) {
    const { places, foreign } = pickPlaces(layout.children, placeOf)
    if (places.length === 0) return null
    places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    const contenders = lineUp(layout, evidence, places, lowestOfRunBefore(places))
    return makeRecipe('mutex', 'Accumulo ServiceLock', {
      contenders: contenders.map((each, at) => ({
        ...each,
        claims: addressOf(places[at]?.child.data ?? null) ?? each.claims,
      })),
      foreign,
      permits: 1,
    })
  },
}

function placeOf(child: SeenChild): Place | null {
  const match = NAME.exec(child.name)
  return match === null ? null : { child, sequence: Number(match[2]), lane: null }
}

function lowestOfRunBefore(places: readonly Place[]): (index: number) => WaitsOn {
  const uuidOf = (index: number) => places[index]?.child.name.slice(UUID_AT, UUID_AT + UUID_LENGTH)
  const runStart: number[] = []
  for (let at = 0; at < places.length; at++) {
    runStart.push(at > 0 && uuidOf(at) === uuidOf(at - 1) ? (runStart[at - 1] ?? at) : at)
  }
  return (index) => (index === 0 ? null : [runStart[index - 1] ?? index - 1])
}

/** The address of the first service in the lock's JSON (since 2.1 or 3.0), such as "host:9999". */
function addressOf(data: Layout['data']): string | null {
  const text = shortTextOf(data, 10_000)
  return text === null ? null : (/"address":"([^"\\]{1,200})"/.exec(text)?.[1] ?? null)
}
