import type { ErrorCode } from '@/lib/znode/app-error'
import { formatServer, type Server } from './connect-string'

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

/** What the system said about a socket, in its own words: they are what a person searches for. */
export function socketFault(error: NodeJS.ErrnoException, server: Server, accepted: boolean): LinkFault {
  // Of a host with several addresses every one failed; the first stands for all.
  const first: NodeJS.ErrnoException = error instanceof AggregateError ? (error.errors[0] ?? error) : error
  const code = first.code ?? error.code ?? ''
  const detail = first.message || code
  if (accepted) return { code: 'ConnectionLoss', server: formatServer(server), detail }
  return { code: UNKNOWN_HOST.has(code) ? 'HostUnknown' : 'Unreachable', server: formatServer(server), detail }
}

/** The beginning of an answer that no ZooKeeper gives, so that one sees what does answer there. */
export function strangerFault(answer: Buffer, server: Server): LinkFault {
  const beginning = answer.toString('latin1', 0, 24).split(/[\r\n]/, 1)[0] ?? ''
  const readable = /^[\x20-\x7e]+$/.test(beginning) ? `"${beginning}"` : answer.toString('hex', 0, 8)
  return { code: 'NotZooKeeper', server: formatServer(server), detail: `its answer begins with ${readable}` }
}
