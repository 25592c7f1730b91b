/**
 * The id (0..255) of the server that opened a session: the top byte of the session's id. The session may be connected
 * to another server by now. A standalone server uses 1. Source: SessionTrackerImpl.initializeNextSessionId.
 */
export function serverIdOf(sessionId: bigint): number {
  return Number(BigInt.asUintN(8, sessionId >> 56n))
}
