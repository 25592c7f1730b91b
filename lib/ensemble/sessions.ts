import type { SessionsResponse, SessionView } from '@/lib/queries/lock-responses'
import { serverIdOf } from '@/lib/znode/session-id'
import { toHex } from '@/lib/znode/stat'
import type { GatheredEvidence } from './evidence'
import { type LocksOfSession, NO_LOCKS } from './locks/lock-sessions'

const MOST_SESSIONS = 5000
/** Of one session. */
const MOST_PATHS = 100
/** Of all sessions together: a dozen megabytes of JSON help nobody. */
const MOST_PATHS_OF_ALL = 50_000

/**
 * Every session that anything is known of: who is connected, who owns ephemerals, who watches, who takes part in a lock.
 * Those with most at stake first: those that take part in locks, then by ephemerals, then those that are not connected.
 */
export function sessionsOf(gathered: GatheredEvidence, locks: ReadonlyMap<bigint, LocksOfSession>): SessionsResponse {
  const { evidence, ephemerals } = gathered
  const watches = countWatches(evidence.watches)
  const ids = new Set([
    ...(evidence.connections?.keys() ?? []),
    ...(gathered.sessions ?? []),
    ...(ephemerals?.keys() ?? []),
    ...watches.keys(),
    ...locks.keys(),
  ])
  const pathsOf = (id: bigint): readonly string[] => ephemerals?.get(id) ?? locks.get(id)?.znodes ?? []
  const stake = (id: bigint): number[] => {
    const { holds, waitsFor } = locks.get(id) ?? NO_LOCKS
    return [holds.length + waitsFor.length, pathsOf(id).length, evidence.connections?.has(id) ? 0 : 1]
  }
  const ranked = [...ids].map((id) => ({ id, stake: stake(id) })).sort(byStake)
  let namesLeft = MOST_PATHS_OF_ALL
  const sessions = ranked.slice(0, MOST_SESSIONS).map(({ id }) => {
    const paths = pathsOf(id)
    const named = [...paths].sort().slice(0, Math.min(MOST_PATHS, namesLeft))
    namesLeft -= named.length
    const { holds, waitsFor } = locks.get(id) ?? NO_LOCKS
    return {
      ...connectionOf(id, gathered, watches),
      ephemeralCount: paths.length,
      ephemerals: named,
      watchCount: watches.get(id) ?? (evidence.watchesOfAll ? 0 : null),
      holds: holds.slice(0, MOST_PATHS),
      waitsFor: waitsFor.slice(0, MOST_PATHS),
    }
  })
  return {
    sessions,
    evidence: gathered.view,
    ephemeralsFrom: ephemerals === null ? 'locks' : 'dump',
    cut: ranked.length > sessions.length,
  }
}

type ConnectionPart = Omit<SessionView, 'ephemeralCount' | 'ephemerals' | 'watchCount' | 'holds' | 'waitsFor'>

function connectionOf(
  id: bigint,
  { evidence, sessions, ephemerals, timeouts }: GatheredEvidence,
  watches: ReadonlyMap<bigint, number>,
): ConnectionPart {
  const connection = evidence.connections?.get(id)
  // A session that began after the servers were asked is in no answer of theirs.
  const wasThere = sessions?.has(id) === true || ephemerals?.has(id) === true
  const isConnected = connection !== undefined || watches.has(id)
  return {
    session: toHex(id),
    client: connection?.client ?? null,
    server: connection?.server ?? null,
    createdBy: serverIdOf(id),
    connected: isConnected ? true : evidence.connectionsOfAll && wasThere ? false : null,
    establishedAt: connection?.establishedAt ?? null,
    timeoutMs: timeouts.get(id) ?? null,
    expiresInMs: evidence.expiresInMs?.get(id) ?? null,
    lastOperation: connection?.lastOperation ?? null,
    own: evidence.own.has(id),
  }
}

/** A session's watches are all in the server that it is connected to: where one is told, so are all. */
function countWatches(watches: GatheredEvidence['evidence']['watches']): ReadonlyMap<bigint, number> {
  const counts = new Map<bigint, number>()
  for (const sessions of watches?.values() ?? []) {
    for (const session of sessions) counts.set(session, (counts.get(session) ?? 0) + 1)
  }
  return counts
}

function byStake(one: { id: bigint; stake: number[] }, other: { id: bigint; stake: number[] }): number {
  for (const [index, weight] of one.stake.entries()) {
    const difference = (other.stake[index] ?? 0) - weight
    if (difference !== 0) return difference
  }
  return one.id < other.id ? -1 : 1
}
