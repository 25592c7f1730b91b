import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import { estimateListing } from '@/lib/zookeeper/reply-limits'
import type { Session } from '@/lib/zookeeper/session'
import type { Directory, ListDelta } from './directory'
import type { Sessions } from './mirror'
import { sortNames } from './sort-names'

/** Above this many children the reply takes long enough to delay an event: it goes over the bulk session. */
export const LONG_LIST = 10_000
/** Remembered for one ensemble. */
const MAX_REFUSED = 256

/**
 * Bytes a child of the directories whose list turned out to be larger than we take, for each ensemble: their names are
 * longer than estimated. Asking again would cost the server the whole list, and us perhaps the connection, every time.
 */
const refused = new WeakMap<Sessions, Map<string, number>>()

/**
 * Reads a directory's names and merges them with the events that came meanwhile.
 * The number of children is asked first: a Stat is 68 bytes, a list may be 40 MB.
 * `watch` sets a one-shot watch with the reading, unless it is long: then the answer would hold up the events.
 * Null when the connection was lost and found meanwhile: whoever compares after that reads it again.
 * @throws ZooKeeperError, NoNode and ReplyTooLarge included
 */
export async function listDirectory(
  sessions: Sessions,
  directory: Directory,
  watch = false,
): Promise<ListDelta | null> {
  const { path } = directory
  const live = sessions.live()
  const stat = await live.exists(path)
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  const long = stat.numChildren > LONG_LIST
  const listing = directory.beginListing()
  try {
    const session = long ? sessions.bulk() : live
    // The bulk session's server may be behind the one whose events we have seen already: let it catch up first.
    if (long) await session.sync(path, { timeoutMs: 60_000 })
    const { names, stat: listed } = await listNames(
      sessions,
      watch && !long ? live.oneShot : session,
      path,
      stat.numChildren,
    )
    return directory.endListing(listing, await sortNames(names), listed.pzxid)
  } catch (error) {
    directory.abandonListing(listing)
    throw error
  }
}

async function listNames(
  sessions: Sessions,
  session: Pick<Session, 'getChildren'>,
  path: string,
  children: number,
): ReturnType<Session['getChildren']> {
  const known = refused.get(sessions) ?? new Map<string, number>()
  const expectedReplyBytes = estimateListing(children, known.get(path))
  try {
    const long = children > LONG_LIST ? { timeoutMs: 120_000 } : {}
    const list = await session.getChildren(path, { expectedReplyBytes, ...long })
    known.delete(path)
    return list
  } catch (error) {
    const tooLarge = isZooKeeperError(error) && error.code === 'ReplyTooLarge'
    if (tooLarge && error.replyBytes !== undefined && error.replyBytes > expectedReplyBytes) {
      const oldest = known.keys().next()
      if (known.size >= MAX_REFUSED && !oldest.done) known.delete(oldest.value)
      known.set(path, error.replyBytes / Math.max(1, children))
      refused.set(sessions, known)
    }
    throw error
  }
}
