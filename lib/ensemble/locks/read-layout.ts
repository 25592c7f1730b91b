import { contenderPath } from '@/lib/recipes/contender-path'
import type { Layout, SeenChild } from '@/lib/recipes/layout'
import { nearPaths } from '@/lib/recipes/near-paths'
import { joinPath } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import { estimateListing } from '@/lib/zookeeper/reply-limits'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import { type ChildRead, ChildReader } from './child-reader'
import type { Pace } from './pace'

/** More children than anything that coordinates has. */
const MAX_CHILDREN = 100_000
/** A directory whose data says how it is to be read (the size of a semaphore, a limit) says it shortly. */
export const MAX_DIRECTORY_DATA = 65_536
const TRIES = 5
/** Up to here everything is read again when something has changed; above, only what is new. */
const READ_AGAIN = 500
const MAX_NEAR = 50

export interface LayoutRead {
  readonly layout: Layout
  /** The last zxid that was seen before it was read. */
  readonly zxid: bigint
  /** Everything in it is as it was at `zxid`. Else it changed faster than it could be read. */
  readonly settled: boolean
}

interface DirectoryRead {
  readonly layout: Layout
  readonly settled: boolean
}

/**
 * Reads a directory, and those that a recipe may be spread over with it, as it is at one moment: whatever was read is
 * what there was at the zxid of the beginning if nothing in it is newer than that, and its list was not changed since.
 * @throws ZooKeeperError NoNode; ReplyTooLarge above {@link MAX_CHILDREN}
 */
export async function readLayout(
  session: Session,
  path: string,
  pace: Pace,
  options: RequestOptions = {},
): Promise<LayoutRead> {
  await catchUp(session, path, options)
  const known = new Map<string, ChildRead>()
  for (let attempt = 1; ; attempt++) {
    const zxid = session.info.lastZxid
    const read = (at: string) => readDirectory(session, at, pace, zxid, known, options)
    const main = await read(path)
    const names = main.layout.children.map(({ name }) => name)
    const near = await Promise.all(
      nearPaths({ path, names })
        .slice(0, MAX_NEAR)
        .map(
          async (relative) => [relative, await read(contenderPath(path, relative) ?? path).catch(goneIsNull)] as const,
        ),
    )
    const found = near.flatMap(([relative, directory]) => (directory === null ? [] : [[relative, directory] as const]))
    const settled =
      main.settled &&
      found.every(([, directory]) => directory.settled) &&
      (await isStill(session, main.layout, options))
    if (!settled && attempt < TRIES) continue
    const layout = { ...main.layout, near: new Map(found.map(([relative, directory]) => [relative, directory.layout])) }
    return { layout, zxid, settled }
  }
}

/** Our server may be behind what the asker has seen; one that has lost its quorum cannot catch up, and says so elsewhere. */
async function catchUp(session: Session, path: string, options: RequestOptions): Promise<void> {
  try {
    await session.sync(path, options)
  } catch (error) {
    if (!isZooKeeperError(error) || error.code !== 'NotReadOnly') throw error
    await session.exists(path, options)
  }
}

async function readDirectory(
  session: Session,
  path: string,
  pace: Pace,
  zxid: bigint,
  known: Map<string, ChildRead>,
  options: RequestOptions,
): Promise<DirectoryRead> {
  const before = await session.exists(path, options)
  if (before === null) throw new ZooKeeperError('NoNode', { path })
  const expectedReplyBytes = estimateListing(before.numChildren)
  if (before.numChildren > MAX_CHILDREN) throw new ZooKeeperError('ReplyTooLarge', { path })
  const { names, stat } = await session.getChildren(path, { ...options, expectedReplyBytes })
  const data = await directoryData(session, path, stat, options)

  const wanted = names.length > READ_AGAIN ? names.filter((name) => !known.has(joinPath(path, name))) : names
  const reader = new ChildReader(pace)
  for (const child of await reader.read(session, path, wanted, options)) known.set(joinPath(path, child.name), child)
  const children: SeenChild[] = []
  let settled = stat.pzxid <= zxid && stat.mzxid <= zxid
  for (const name of names) {
    const child = known.get(joinPath(path, name)) as ChildRead
    if (child.gone) {
      settled = false
      known.delete(joinPath(path, name))
    } else {
      if (child.stat !== null && child.stat.mzxid > zxid) settled = false
      children.push({ name, stat: child.stat, data: child.data })
    }
  }
  return { layout: { path, stat, data, children, near: new Map() }, settled }
}

async function directoryData(
  session: Session,
  path: string,
  stat: Stat,
  options: RequestOptions,
): Promise<Uint8Array | null> {
  if (stat.dataLength === 0 || stat.dataLength > MAX_DIRECTORY_DATA) return null
  try {
    return (await session.getData(path, options)).data
  } catch (error) {
    if (isZooKeeperError(error) && error.code === 'NoAuth') return null
    throw error
  }
}

/** Where the counter of children has come to its end pzxid no longer moves (DataTree.createNode), but their number does. */
async function isStill(session: Session, { path, stat }: Layout, options: RequestOptions): Promise<boolean> {
  const now = await session.exists(path, options)
  return (
    now !== null && now.pzxid === stat?.pzxid && now.cversion === stat.cversion && now.numChildren === stat.numChildren
  )
}

function goneIsNull(error: unknown): null {
  if (isZooKeeperError(error) && (error.code === 'NoNode' || error.code === 'NoAuth')) return null
  throw error
}
