import type { SessionsResponse, SessionView } from '@/lib/queries/lock-responses'

export function sessionView(session: string, differences: Partial<SessionView> = {}): SessionView {
  return {
    session,
    client: '10.4.7.19:51122',
    server: 'zk1.internal:2181',
    createdBy: 1,
    connected: true,
    establishedAt: Date.now() - 90_000,
    timeoutMs: 10_000,
    expiresInMs: null,
    lastOperation: 'PING',
    ephemeralCount: 0,
    ephemerals: [],
    watchCount: 3,
    holds: [],
    waitsFor: [],
    own: false,
    ...differences,
  }
}

export function sessionsResponse(
  sessions: readonly SessionView[],
  differences: Partial<SessionsResponse> = {},
): SessionsResponse {
  return {
    sessions,
    evidence: { watches: 'by every server', connections: 'by every server', asOf: Date.now(), missing: [] },
    ephemeralsFrom: 'dump',
    cut: false,
    ...differences,
  }
}
