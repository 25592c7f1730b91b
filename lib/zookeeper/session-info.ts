import { describeError } from '@/lib/text/errors'
import type { LinkFault } from './link-fault'
import type { Requests } from './requests'
import type { Encryption } from './security'
import type { SessionInfo } from './session'
import type { SessionWatches } from './session-watches'
import type { StatusBoard } from './status-board'
import type { Transport } from './transport'

interface Sources extends Pick<SessionInfo, 'connections' | 'features' | 'rolledBack'> {
  readonly board: StatusBoard
  readonly transport: Transport
  readonly encryption: Encryption
  readonly cause: LinkFault | null
  readonly requests: Requests
  readonly watches: SessionWatches
}

/** What there is to know of a session at this moment, from those who know it. */
export function sessionInfo(sources: Sources): SessionInfo {
  const { board, transport, encryption, connections, cause, features, rolledBack, requests, watches } = sources
  const { server, sessionIdNumber, timeoutMs, lastHeardAt, lastZxid, nextAttemptAt, bytesIn, bytesOut } = transport
  return {
    status: board.status,
    since: board.since,
    server,
    sessionId: sessionIdNumber,
    encryption,
    timeoutMs,
    lastHeardAt,
    lastZxid,
    connections,
    nextAttemptAt,
    cause: cause === null ? null : describeError(cause.code, cause),
    features,
    rolledBack,
    load: {
      inFlight: requests.inFlight,
      queued: requests.queued,
      watches: watches.size,
      requests: requests.total,
      notifications: watches.notifications,
      bytesIn,
      bytesOut,
    },
  }
}
