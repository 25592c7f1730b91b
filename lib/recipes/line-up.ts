import { claimsOf } from './claims'
import type { Evidence } from './evidence'
import type { Layout, SeenChild } from './layout'
import { CHILDREN, type Contender, type Foreign } from './recipe'
import { watchProof } from './watch-proof'

/** A child that takes part, as its library reads its name. */
export interface Place {
  readonly child: SeenChild
  /** int32 */
  readonly sequence: number | null
  readonly lane: 'shared' | 'exclusive' | null
}

/** What the place waits on: indexes of places, the list of children, or nothing known; null when it holds. */
export type WaitsOn = readonly (number | typeof CHILDREN)[] | null

/** Takes apart what is the library's and what is not; `placeOf` gives null for a foreign child, which is ignored. */
export function pickPlaces(
  children: readonly SeenChild[],
  placeOf: (child: SeenChild) => Place | null,
): { readonly places: Place[]; readonly foreign: Foreign[] } {
  const places: Place[] = []
  const foreign: Foreign[] = []
  for (const child of children) {
    const place = placeOf(child)
    if (place === null) foreign.push({ name: child.name, effect: 'ignored' })
    else places.push(place)
  }
  return { places, foreign }
}

/** Whether the owner of at least one may be a session: what only persistent znodes make is no lock. */
export function anyMayBeEphemeral(places: readonly Place[]): boolean {
  return places.some(({ child }) => mayBeEphemeral(child))
}

/** False only when its stat was read and says that no session owns it. */
export function mayBeEphemeral(child: SeenChild): boolean {
  return child.stat === null || child.stat.ephemeralOwner !== 0n
}

/** The contenders of places that are already in the library's order. */
export function lineUp(
  layout: Layout,
  evidence: Evidence,
  places: readonly Place[],
  waitsOn: (index: number) => WaitsOn,
): Contender[] {
  const edgeTo = watchProof(layout, evidence)
  return places.map((place, index) => {
    const on = waitsOn(index)
    const edges = on?.flatMap((target) => {
      const name = target === CHILDREN ? CHILDREN : places[target]?.child.name
      return name === undefined ? [] : [edgeTo(place.child, name)]
    })
    return contenderOf(place, on === null ? 'holds' : 'waits', edges ?? [])
  })
}

export function contenderOf(
  place: Place,
  state: Contender['state'],
  waitsOn: Contender['waitsOn'] = [],
  name = place.child.name,
): Contender {
  const { child, sequence, lane } = place
  const owner = child.stat?.ephemeralOwner ?? 0n
  return {
    name,
    state,
    lane,
    sequence,
    session: owner === 0n ? null : owner,
    claims: claimsOf(child.data),
    revocable: false,
    waitsOn,
  }
}

/** First come, first served, one at a time: each waits for the one before it. */
export function oneAtATime(index: number): WaitsOn {
  return index === 0 ? null : [index - 1]
}

/** A writer waits for the one before it, a reader for the nearest writer before it. */
export function nearestWriter(places: readonly Place[]): (index: number) => WaitsOn {
  let writer: number | null = null
  const before = places.map((place, index) => {
    const nearest = writer
    if (place.lane === 'exclusive') writer = index
    return nearest
  })
  return (index) => {
    if (places[index]?.lane === 'exclusive') return oneAtATime(index)
    const nearest = before[index] ?? null
    return nearest === null ? null : [nearest]
  }
}
