import { sequenceOf } from '@/lib/znode/sequence'
import { watchesNothing } from './absent-watch'
import type { Evidence } from './evidence'
import type { Family } from './family'
import { byAge } from './in-order'
import type { SeenChild } from './layout'
import { contenderOf, mayBeEphemeral, type Place, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender, Edge } from './recipe'
import { type EdgeTo, type SiblingWatches, siblingWatches, watchProof } from './watch-proof'

/** What a client puts before the name that it was asked for, to find its own znode again. */
const OWN_MARK = /^(?:_c_)?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})/

/**
 * Numbered ephemeral znodes that no known library makes. First in, first out is assumed among those with one prefix,
 * unless the watches that servers told say otherwise. Persistent ones are messages, or items of a queue.
 */
export const genericSequence: Family = {
  id: 'generic',
  recognise(layout, evidence) {
    const { places, foreign } = pickPlaces(layout.children, placeOf)
    if (places.length === 0) return null
    const groups = groupsOf(places)
    const watches = siblingWatches(layout, evidence)
    const edgeTo = watchProof(layout, evidence, watches)
    // Where each has a prefix of its own, none is behind another.
    const members = groups.length > 2 && groups.length === places.length
    return makeRecipe('sequence', 'unknown', {
      contenders: groups.flatMap((group) =>
        members || nobodyWaits(group, watches, evidence)
          ? group.map((place) => contenderOf(place, 'present'))
          : inLine(group, edgeTo, watches),
      ),
      foreign,
      unknowable: ['max-leases'],
    })
  },
}

function placeOf(child: SeenChild): Place | null {
  const sequence = mayBeEphemeral(child) ? sequenceOf(child.name) : null
  return sequence === null ? null : { child, sequence: sequence.number, lane: null }
}

function groupsOf(places: readonly Place[]): readonly (readonly Place[])[] {
  const groups = new Map<string, Place[]>()
  for (const place of places) {
    const prefix = (sequenceOf(place.child.name)?.prefix ?? '').replace(OWN_MARK, '')
    const group = groups.get(prefix)
    if (group === undefined) groups.set(prefix, [place])
    else group.push(place)
  }
  for (const group of groups.values()) {
    group.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0) || byAge(a.child, b.child))
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function nobodyWaits(group: readonly Place[], watches: SiblingWatches | null, evidence: Evidence): boolean {
  return group.length > 1 && group.every(({ child }) => watchesNothing(child, watches, evidence))
}

function inLine(group: readonly Place[], edgeTo: EdgeTo, watches: SiblingWatches | null): Contender[] {
  return group.map((place, index) => {
    const { child } = place
    const session = child.stat?.ephemeralOwner ?? 0n
    // Nothing is known of the rules, so what is watched is what is waited for.
    const watched =
      session !== 0n && watches?.ownedBy(session) === 1
        ? watches.watchedBy(session).find((name) => name !== child.name)
        : undefined
    const ahead = group[index - 1]
    const edge: Edge | null =
      watched !== undefined
        ? { on: watched, proof: 'confirmed' }
        : ahead === undefined
          ? null
          : edgeTo(child, ahead.child.name)
    return edge === null ? contenderOf(place, 'holds') : contenderOf(place, 'waits', [edge])
  })
}
