import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { pause } from './worker'

/**
 * Deletes an ephemeral znode of our own session. It does not give up before the session is over: one that stays behind
 * would claim something that is no longer true for as long as the session lives. A delete of a name that is never used
 * again may be repeated. Never rejects.
 * @param find tells the path, null when there is nothing to delete.
 */
export async function removeOwn(
  session: Session,
  signal: AbortSignal,
  find: () => Promise<string | null>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const path = await find()
      if (path !== null) await session.delete(path, -1)
      return
    } catch (error) {
      if (isZooKeeperError(error) && error.code === 'NoNode') return
      await pause(500, signal)
    }
  }
}
