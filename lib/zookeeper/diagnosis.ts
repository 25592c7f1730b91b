import { toHex } from '@/lib/znode/stat'
import { formatServer, type Server } from './connect-string'
import { askFourLetterWord } from './four-letter-word'
import type { LinkFault } from './link-fault'

const ANSWER_MS = 2000

/**
 * Finds out why a server closed a connection without a word: it does so when it has no quorum, when it is behind what the
 * session has already seen (ZooKeeperServer.processConnectRequest), and when one address has too many connections.
 * Its answer to srvr tells these apart. Resolves with null when it does not.
 */
export async function diagnose(server: Server, lastZxid: bigint): Promise<LinkFault | null> {
  const answer = await askFourLetterWord(server, 'srvr', ANSWER_MS).catch(() => '')
  const name = formatServer(server)
  if (answer.includes('not currently serving requests')) return { code: 'NoQuorum', server: name, detail: '' }
  const zxid = zxidOf(answer)
  if (zxid === null || zxid >= lastZxid) return null
  const detail = `it is at zxid ${toHex(zxid)}, but this session has seen ${toHex(lastZxid)}`
  return { code: 'DataInconsistency', server: name, detail }
}

function zxidOf(answer: string): bigint | null {
  const match = /^Zxid: (0x[0-9a-f]+)$/m.exec(answer)
  return match?.[1] === undefined ? null : BigInt(match[1])
}
