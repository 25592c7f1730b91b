/** Every server sets it anew from its own file (ZKDatabase.initConfigInZKDatabase), with the zxid that this one names. */
const CONFIG_PATH = '/zookeeper/config'

/** A znode that is of an earlier time than it was. */
export interface Older {
  readonly path: string
  /** The zxid of its last change, as it was known. */
  readonly from: bigint
  /** The same zxid, as it was found. */
  readonly to: bigint
}

/**
 * Whether a znode has gone back in time, which proves that its ensemble did. The zxids of the answers show that only
 * until the next write: a server whose database is replaced goes on counting from where it was, because
 * ZooKeeperServer.restoreFromSnapshot leaves `hzxid` alone, and the end of somebody's session is such a write.
 * A znode's own zxids never fall, not even when it is deleted and made again.
 *
 * @param before the zxid of its last change when it was last read
 * @param found the same zxid now
 * @param seen the highest zxid that the session had seen when it asked: the answer shows this state or a later one. What
 *   another session read may be newer than that, and then proves nothing.
 */
export function findOlder(path: string, before: bigint, found: bigint, seen: bigint): Older | null {
  if (found >= before || before > seen || path === CONFIG_PATH) return null
  return { path, from: before, to: found }
}
