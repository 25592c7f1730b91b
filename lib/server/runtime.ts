import { Ensemble } from '@/lib/ensemble/ensemble'
import type { ClusterSummary } from '@/lib/queries/responses'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { log } from './log'
import { type ClusterSettings, readSettings, type Settings } from './settings'
import { StreamHub } from './stream-hub'

/** All state of this process: settings, one Ensemble per configured cluster, the streams to the browsers. */
export interface Runtime {
  readonly settings: Settings
  readonly streams: StreamHub
  readonly ensembles: ReadonlyMap<string, Ensemble>
  stopping: boolean
}

const MIB = 1024 * 1024
const KEY = Symbol.for('zoolens.runtime')

/**
 * Next loads a module up to three times in one process (pages, routes, instrumentation), each with its own variables;
 * globalThis is the one place that they share.
 * @throws BadSetting
 */
export function runtime(): Runtime {
  const holder = globalThis as { [KEY]?: Runtime }
  holder[KEY] ??= createRuntime()
  return holder[KEY]
}

function createRuntime(): Runtime {
  const settings = readSettings(process.env)
  const ensembles = new Map(settings.clusters.map((cluster) => [cluster.id, createEnsemble(cluster)]))
  return { settings, ensembles, streams: new StreamHub(), stopping: false }
}

function createEnsemble(cluster: ClusterSettings): Ensemble {
  const { id, connect, sessionTimeoutMs, evidence, security } = cluster
  const replyLimits = { soft: cluster.maxReplyMegabytes * MIB, hard: cluster.hardMaxReplyMegabytes * MIB }
  return new Ensemble({
    id,
    connect: { connect, sessionTimeoutMs, replyLimits, ...security },
    evidence,
    log: (event, fields) => log.info({ cluster: id, ...fields }, event),
  })
}

/** @throws ZooKeeperError UnknownCluster */
export function ensembleOf(id: string): Ensemble {
  const ensemble = runtime().ensembles.get(id)
  if (!ensemble) throw new ZooKeeperError('UnknownCluster', { detail: id })
  return ensemble
}

/** What a browser may know about the configured clusters: never where they are or how we log in. */
export function clusterSummaries(): ClusterSummary[] {
  const { settings } = runtime()
  return settings.clusters.map(({ id, name, color, production, readOnly }) => ({
    id,
    name,
    color,
    production,
    readOnly: settings.readOnly ? 'everywhere' : readOnly ? 'cluster' : null,
  }))
}
