import { toHex } from '@/lib/znode/stat'
import { formatServer, type Server } from './connect-string'
import type { LinkFault } from './link-fault'
import { OPCODE } from './opcodes'
import { askServerStatus } from './server-status'
import { ThrowAwaySession } from './throw-away-session'

const ANSWER_MS = 2000

/**
 * Finds out why a server closed a connection without a word: it does so when it has no quorum, when it is behind what the
 * session has already seen (ZooKeeperServer.processConnectRequest), and when one address has too many connections.
 * Its answer to srvr tells these apart; where srvr is kept back, a session of its own that has seen nothing finds out
 * whether it is behind. Resolves with null when nothing does.
 */
export async function diagnose(server: Server, lastZxid: bigint): Promise<LinkFault | null> {
  const status = await askServerStatus(server, ANSWER_MS).catch(() => null)
  const name = formatServer(server)
  if (status?.notServing === true) return { code: 'NoQuorum', server: name, detail: '' }
  if (status?.mode === 'read-only') {
    // ReadOnlyZooKeeperServer.validateSession, 3.7 and newer. Nor does a zxid that is behind say anything here: this is a minority.
    const detail = 'it is in read-only mode, which does not take a session of the whole ensemble'
    return { code: 'NoQuorum', server: name, detail }
  }
  const zxid = status?.zxid ?? (await tryZxid(server))
  if (zxid === null || zxid >= lastZxid) return null
  return { ...behind(name, zxid, lastZxid), behindAt: zxid }
}

/** What to say of a server that is behind what the session has seen. */
export function behind(server: string, zxid: bigint, lastZxid: bigint): LinkFault {
  const detail = `it is at zxid ${toHex(zxid)}, but this session has seen ${toHex(lastZxid)}`
  return { code: 'DataInconsistency', server, detail }
}

/** The answer to a ping carries the last transaction that the server has applied. */
async function tryZxid(server: Server): Promise<bigint | null> {
  const session = await ThrowAwaySession.open(server, ANSWER_MS).catch(() => null)
  if (session === null) return null
  const answer = await session.ask(OPCODE.ping)
  session.close()
  return answer !== null && answer.zxid > 0n ? answer.zxid : null
}
