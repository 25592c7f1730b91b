import { compareNames } from '@/lib/znode/compare-names'
import { textProtobufOf } from './bookkeeper-payload'
import { COMPANIONS, hitsOf, type RuleId } from './classify'
import type { Family } from './family'
import { jsonMembersOf } from './json-members'
import type { Layout } from './layout'
import { lineUp, mayBeEphemeral, oneAtATime, type Place } from './line-up'
import { makeRecipe } from './make-recipe'
import { CHILDREN } from './recipe'

/**
 * The auditor of BookKeeper: "V_" votes by number, each watches the one before with exists.
 * Source: ZkLedgerAuditorManager.java.
 */
export const bookkeeperAuditor: Family = {
  id: 'bookkeeper',
  rules: ['bk.vote'],
  recognise(layout, evidence) {
    const places = placesOf(layout, 'bk.vote')
    if (places === null) return null
    const contenders = lineUp(layout, evidence, places, oneAtATime).map((contender, at) => {
      const vote = textProtobufOf(places[at]?.child.data ?? null)
      return { ...contender, claims: vote?.find(([name]) => name === 'bookieId')?.[1] ?? null }
    })
    return makeRecipe('election', 'BookKeeper auditor election', {
      contenders,
      foreign: rest(layout, places),
      permits: 1,
    })
  },
}

/** Masters of Mesos: the smallest number leads, and all watch the list of children. Source: zookeeper/group.cpp. */
export const mesos: Family = {
  id: 'mesos',
  rules: ['mesos'],
  recognise(layout, evidence) {
    const places = placesOf(layout, 'mesos')
    if (places === null) return null
    const contenders = lineUp(layout, evidence, places, (index) => (index === 0 ? null : [CHILDREN]))
    return makeRecipe('election', 'Mesos master election', {
      contenders: contenders.map((contender, at) => ({
        ...contender,
        claims: masterOf(places[at]?.child.data ?? null),
      })),
      foreign: rest(layout, places),
      permits: 1,
      unknowable: ['child-watch'],
    })
  },
}

function masterOf(data: Layout['data']): string | null {
  const info = jsonMembersOf(data)
  const host = info?.get('hostname') ?? info?.get('ip')
  const port = info?.get('port')
  return host === undefined ? null : `${host.slice(0, 200)}${port === undefined ? '' : `:${port.slice(0, 5)}`}`
}

/**
 * Tables of ClickHouse before 21.12 elected a leader by whole names as text. Later versions leave the persistent
 * "leader_election-0", which says that all may lead: no election. Source: zkutil/LeaderElection.h.
 */
export const clickhouseElection: Family = {
  id: 'clickhouse',
  rules: ['clickhouse.leader'],
  recognise(layout, evidence) {
    const places = placesOf(layout, 'clickhouse.leader')?.filter(({ child }) => child.name !== 'leader_election-0')
    if (places === undefined || places.length === 0) return null
    places.sort((a, b) => compareNames(a.child.name, b.child.name))
    return makeRecipe('election', 'ClickHouse leader election', {
      contenders: lineUp(layout, evidence, places, oneAtATime),
      foreign: rest(layout, places),
      permits: 1,
    })
  },
}

/** By number; null without any that a session may own. */
function placesOf(layout: Layout, rule: RuleId): Place[] | null {
  const places: Place[] = []
  for (const hit of hitsOf(layout).values()) {
    if (hit.rule === rule) places.push({ child: hit.child, sequence: hit.sequence, lane: null })
  }
  const others = layout.children.filter(({ name }) => !COMPANIONS.has(name)).length - places.length
  if (places.length === 0 || others > places.length || !places.some(({ child }) => mayBeEphemeral(child))) return null
  return places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
}

function rest(layout: Layout, places: readonly Place[]) {
  const own = new Set(places.map(({ child }) => child.name))
  return layout.children.flatMap(({ name }) => (own.has(name) ? [] : [{ name, effect: 'ignored' as const }]))
}
