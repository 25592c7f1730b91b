import { accumulo } from './accumulo'
import { bookkeeperAuditor, clickhouseElection, mesos } from './application-elections'
import { applications, withApplication } from './applications'
import { masterWorker, setPartitioner } from './assignment'
import { barrier, doubleBarrier } from './barrier'
import { hitsOf, type RuleId } from './classify'
import { counter } from './counter'
import { curatorLatch, curatorLock } from './curator-lock'
import { curatorReadWriteLock } from './curator-read-write-lock'
import { curatorSemaphore } from './curator-semaphore'
import type { Evidence } from './evidence'
import type { Family } from './family'
import { genericSequence } from './generic-sequence'
import { goLock } from './go-lock'
import { helixLock } from './helix-lock'
import { hive } from './hive'
import { idGenerator } from './id-generator'
import { kazooLease } from './kazoo-lease'
import { kazooLock } from './kazoo-lock'
import { kazooSemaphore } from './kazoo-semaphore'
import type { Layout } from './layout'
import { layoutFindings } from './layout-findings'
import { leaderElectionSupport } from './leader-election-support'
import { madelson } from './madelson'
import { makeRecipe } from './make-recipe'
import { membership, persistentTtlNode } from './membership'
import { notifications } from './notifications'
import { npmZkLock } from './npm-zk-lock'
import { perl } from './perl'
import { queue } from './queue'
import type { Recipe } from './recipe'
import { rubyZk } from './ruby-zk'
import { rustAsyncLock, rustClient, rustLatch } from './rust'
import { serviceDiscovery } from './service-discovery'
import { onlyUnanimous } from './shared-sessions'
import { shedlock } from './shedlock'
import { singleLock } from './single-lock'
import { solrElection, solrLock } from './solr'
import { sortedLayout } from './sorted-layout'
import { lockingQueue, queueSharder } from './spread-queues'
import { symfony } from './symfony'
import { cLock, javaWriteLock } from './zookeeper-lock'

/**
 * Asked in this order, the first answer counts: what is told by the path, by the znode itself or by several directories
 * together, before anything is concluded from the names of the children alone.
 */
const BY_SHAPE: readonly Family[] = [
  applications,
  curatorSemaphore,
  kazooSemaphore,
  kazooLease,
  symfony,
  shedlock,
  helixLock,
  lockingQueue,
  queueSharder,
  setPartitioner,
  masterWorker,
  doubleBarrier,
  barrier,
]

/**
 * Recipes whose names tell them apart. The library with most contenders decides; among equals one whose clients do not
 * fail on what else is there, and then this order: those that mind the znodes of others before those that ignore them.
 */
const BY_NAMES: readonly Family[] = [
  curatorLock,
  curatorLatch,
  curatorReadWriteLock,
  goLock,
  kazooLock,
  javaWriteLock,
  cLock,
  leaderElectionSupport,
  npmZkLock,
  madelson,
  rubyZk,
  rustLatch,
  rustAsyncLock,
  accumulo,
  hive,
  solrLock,
  solrElection,
  bookkeeperAuditor,
  clickhouseElection,
  mesos,
]

/** Asked when nobody else knows the names. */
const AT_LAST: readonly Family[] = [
  perl,
  rustClient,
  queue,
  notifications,
  idGenerator,
  serviceDiscovery,
  genericSequence,
  persistentTtlNode,
  singleLock,
  membership,
  counter,
]

const NONE = makeRecipe('none', '')

/**
 * What coordinates in a directory, and who holds and who waits by the rules of the library that made it. Never throws;
 * 'none' when nothing does. `now` is milliseconds since 1970, for recipes that depend on the time.
 */
export function recognise(unsorted: Layout, evidence: Evidence, now: number): Recipe {
  const layout = sortedLayout(unsorted)
  const recipe =
    firstOf(BY_SHAPE, layout, evidence, now) ??
    byMajority(layout, evidence, now) ??
    firstOf(AT_LAST, layout, evidence, now) ??
    NONE
  return {
    ...withApplication(layout, recipe),
    contenders: onlyUnanimous(recipe.contenders),
    findings: [...recipe.findings, ...layoutFindings(recipe, layout)],
  }
}

function firstOf(families: readonly Family[], layout: Layout, evidence: Evidence, now: number): Recipe | null {
  for (const family of families) {
    const recipe = family.recognise(layout, evidence, now)
    if (recipe !== null) return recipe
  }
  return null
}

function byMajority(layout: Layout, evidence: Evidence, now: number): Recipe | null {
  const weights = weightsOf(layout)
  let best: { readonly recipe: Recipe; readonly weight: number } | null = null
  for (const family of BY_NAMES) {
    const known = family.rules?.reduce((sum, rule) => sum + (weights.get(rule) ?? 0), 0)
    if (known === 0 || (best !== null && known !== undefined && known < best.weight)) continue
    const recipe = family.recognise(layout, evidence, now)
    if (recipe === null) continue
    const weight = known ?? recipe.contenders.length
    if (best === null || weight > best.weight || (weight === best.weight && breaks(best.recipe) && !breaks(recipe))) {
      best = { recipe, weight }
    }
  }
  return best?.recipe ?? null
}

/** How many children have the names of each rule. */
function weightsOf(layout: Layout): ReadonlyMap<RuleId, number> {
  const weights = new Map<RuleId, number>()
  for (const { rule, child } of hitsOf(layout).values()) {
    // What no session owns weighs less: leftovers must not outvote the living.
    weights.set(rule, (weights.get(rule) ?? 0) + (child.stat?.ephemeralOwner === 0n ? 1e-6 : 1))
  }
  return weights
}

function breaks({ foreign }: Recipe): boolean {
  return foreign.some(({ effect }) => effect === 'breaks')
}
