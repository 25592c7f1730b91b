import type { AclEntry } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Ensemble } from './ensemble'

/** Long enough for an election; a person waits for this. */
const READ_BACK_MS = 10_000
const AGAIN: ReadonlySet<string> = new Set(['ConnectionLoss', 'SessionExpired'])

export interface Found {
  readonly stat: Stat
  /** undefined: it may not be read, or is too large. */
  readonly data: Buffer | null | undefined
}

/**
 * Reads what a leader knows, all of it on one connection: without sync the server we land on may be behind the one that
 * took the write, and so may be the next one when the connection breaks once more. Reading again is safe.
 * Resolves with the id of the session that read, too.
 * @throws ZooKeeperError when the ensemble does not answer within 10 s
 */
export async function readBack<T>(
  ensemble: Ensemble,
  path: string,
  read: (session: Session, options: RequestOptions) => Promise<T>,
): Promise<{ readonly value: T; readonly sessionId: bigint }> {
  const deadline = Date.now() + READ_BACK_MS
  for (;;) {
    const session = ensemble.sessions.live()
    const options = { timeoutMs: Math.max(1, deadline - Date.now()) }
    try {
      await session.sync(path, options)
      const { connections, sessionId } = session.info
      const value = await read(session, options)
      if (session.info.connections === connections) return { value, sessionId }
    } catch (error) {
      if (!isZooKeeperError(error) || !AGAIN.has(error.code) || Date.now() >= deadline) throw error
    }
  }
}

/** The znode as it is, or null. */
export async function find(session: Session, path: string, options: RequestOptions): Promise<Found | null> {
  try {
    return await session.getData(path, options)
  } catch (error) {
    if (!isZooKeeperError(error)) throw error
    if (error.code === 'NoNode') return null
    if (error.code !== 'NoAuth' && error.code !== 'ReplyTooLarge') throw error
    const stat = await session.exists(path, options)
    return stat && { stat, data: undefined }
  }
}

/** The ACL, or null when it may not be read or the znode is gone. */
export async function findAcl(
  session: Session,
  path: string,
  options: RequestOptions,
): Promise<readonly AclEntry[] | null> {
  try {
    return (await session.getAcl(path, options)).acl
  } catch (error) {
    if (isZooKeeperError(error) && (error.code === 'NoAuth' || error.code === 'NoNode')) return null
    throw error
  }
}
