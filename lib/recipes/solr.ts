import { compareNames } from '@/lib/znode/compare-names'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { anyMayBeEphemeral, contenderOf, lineUp, oneAtATime, type Place, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender, Edge, Foreign } from './recipe'
import { sequenceSuffixOf } from './sequence-suffix'
import { siblingWatches } from './watch-proof'

/**
 * Solr's ZkDistributedLock: "R_" and "W_". It does not sort: a waiter watches the first lower one that blocks it in the
 * order of the server, which means nothing. So which one it is can only be told by the servers.
 * Source: ZkDistributedLock.nodeToWatch.
 */
export const solrLock: Family = {
  id: 'solr.lock',
  rules: ['solr.R', 'solr.W'],
  recognise(layout, evidence) {
    const { places, foreign } = pickPlaces(layout.children, lockPlaceOf)
    if (places.length === 0 || places.length < foreign.length || !anyMayBeEphemeral(places)) return null
    places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    return makeRecipe('read-write-lock', 'Solr ZkDistributedLock', {
      contenders: lockContenders(layout, evidence, places),
      foreign: foreign.map(effectOnLock),
    })
  },
}

function lockContenders(layout: Layout, evidence: Evidence, places: readonly Place[]): Contender[] {
  const watches = siblingWatches(layout, evidence)
  const blockers = new Set<string>()
  const writers = new Set<string>()
  return places.map((place) => {
    const inFront = place.lane === 'exclusive' ? blockers : writers
    const edges =
      inFront.size === 0 ? [] : edgesTo(inFront, watches?.watchedBy(place.child.stat?.ephemeralOwner ?? 0n) ?? [])
    const contender = contenderOf(place, inFront.size === 0 ? 'holds' : 'waits', edges)
    blockers.add(place.child.name)
    if (place.lane === 'exclusive') writers.add(place.child.name)
    return contender
  })
}

/** The one that it is seen to watch, or the only one that it can watch. */
function edgesTo(blockers: ReadonlySet<string>, watched: readonly string[]): Edge[] {
  const [only] = blockers
  if (only !== undefined && blockers.size === 1) {
    const confirmed = watched.includes(only)
    return [{ on: only, proof: confirmed ? 'confirmed' : 'unknown' }]
  }
  return watched.filter((name) => blockers.has(name)).map((on) => ({ on, proof: 'confirmed' }))
}

/** The tenth character from the end has to be "_" and a number has to follow, or every client throws. */
function effectOnLock({ name }: Foreign): Foreign {
  const numbered = name.at(-11) === '_' && /^\d{10}$/.test(name.slice(-10))
  return { name, effect: numbered ? 'blocks' : 'breaks' }
}

function lockPlaceOf(child: SeenChild): Place | null {
  const [, letter, digits] = /^([RW])_(\d{10})$/.exec(child.name) ?? []
  if (digits === undefined) return null
  return { child, sequence: Number(digits), lane: letter === 'R' ? 'shared' : 'exclusive' }
}

/**
 * Solr's leader election: "<session, decimal>-<node>-n_<sequence>", by number and then by the whole name. Joining at the
 * head makes an ephemeral with the second one's number, so two may have the same. Source: LeaderElector.java.
 */
export const solrElection: Family = {
  id: 'solr.election',
  rules: ['solr.election'],
  recognise(layout, evidence) {
    const { places, foreign } = pickPlaces(layout.children, electionPlaceOf)
    if (places.length === 0 || !anyMayBeEphemeral(places)) return null
    places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0) || compareNames(a.child.name, b.child.name))
    return makeRecipe('election', 'Solr LeaderElector', {
      contenders: lineUp(layout, evidence, places, oneAtATime).map((each) => ({
        ...each,
        claims: nodeNameOf(each.name),
      })),
      foreign,
      permits: 1,
    })
  },
}

const CANDIDATE = /^-?\d+-(.+)-n_(-?\d{10})$/

function electionPlaceOf(child: SeenChild): Place | null {
  const sequence = sequenceSuffixOf(CANDIDATE.exec(child.name)?.[2] ?? '')
  return sequence === null ? null : { child, sequence, lane: null }
}

function nodeNameOf(name: string): string | null {
  return CANDIDATE.exec(name)?.[1]?.slice(0, 200) ?? null
}
