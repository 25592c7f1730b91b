import type { ErrorCode } from '@/lib/znode/app-error'
import { formatServer, type Server } from './connect-string'
import { tlsFault } from './tls-fault'

/** Why a connection, or the attempt to make one, ended. */
export interface LinkFault {
  readonly code: ErrorCode
  /** "host:port" */
  readonly server: string
  readonly detail: string
  /** It took the connection and closed it without a word: only the server knows why. */
  readonly unanswered?: Server
  /** The zxid that it was found at, when it is behind what the session has seen. */
  readonly behindAt?: bigint
}

const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])

/** How far a connection came: TCP, then TLS if there is any, then the session. */
export type Reached = 'nothing' | 'tcp' | 'server' | 'session'

const SILENT: Readonly<Record<Reached, string>> = {
  nothing: 'connecting takes too long',
  tcp: 'it accepts connections but does not answer the TLS handshake',
  server: 'it accepts connections but does not answer',
  session: 'it does not answer',
}

/** The server did not go on in time. */
export function silentFault(server: Server, reached: Reached): LinkFault {
  return { code: 'Unreachable', server: formatServer(server), detail: SILENT[reached] }
}

/** The connection ended: by an error of the system, whose own words are what a person searches for, or without one. */
export function brokenFault(error: NodeJS.ErrnoException | null, server: Server, reached: Reached): LinkFault {
  const name = formatServer(server)
  if (reached === 'session') {
    return { code: 'ConnectionLoss', server: name, detail: error?.message ?? 'it closed the connection' }
  }
  const fault = error === null ? null : tlsFault(error)
  if (fault !== null) return { ...fault, server: name }
  const { code = '', message = '' } = error ?? {}
  // A server that closes with something unread in its buffer sends a reset.
  if (error === null || (reached !== 'nothing' && (code === 'ECONNRESET' || code === 'EPIPE'))) {
    const how = reached === 'tcp' ? 'in the TLS handshake' : 'without an answer'
    return { code: 'Unreachable', server: name, detail: `it closed the connection ${how}`, unanswered: server }
  }
  return { code: UNKNOWN_HOST.has(code) ? 'HostUnknown' : 'Unreachable', server: name, detail: message || code }
}

/** The beginning of an answer that no ZooKeeper gives, so that one sees what does answer there. */
export function strangerFault(answer: Buffer, server: Server): LinkFault {
  if (isTlsAlert(answer))
    return { code: 'TlsExpected', server: formatServer(server), detail: 'it answered by a TLS alert' }
  const beginning = answer.toString('latin1', 0, 24).split(/[\r\n]/, 1)[0] ?? ''
  const readable = /^[\x20-\x7e]+$/.test(beginning) ? `"${beginning}"` : answer.toString('hex', 0, 8)
  return { code: 'NotZooKeeper', server: formatServer(server), detail: `its answer begins with ${readable}` }
}

/** Record type 21 and a version that begins with 3: RFC 8446, section 5.1. */
function isTlsAlert(answer: Buffer): boolean {
  return answer[0] === 21 && answer[1] === 3
}
