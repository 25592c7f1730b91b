import { hitsOf, type RuleId } from './classify'
import type { Finding } from './finding'
import { someOf } from './finding-subjects'
import type { Layout } from './layout'
import { mayBeEphemeral } from './line-up'
import type { Recipe } from './recipe'

/** Whose locks, elections and semaphores have which names. Queue items and members are nobody's rivals. */
const RIVALS: Partial<Record<RuleId, string>> = {
  'curator.rw.read': 'Curator InterProcessReadWriteLock',
  'curator.rw.write': 'Curator InterProcessReadWriteLock',
  'curator.lease': 'Curator InterProcessSemaphoreV2',
  'curator.latch': 'Curator LeaderLatch',
  'curator.lock': 'Curator InterProcessMutex',
  'go.lock': 'go-zookeeper zk.Lock',
  'kazoo.rlock': 'kazoo ReadLock',
  'kazoo.lock': 'kazoo Lock',
  'accumulo.zlock': 'Accumulo ServiceLock',
  'rust.async.lock': 'zookeeper-async shared_lock',
  'solr.election': 'Solr election',
  'zk.c.lock': 'ZooKeeper zoo_lock (C)',
  'zk.java.lock': 'ZooKeeper WriteLock',
  'rust.latch': 'rust-zookeeper LeaderLatch',
  'hive.lock': 'Hive lock',
  mesos: 'Mesos election',
  'ruby.ex': 'zk (Ruby) lock',
  'ruby.sh': 'zk (Ruby) lock',
  'ruby.sem': 'zk (Ruby) semaphore',
  'ruby.ballot': 'zk (Ruby) election',
  'rw.read': 'DistributedLock.ZooKeeper',
  'rw.write': 'DistributedLock.ZooKeeper',
  'net.sem': 'DistributedLock.ZooKeeper semaphore',
  'zk.leader': 'ZooKeeper LeaderElectionSupport',
  'plain.lock': 'DistributedLock.ZooKeeper',
}

/** Those of one recipe, whose names differ by lane. */
const TOGETHER = new Map<string, string>([
  ['kazoo ReadLock', 'kazoo Lock'],
  ['ZooKeeper zoo_lock (C)', 'ZooKeeper WriteLock'],
])

/**
 * Live contenders of two libraries in one directory. Where the one does not see the other, both hold at once; Curator's
 * mutex and Go's lock take each other's znodes for their own.
 */
export function mixedLibraries({ kind, foreign, contenders }: Recipe, layout: Layout): Finding[] {
  if (kind === 'none') return []
  const hits = hitsOf(layout)
  const libraryOf = (name: string) => {
    const hit = hits.get(name)
    const library = hit === undefined || !mayBeEphemeral(hit.child) ? undefined : RIVALS[hit.rule]
    return library === undefined ? undefined : (TOGETHER.get(library) ?? library)
  }
  const others = foreign.filter(({ name }) => libraryOf(name) !== undefined)
  const libraries = new Set([...contenders, ...others].map(({ name }) => libraryOf(name)))
  libraries.delete(undefined)
  if (libraries.size < 2) return []
  const facts = { libraries: [...libraries].sort().join(', ') }
  if (others.length === 0) {
    return [{ code: 'mixed-libraries', severity: 'note', certainty: 'certain', subjects: [], count: 0, facts }]
  }
  const subjects = someOf(others.map(({ name }) => name))
  return [{ code: 'mixed-libraries', severity: 'danger', certainty: 'certain', ...subjects, facts }]
}
