import { brokenSince, cameBefore } from './breakage'
import type { Evidence } from './evidence'
import type { Layout, SeenChild } from './layout'
import { contenderOf, type Place } from './line-up'
import type { Contender, Foreign } from './recipe'
import { watchProof } from './watch-proof'

/**
 * A line in which each waits for whatever child is before it, as libraries have it that take every child for a
 * contender. `order` are the children that can be sorted, `breakers` those that the library's clients fail on, and
 * `placeOf` gives null for who is no contender.
 */
export function wholeLine(
  layout: Layout,
  evidence: Evidence,
  order: readonly SeenChild[],
  breakers: readonly SeenChild[],
  placeOf: (child: SeenChild) => Place | null,
): { readonly contenders: readonly Contender[]; readonly foreign: readonly Foreign[] } {
  const since = brokenSince(breakers)
  const edgeTo = watchProof(layout, evidence)
  const places = order.map(placeOf)
  const last = places.findLastIndex((place) => place !== null)
  const contenders: Contender[] = []
  const foreign: Foreign[] = breakers.map(({ name }) => ({ name, effect: 'breaks' }))
  for (const [index, child] of order.entries()) {
    const place = places[index] ?? null
    const ahead = order[index - 1]
    if (place === null) foreign.push({ name: child.name, effect: index < last ? 'blocks' : 'ignored' })
    else if (!cameBefore(child, since)) contenders.push(contenderOf(place, 'present'))
    else if (ahead === undefined) contenders.push(contenderOf(place, 'holds'))
    else contenders.push(contenderOf(place, 'waits', [edgeTo(child, ahead.name)]))
  }
  return { contenders, foreign }
}
