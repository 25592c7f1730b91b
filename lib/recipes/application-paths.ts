import { applicationLabels } from '@/lib/text/application-labels'

export type ApplicationId = keyof typeof applicationLabels

/**
 * What the path alone decides about the kind of coordination. 'election': the znode itself is who leads. 'active-standby':
 * the directory of Hadoop's elector. 'members', 'items' and 'assignment': each ephemeral child is on its own, whatever
 * number is in its name. 'notices': numbered messages that nobody waits for.
 */
type PathShape = 'election' | 'active-standby' | 'members' | 'items' | 'assignment' | 'notices' | 'dubbo' | 'none'

/**
 * "*" is one name, "x*" one that starts so, "=x" is "x" and counts as one of those that the label names. In front, "**" is any path or none, since most applications may be given a
 * chroot; "(kafka)" is none or one whose last name has this word; "{hbase}" is one whose last name has it. First match wins.
 */
const RULES: readonly (readonly [id: ApplicationId, shape: PathShape, ...patterns: string[]])[] = [
  ['kafka.controller', 'election', '(kafka)/controller'],
  ['kafka.controller-epoch', 'none', '(kafka)/controller_epoch'],
  ['kafka.brokers', 'members', '**/brokers/ids'],
  ['kafka.broker', 'none', '**/brokers/ids/*'],
  ['kafka.topics', 'none', '**/brokers/topics'],
  ['kafka.topic', 'none', '**/brokers/topics/*'],
  ['kafka.partition', 'none', '**/brokers/topics/*/partitions/*', '**/brokers/topics/*/partitions/*/state'],
  ['kafka.seqid', 'none', '**/brokers/seqid'],
  ['kafka.config-changes', 'notices', '(kafka)/config/changes'],
  [
    'kafka.config',
    'none',
    '(kafka)/config/topics/*',
    '(kafka)/config/brokers/*',
    '(kafka)/config/users/*',
    '(kafka)/config/clients/*',
    '(kafka)/config/ips/*',
  ],
  ['kafka.isr-changes', 'notices', '**/isr_change_notification'],
  ['kafka.log-dir-events', 'notices', '**/log_dir_event_notification'],
  ['kafka.delete-topics', 'none', '**/admin/delete_topics'],
  ['kafka.reassign', 'none', '**/admin/reassign_partitions'],
  ['kafka.preferred', 'none', '**/admin/preferred_replica_election'],
  ['kafka.cluster-id', 'none', '(kafka)/cluster/id'],
  ['kafka.producer-ids', 'none', '**/latest_producer_id_block'],
  ['kafka.feature', 'none', '(kafka)/feature'],
  ['kafka.acl-changes', 'notices', '**/kafka-acl-changes', '**/kafka-acl-extended-changes'],
  ['kafka.acls', 'none', '**/kafka-acl*'],
  ['kafka.consumer-members', 'members', '(kafka)/consumers/*/ids'],
  ['kafka.consumer-owners', 'assignment', '(kafka)/consumers/*/owners/*'],
  ['kafka.consumer-offsets', 'none', '(kafka)/consumers/*/offsets'],
  ['hdfs.election', 'active-standby', '**/hadoop-ha/*'],
  ['hdfs.lock', 'election', '**/hadoop-ha/*/ActiveStandbyElectorLock'],
  ['hdfs.breadcrumb', 'none', '**/hadoop-ha/*/ActiveBreadCrumb'],
  ['yarn.election', 'active-standby', '**/yarn-leader-election/*'],
  ['yarn.lock', 'election', '**/yarn-leader-election/*/ActiveStandbyElectorLock'],
  ['yarn.breadcrumb', 'none', '**/yarn-leader-election/*/ActiveBreadCrumb'],
  ['hbase.master', 'election', '{hbase}/master'],
  ['hbase.backup-masters', 'members', '{hbase}/backup-masters'],
  ['hbase.region-servers', 'members', '{hbase}/rs'],
  ['hbase.region-server', 'none', '{hbase}/rs/*'],
  ['hbase.meta', 'none', '{hbase}/meta-region-server*'],
  ['hbase.id', 'none', '{hbase}/hbaseid'],
  ['hbase.running', 'none', '{hbase}/running'],
  ['hbase.table', 'none', '{hbase}/table'],
  ['hbase.splitting', 'none', '{hbase}/splitWAL'],
  ['hbase.balancer', 'none', '{hbase}/balancer'],
  ['hbase.normalizer', 'none', '{hbase}/normalizer'],
  ['hbase.switch', 'none', '{hbase}/switch'],
  ['hbase.draining', 'none', '{hbase}/draining'],
  ['hbase.maintenance', 'none', '{hbase}/master-maintenance'],
  [
    'hbase.replication',
    'none',
    '{hbase}/replication',
    '{hbase}/replication/peers',
    '{hbase}/replication/rs',
    '{hbase}/replication/hfile-refs',
  ],
  ['solr.overseer-election', 'none', '**/overseer_elect', '**/overseer_elect/election'],
  ['solr.overseer', 'election', '**/overseer_elect/leader'],
  ['solr.shard-election', 'none', '**/collections/*/leader_elect/*/election'],
  ['solr.shard-leader', 'election', '**/collections/*/leaders/*/leader', '**/collections/*/leaders/*'],
  ['solr.overseer-queue', 'none', '**/overseer/queue', '**/overseer/queue-work', '**/overseer/collection-queue-work'],
  ['solr.live-nodes', 'members', '(solr)/live_nodes'],
  ['solr.collection-state', 'none', '**/collections/*/state.json'],
  ['clickhouse.active', 'none', '**/replicas/*/is_active'],
  ['clickhouse.inserts', 'items', '**/block_numbers/*'],
  ['clickhouse.ddl', 'notices', '**/task_queue/ddl', '{clickhouse}/task_queue/ddl'],
  ['patroni.leader', 'election', '/service/*/leader', '/service/*/*/leader'],
  ['patroni.members', 'members', '/service/*/members'],
  ['patroni.member', 'none', '/service/*/members/*'],
  ['patroni.optime', 'none', '/service/*/optime/leader'],
  ['mesos.masters', 'none', '/mesos'],
  ['mesos.log-replicas', 'members', '{mesos}/log_replicas'],
  ['storm.leader', 'none', '{storm}/leader-lock'],
  ['storm.leader-info', 'none', '{storm}/leader-info'],
  ['storm.nimbuses', 'members', '{storm}/nimbuses'],
  ['storm.supervisors', 'members', '{storm}/supervisors'],
  ['helix.leader', 'election', '**/*/CONTROLLER/LEADER'],
  ['helix.controller', 'none', '**/*/CONTROLLER/*'],
  ['helix.live', 'members', '**/*/LIVEINSTANCES'],
  ['helix.live-instance', 'none', '**/*/LIVEINSTANCES/*'],
  ['helix.messages', 'none', '**/*/INSTANCES/*/MESSAGES'],
  ['helix.instance', 'none', '**/*/INSTANCES/*'],
  ['helix.ideal', 'none', '**/*/IDEALSTATES/*'],
  ['helix.view', 'none', '**/*/EXTERNALVIEW/*'],
  ['helix.lock', 'none', '**/*/LOCK/=CLUSTER/*', '**/*/LOCK/=PARTICIPANT/*', '**/*/LOCK/=RESOURCE/*'],
  ['pinot.segment', 'none', '**/*/PROPERTYSTORE/SEGMENTS/*/*'],
  ['pinot.schema', 'none', '**/*/PROPERTYSTORE/SCHEMAS/*'],
  ['pinot.table', 'none', '**/*/PROPERTYSTORE/CONFIGS/TABLE/*'],
  ['pinot.jobs', 'none', '**/*/PROPERTYSTORE/CONTROLLER_JOBS'],
  ['pinot.lineage', 'none', '**/*/PROPERTYSTORE/SEGMENT_LINEAGE/*'],
  ['pinot.minion-task', 'none', '**/*/PROPERTYSTORE/MINION_TASK_METADATA/*/*'],
  ['nifi.coordinator', 'none', '**/leaders/Cluster Coordinator'],
  ['nifi.primary', 'none', '**/leaders/Primary Node'],
  ['nifi.role', 'none', '{nifi}/leaders/*'],
  ['druid.coordinator', 'none', '{druid}/coordinator/_COORDINATOR'],
  ['druid.overlord', 'none', '{druid}/overlord/_OVERLORD'],
  ['druid.announcements', 'members', '{druid}/announcements'],
  ['pulsar.leader', 'election', '**/loadbalance/leader'],
  ['pulsar.brokers', 'members', '**/loadbalance/brokers'],
  ['pulsar.bundle', 'none', '**/namespace/*/*/0x*'],
  ['pulsar.bundles', 'assignment', '**/namespace/*/*'],
  ['bookkeeper.readonly', 'members', '**/ledgers/available/readonly'],
  ['bookkeeper.available', 'members', '**/ledgers/available'],
  ['bookkeeper.cookies', 'none', '**/ledgers/cookies'],
  ['bookkeeper.cookie', 'none', '**/ledgers/cookies/*'],
  ['bookkeeper.instance', 'none', '**/ledgers/INSTANCEID'],
  ['bookkeeper.layout', 'none', '**/ledgers/LAYOUT'],
  ['bookkeeper.auditor', 'none', '**/underreplication/auditorelection'],
  ['bookkeeper.locks', 'items', '**/underreplication/locks'],
  ['bookkeeper.underreplicated', 'none', '**/underreplication/ledgers'],
  ['dubbo.providers', 'dubbo', '{dubbo}/*/providers'],
  ['dubbo.consumers', 'dubbo', '{dubbo}/*/consumers'],
  ['dubbo.routers', 'dubbo', '{dubbo}/*/routers'],
  ['dubbo.configurators', 'dubbo', '{dubbo}/*/configurators'],
  ['dubbo.url', 'none', '{dubbo}/*/providers/*', '{dubbo}/*/consumers/*'],
  ['zookeeper.quota', 'none', '/zookeeper/quota'],
  ['zookeeper.config', 'none', '/zookeeper/config'],
  ['spring.locks', 'none', '**/SpringIntegration-LockRegistry'],
  ['spring.lock', 'none', '**/SpringIntegration-LockRegistry/*'],
  ['spring.leader', 'none', '**/spring-integration/leader/*'],
  ['shedlock.locks', 'none', '**/shedlock'],
  ['shedlock.lock', 'none', '**/shedlock/*'],
  ['accumulo.lock', 'none', '/accumulo/*/*/lock'],
  ['accumulo.server-lock', 'none', '/accumulo/*/tservers/*', '/accumulo/*/sservers/*', '/accumulo/*/compactors/*'],
  ['hive.server', 'members', '/hiveserver2'],
]

/** Where the last name says which of several it is, and only these are known: $2 or $1 of the label is that name. */
const NAMED: readonly (readonly [id: ApplicationId, parent: string, names: readonly string[]])[] = [
  ['patroni.state', '/service/*', ['config', 'initialize', 'failover', 'history', 'status', 'sync', 'failsafe']],
  [
    'storm.state',
    '{storm}',
    [
      'assignments',
      'storms',
      'workerbeats',
      'errors',
      'blobstore',
      'credentials',
      'backpressure',
      'logconfigs',
      'profilerconfigs',
      'secretkeys',
    ],
  ],
  [
    'druid.state',
    '{druid}',
    ['segments', 'servedSegments', 'loadQueue', 'internal-discovery', 'properties', 'connector'],
  ],
]

export interface ApplicationPath {
  readonly id: ApplicationId
  readonly shape: PathShape
  /** What a person is told: "Kafka: topic payments". */
  readonly label: string
}

interface Pattern {
  readonly id: ApplicationId
  readonly shape: PathShape
  readonly front: { readonly kind: 'any' | 'optional' | 'required' | 'none'; readonly word: string }
  readonly names: readonly string[]
}

const LAST_NAMED = new Map<string, Pattern[]>()
const LAST_OPEN: Pattern[] = []
for (const [id, shape, ...texts] of RULES) for (const text of texts) add(id, shape, text)
for (const [id, parent, names] of NAMED) for (const name of names) add(id, 'none', `${parent}/=${name}`)

function add(id: ApplicationId, shape: PathShape, text: string): void {
  const [head = '', ...names] = text.split('/')
  const kinds = { '*': 'any', '(': 'optional', '{': 'required' } as const
  const kind = kinds[head.charAt(0) as keyof typeof kinds] ?? 'none'
  const pattern = { id, shape, front: { kind, word: head.slice(1, -1) }, names }
  const last = (names.at(-1) ?? '').replace(/^=/, '')
  if (last.endsWith('*')) LAST_OPEN.push(pattern)
  else LAST_NAMED.set(last, [...(LAST_NAMED.get(last) ?? []), pattern])
}

/** The well-known application that has this absolute path, by the path alone; null for most. */
export function applicationPathOf(path: string): ApplicationPath | null {
  const names = path.split('/').slice(1)
  for (const pattern of [...(LAST_NAMED.get(names.at(-1) ?? '') ?? []), ...LAST_OPEN]) {
    const captured = match(pattern, names)
    if (captured !== null) return { id: pattern.id, shape: pattern.shape, label: labelled(pattern.id, captured) }
  }
  return null
}

function match({ front, names }: Pattern, path: readonly string[]): string[] | null {
  const before = path.length - names.length
  if (before < 0 || (before > 0 && front.kind === 'none') || (before === 0 && front.kind === 'required')) return null
  if (before > 0 && front.kind !== 'any' && !path[before - 1]?.toLowerCase().includes(front.word)) return null
  const captured: string[] = []
  for (const [index, wanted] of names.entries()) {
    const name = path[before + index] ?? ''
    if (wanted === `=${name}`) captured.push(name)
    else if (wanted.endsWith('*')) {
      if (!name.startsWith(wanted.slice(0, -1))) return null
      if (wanted === '*') captured.push(name)
    } else if (name !== wanted) return null
  }
  return captured
}

const LONGEST_NAME = 100

function labelled(id: ApplicationId, captured: readonly string[]): string {
  return applicationLabels[id].replace(
    /\$(\d)/g,
    (_, digit) => captured[Number(digit) - 1]?.slice(0, LONGEST_NAME) ?? '',
  )
}
