import type { Expiries, ToldConnections, ToldDump } from '@/lib/zookeeper/told'

/**
 * Session -> at most so many milliseconds from now until the leader ends it, if it hears nothing of it; null when nothing
 * was told to derive that from. `connections` are those of the server that was asked for the dump.
 *
 * The leader's queue says when a session ends by a clock whose "now" nobody tells. But it cannot be earlier than the last
 * answer to a client (JSON has that by the same clock), and not earlier than the moment any session was heard: it ends in
 * the tick after its time-out (ExpiryQueue.update rounds up), so it was heard its time-out and a tick before its end or
 * later. Without the queue a session that nobody hears of lasts at most its time-out and a tick.
 */
export function expiresWithin(
  { expiries, timeouts }: ToldDump,
  timeoutOf: ReadonlyMap<bigint, number>,
  connections: ToldConnections,
  tickTimeMs: number | null,
): ReadonlyMap<bigint, number> | null {
  const longest = (session: bigint): number | null => {
    const timeout = timeoutOf.get(session) ?? timeouts?.get(session)
    return timeout === undefined || tickTimeMs === null ? null : timeout + tickTimeMs
  }
  const now = expiries === null ? 0 : latestKnown(expiries, connections, longest)
  const bounds = new Map<bigint, number>()
  for (const session of expiries?.at.keys() ?? timeouts?.keys() ?? []) {
    const end = expiries?.at.get(session)
    const left = end === undefined ? Number.POSITIVE_INFINITY : end + (expiries?.roundedDownBy ?? 0) - now
    const bound = Math.min(Math.max(0, left), longest(session) ?? Number.POSITIVE_INFINITY)
    if (Number.isFinite(bound)) bounds.set(session, bound)
  }
  return bounds.size === 0 ? null : bounds
}

/** The latest moment of the leader's clock that is known to have passed. */
function latestKnown(
  { at, responseClock }: Expiries,
  connections: ToldConnections,
  longest: (session: bigint) => number | null,
): number {
  let latest = Number.NEGATIVE_INFINITY
  if (responseClock) for (const { lastResponseAt } of connections) latest = Math.max(latest, lastResponseAt ?? latest)
  for (const [session, end] of at) latest = Math.max(latest, end - (longest(session) ?? Number.POSITIVE_INFINITY))
  return latest
}
