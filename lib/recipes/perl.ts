import { compareNames } from '@/lib/znode/compare-names'
import { sequenceOf } from '@/lib/znode/sequence'
import { shortTextOf } from './claims'
import type { Family } from './family'
import type { SeenChild } from './layout'
import { anyMayBeEphemeral, lineUp, type Place, pickPlaces, type WaitsOn } from './line-up'
import { makeRecipe } from './make-recipe'

/**
 * Net::ZooKeeper::Lock of Perl: "<lock>-<sequence>" with the data "0", all locks in one directory ("/lock"). Each name
 * is a queue of its own, sorted as text.
 */
export const perl: Family = {
  id: 'perl',
  recognise(layout, evidence) {
    const { places, foreign } = pickPlaces(layout.children, placeOf)
    if (places.length === 0 || places.length < foreign.length || !anyMayBeEphemeral(places)) return null
    places.sort((a, b) => compareNames(prefixOf(a), prefixOf(b)) || compareNames(a.child.name, b.child.name))
    const waitsOn = (index: number): WaitsOn => (startsLock(places, index) ? null : [index - 1])
    const contenders = lineUp(layout, evidence, places, waitsOn).map((each) => ({ ...each, claims: null }))
    return makeRecipe('mutex', 'Net::ZooKeeper::Lock (Perl)', {
      contenders: [
        ...contenders.filter(({ state }) => state === 'holds'),
        ...contenders.filter(({ state }) => state !== 'holds'),
      ],
      foreign,
      permits: contenders.filter(({ state }) => state === 'holds').length,
    })
  },
}

function placeOf(child: SeenChild): Place | null {
  const sequence = sequenceOf(child.name)
  if (sequence === null || !/[^-]-$/.test(sequence.prefix) || shortTextOf(child.data) !== '0') return null
  return { child, sequence: sequence.number, lane: null }
}

function prefixOf({ child }: Place): string {
  return sequenceOf(child.name)?.prefix ?? ''
}

function startsLock(places: readonly Place[], index: number): boolean {
  const place = places[index]
  const before = places[index - 1]
  return place === undefined || before === undefined || prefixOf(place) !== prefixOf(before)
}
