import { toHex } from '@/lib/znode/stat'
import { formatServer, type Server } from './connect-string'
import type { LinkFault } from './link-fault'
import { askServerStatus } from './server-status'

const ANSWER_MS = 2000

/**
 * Finds out why a server closed a connection without a word: it does so when it has no quorum, when it is behind what the
 * session has already seen (ZooKeeperServer.processConnectRequest), and when one address has too many connections.
 * Its answer to srvr tells these apart. Resolves with null when it does not.
 */
export async function diagnose(server: Server, lastZxid: bigint): Promise<LinkFault | null> {
  const status = await askServerStatus(server, ANSWER_MS).catch(() => null)
  if (status === null) return null
  const name = formatServer(server)
  if (status.notServing) return { code: 'NoQuorum', server: name, detail: '' }
  if (status.mode === 'read-only') {
    // ReadOnlyZooKeeperServer.validateSession, 3.7 and newer. Nor does a zxid that is behind say anything here: this is a minority.
    const detail = 'it is in read-only mode, which does not take a session of the whole ensemble'
    return { code: 'NoQuorum', server: name, detail }
  }
  const { zxid } = status
  if (zxid === null || zxid >= lastZxid) return null
  const detail = `it is at zxid ${toHex(zxid)}, but this session has seen ${toHex(lastZxid)}`
  return { code: 'DataInconsistency', server: name, detail }
}
