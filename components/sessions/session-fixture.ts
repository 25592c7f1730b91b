import type { SessionView } from '@/lib/queries/lock-responses'

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
