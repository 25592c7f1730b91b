import { wholeLines } from './text-lines'
import type { QuorumFacts, ServerFacts } from './told'

/** Reads the answer to conf. Source: ConfCommand, ZooKeeperServerConf.toString and dumpConf. */
export function readConf(text: string): ServerFacts {
  const values = readPairs(text, '=')
  const ports = ['clientPort', 'secureClientPort'].map((key) => Number(values.get(key) ?? 0)).filter((each) => each > 0)
  return {
    id: /^-?\d{1,19}$/.exec(values.get('serverId') ?? '')?.[0] ?? null,
    tickTimeMs: Number(/^\d{1,9}$/.exec(values.get('tickTime') ?? '')?.[0] ?? 0) || null,
    otherPort: ports.length === 0 ? null : ports.length > 1,
  }
}

/** Reads the answer to mntr. Source: MonitorCommand, Leader and ZooKeeperServer, registerMetrics. */
export function readMntr(text: string): QuorumFacts {
  const values = readPairs(text, '\t')
  // zk_followers before 3.6, with observers among them.
  return quorumFacts(values.get('zk_server_state'), values.get('zk_learners') ?? values.get('zk_followers'))
}

const STATES = ['leader', 'follower', 'observer', 'standalone'] as const

export function quorumFacts(state: string | undefined, learners: string | undefined): QuorumFacts {
  const known = STATES.find((each) => each === state) ?? 'other'
  const counted = known === 'leader' && learners !== undefined && /^\d{1,4}(?:\.0)?$/.test(learners)
  return { state: known, learners: counted ? Number(learners) : null }
}

function readPairs(text: string, separator: string): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const line of wholeLines(`${text}\n`)) {
    const at = line.indexOf(separator)
    if (at > 0) pairs.set(line.slice(0, at), line.slice(at + 1))
  }
  return pairs
}
