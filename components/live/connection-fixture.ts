import type { ConnectionView } from '@/lib/live/protocol'

/** A live connection that has cost nothing so far, but for what a test says. */
export function connectionFixture(differences: Partial<ConnectionView> = {}): ConnectionView {
  const nothing = { requests: 0, notifications: 0, bytesIn: 0, bytesOut: 0 }
  return {
    status: 'connected',
    since: 1,
    heardAgoMs: 0,
    server: '127.0.0.1:2181',
    sessionId: '0x1',
    encryption: 'none',
    timeoutMs: 10_000,
    zxid: '0x1',
    cause: null,
    syncing: false,
    load: { sessions: 1, watches: 0, inFlight: 0, queued: 0, perSecond: nothing, total: nothing, held: [] },
    liveness: 'every change',
    limitation: null,
    version: '3.9.6',
    rolledBack: null,
    ...differences,
  }
}
