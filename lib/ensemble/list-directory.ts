import { ZooKeeperError } from '@/lib/zookeeper/errors'
import type { Directory, ListDelta } from './directory'
import type { Sessions } from './mirror'
import { sortNames } from './sort-names'

/** Above this many children the reply takes long enough to delay an event: it goes over the bulk session. */
const LONG_LIST = 10_000

/**
 * Reads a directory's names and merges them with the events that came meanwhile.
 * The number of children is asked first: a Stat is 68 bytes, a list may be 40 MB.
 * Null when the connection was lost and found meanwhile: whoever compares after that reads it again.
 * @throws ZooKeeperError, NoNode included
 */
export async function listDirectory(sessions: Sessions, directory: Directory): Promise<ListDelta | null> {
  const { path } = directory
  const live = sessions.live()
  const stat = await live.exists(path)
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  const listing = directory.beginListing()
  try {
    if (stat.numChildren <= LONG_LIST) {
      const { names, stat } = await live.getChildren(path)
      return directory.endListing(listing, await sortNames(names), stat.pzxid)
    }
    const bulk = sessions.bulk()
    // The bulk session's server may be behind the one whose events we have seen already: let it catch up first.
    await bulk.sync(path, { timeoutMs: 60_000 })
    const { names, stat: listed } = await bulk.getChildren(path, { timeoutMs: 120_000 })
    return directory.endListing(listing, await sortNames(names), listed.pzxid)
  } catch (error) {
    directory.abandonListing(listing)
    throw error
  }
}
