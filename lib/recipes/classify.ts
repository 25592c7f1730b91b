import type { Layout, SeenChild } from './layout'

const HEX = '0123456789abcdef'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** String.format("%010d", int32), which is all that a server appends to a name. */
const SEQ = '(-?\\d{10})$'

/**
 * Which library makes such a name: the first rule that fits. `first` are the characters that such a name can start
 * with, so that a hundred thousand foreign names cost one look each. No pattern can backtrack further than the length
 * of the name.
 */
const RULES = [
  ['go.lock', '_', new RegExp(`^_c_[0-9a-f]{32}-lock-${SEQ}`)],
  ['kazoo.rlock', HEX, new RegExp(`^[0-9a-f]{32}__rlock__${SEQ}`)],
  ['kazoo.lock', HEX, new RegExp(`^[0-9a-f]{32}__lock__${SEQ}`)],
  ['kazoo.party', HEX, /^[0-9a-f]{32}__party__$/],
  ['accumulo.zlock', 'z', new RegExp(`^zlock#${UUID}#(\\d{10})$`)],
  ['rust.async.lock', HEX, new RegExp(`^${UUID}_${SEQ}`)],
  ['solr.election', '-0123456789', /^-?\d+-.+-n_(\d{10})$/],
  ['zk.c.lock', 'x', new RegExp(`^x-[0-9a-f]{16}-${SEQ}`)],
  ['zk.java.lock', 'x', new RegExp(`^x--?\\d+-${SEQ}`)],
  ['rust.latch', 'l', new RegExp(`^latch-.+-${SEQ}`)],
  ['hive.lock', 'L', /^LOCK-(?:SHARED|EXCLUSIVE|SEMI_SHARED)-(\d{10})$/],
  ['clickhouse.leader', 'l', /^leader_election-(0|\d{10})$/],
  ['mesos', 'ij', /^(?:json\.info|info)_(\d{10})$/],
  ['curator.q.delay', 'q', new RegExp(`^queue-\\|[0-9A-F]{8,}\\|${SEQ}`)],
  ['curator.q.id', 'q', new RegExp(`^queue-\\|[^|]+\\|${SEQ}`)],
  ['curator.q.prio', 'q', new RegExp(`^queue-[01][0-9A-F]{8}${SEQ}`)],
  ['curator.q', 'q', new RegExp(`^queue-${SEQ}`)],
  ['kazoo.q', 'e', new RegExp(`^entry-\\d{3}-${SEQ}`)],
  ['zk.queue', 'q', new RegExp(`^qn-${SEQ}`)],
  ['solr.qnr', 'q', /^qnr-(\d{10})$/],
  ['ruby.ex', 'e', new RegExp(`^ex${SEQ}`)],
  ['ruby.sh', 's', new RegExp(`^sh${SEQ}`)],
  ['ruby.sem', 's', new RegExp(`^sem${SEQ}`)],
  ['ruby.ballot', 'b', new RegExp(`^ballot${SEQ}`)],
  ['rw.read', 'r', new RegExp(`^read-${SEQ}`)],
  ['rw.write', 'w', new RegExp(`^write-${SEQ}`)],
  ['net.sem', 's', new RegExp(`^semaphore-${SEQ}`)],
  ['solr.R', 'R', /^R_(\d{10})$/],
  ['solr.W', 'W', /^W_(\d{10})$/],
  ['zk.leader', 'n', new RegExp(`^n_${SEQ}`)],
  ['bk.vote', 'V', /^V_(\d{10})$/],
  ['bk.urL', 'u', /^urL(\d{10,})$/],
  ['plain.lock', 'l', new RegExp(`^lock-${SEQ}`)],
] as const

export type RuleId = (typeof RULES)[number][0] | CuratorRule

type CuratorRule = 'curator.rw.read' | 'curator.rw.write' | 'curator.lease' | 'curator.latch' | 'curator.lock'

/** A child whose name a known library makes. */
export interface Hit {
  readonly child: SeenChild
  readonly rule: RuleId
  /** What stands at the end of the name; not always an int32, and null where the rule has no number. */
  readonly sequence: number | null
}

const BY_FIRST = new Map<string, (readonly [RuleId, RegExp])[]>()
for (const [rule, first, pattern] of RULES) {
  for (const character of first) {
    BY_FIRST.set(character, [...(BY_FIRST.get(character) ?? []), [rule, pattern]])
  }
}

/** Curator's five in one look: the names of the most common locks are long, and their GUIDs cost most of the time. */
const CURATOR = new RegExp(`^_c_${UUID}-(__READ__|__WRIT__|lease-|latch-|lock-)${SEQ}`)
const CURATOR_RULES = new Map<string, CuratorRule>([
  ['__READ__', 'curator.rw.read'],
  ['__WRIT__', 'curator.rw.write'],
  ['lease-', 'curator.lease'],
  ['latch-', 'curator.latch'],
  ['lock-', 'curator.lock'],
])

/** Null when no known library makes such a name. */
export function classifyName(name: string): { readonly rule: RuleId; readonly sequence: number | null } | null {
  if (name.startsWith('_c_')) {
    const [, word, sequence] = CURATOR.exec(name) ?? []
    const rule = word === undefined ? undefined : CURATOR_RULES.get(word)
    if (rule !== undefined) return { rule, sequence: Number(sequence) }
  }
  for (const [rule, pattern] of BY_FIRST.get(name.charAt(0)) ?? []) {
    const match = pattern.exec(name)
    if (match !== null) return { rule, sequence: match[1] === undefined ? null : Number(match[1]) }
  }
  return null
}

/** What libraries put beside their contenders; such names say nothing against a recipe. */
export const COMPANIONS: ReadonlySet<string> = new Set([
  'ready',
  'leader_ack',
  'touch',
  'lease_holder',
  'leader',
  'log_replicas',
])

const seen = new WeakMap<readonly SeenChild[], ReadonlyMap<string, Hit>>()

/** The children whose names known libraries make, by name; every family asks, so it is remembered with the children. */
export function hitsOf({ children }: Layout): ReadonlyMap<string, Hit> {
  const known = seen.get(children)
  if (known !== undefined) return known
  const hits = new Map<string, Hit>()
  for (const child of children) {
    const hit = classifyName(child.name)
    if (hit !== null) hits.set(child.name, { child, rule: hit.rule, sequence: hit.sequence })
  }
  seen.set(children, hits)
  return hits
}
