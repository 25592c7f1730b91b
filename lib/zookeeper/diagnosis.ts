import { toHex } from '@/lib/znode/stat'
import { formatServer, type Server } from './connect-string'
import type { LinkFault } from './link-fault'
import { OPCODE } from './opcodes'
import type { TlsOptions } from './security'
import { askServerStatus, isServing, type ServerStatus, tryServerStatus } from './server-status'
import { ThrowAwaySession } from './throw-away-session'
import { tlsFault } from './tls-fault'
import { speaksTls } from './tls-probe'

const ANSWER_MS = 2000

export interface Attempted {
  /** The highest zxid that the session has seen. */
  readonly lastZxid: bigint
  readonly tls?: TlsOptions | undefined
  /** What it said to srvr during the attempt; asked now when that is not known. */
  readonly status?: Promise<ServerStatus | Error> | null
}

/**
 * Finds out why a server closed a connection without a word: it does so when it has no quorum, when it is behind what the
 * session has already seen (ZooKeeperServer.processConnectRequest), when it has too many connections, and when one side
 * speaks TLS and the other does not. Its answer to srvr tells these apart; where srvr is kept back, a session of its own
 * that has seen nothing finds out whether it is behind. Resolves with null when nothing does.
 */
export async function diagnose(server: Server, attempted: Attempted): Promise<LinkFault | null> {
  const { tls } = attempted
  const answer = await (attempted.status ?? tryServerStatus(server, { timeoutMs: ANSWER_MS, tls }))
  if (answer instanceof Error) {
    const fault = tlsFault(answer)
    if (fault !== null) return { ...fault, server: formatServer(server) }
  } else if (answer.answered) return ofStatus(answer, server, attempted)
  return otherwise(server, attempted, isClosed(answer))
}

/** What to say of a server that is behind what the session has seen. */
export function behind(server: string, zxid: bigint, lastZxid: bigint): LinkFault {
  const detail = `it is at zxid ${toHex(zxid)}, but this session has seen ${toHex(lastZxid)}`
  return { code: 'DataInconsistency', server, detail }
}

/** That this server would turn the session away, by what it says to srvr; null when it does not say so. */
export function behindAt(server: Server, status: ServerStatus | Error, lastZxid: bigint): LinkFault | null {
  if (!isServing(status) || status.zxid === null || status.zxid >= lastZxid) return null
  return foundBehind(server, status.zxid, { lastZxid })
}

/** It has answered srvr, and yet not us. */
async function ofStatus(status: ServerStatus, server: Server, attempted: Attempted): Promise<LinkFault | null> {
  const { mode, notServing } = status
  const name = formatServer(server)
  if (notServing) return { code: 'NoQuorum', server: name, detail: '' }
  if (mode === 'read-only') {
    // ReadOnlyZooKeeperServer.validateSession, 3.7 and newer. Nor does a zxid that is behind say anything here: this is a minority.
    const detail = 'it is in read-only mode, which does not take a session of the whole ensemble'
    return { code: 'NoQuorum', server: name, detail }
  }
  const zxid = status.zxid ?? (await tryZxid(server, attempted))
  if (zxid === null) return null
  if (zxid < attempted.lastZxid) return foundBehind(server, zxid, attempted)
  if (mode === null) return null
  // ZooKeeperServer.processConnectRequest: ClientCnxnLimitException when connection_throttle_tokens are used up.
  const detail = `it answers srvr (it is ${mode}), so its connection throttle may be what keeps us out`
  return { code: 'TurnedAway', server: name, detail }
}

/** It does not even answer srvr in the way that we speak: perhaps it speaks the other. */
async function otherwise(server: Server, attempted: Attempted, closed: boolean): Promise<LinkFault | null> {
  const name = formatServer(server)
  if (attempted.tls === undefined) {
    if (await speaksTls(server, ANSWER_MS)) return { code: 'TlsExpected', server: name, detail: '' }
  } else {
    const plain = await askServerStatus(server, { timeoutMs: ANSWER_MS }).catch(() => null)
    if (plain?.answered === true) return { code: 'TlsNotSpoken', server: name, detail: 'it answers srvr in plain text' }
  }
  const zxid = await tryZxid(server, attempted)
  if (zxid !== null) return zxid < attempted.lastZxid ? foundBehind(server, zxid, attempted) : null
  return closed ? { code: 'TurnedAway', server: name, detail: 'srvr is not answered either' } : null
}

/** It took the connection and closed it, and was not just away or silent. */
function isClosed(answer: ServerStatus | Error): boolean {
  return !(answer instanceof Error) || ['ECONNRESET', 'EPIPE'].includes((answer as NodeJS.ErrnoException).code ?? '')
}

function foundBehind(server: Server, zxid: bigint, { lastZxid }: Attempted): LinkFault {
  return { ...behind(formatServer(server), zxid, lastZxid), behindAt: zxid }
}

/** The answer to a ping carries the last transaction that the server has applied. */
async function tryZxid(server: Server, { tls }: Attempted): Promise<bigint | null> {
  const session = await ThrowAwaySession.open(server, { timeoutMs: ANSWER_MS, tls }).catch(() => null)
  if (session === null) return null
  const answer = await session.ask(OPCODE.ping)
  session.close()
  return answer !== null && answer.zxid > 0n ? answer.zxid : null
}
