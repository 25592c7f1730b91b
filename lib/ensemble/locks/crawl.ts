import { classifyName } from '@/lib/recipes/classify'
import { coordinationPathOf } from '@/lib/recipes/coordination-path'
import { joinPath } from '@/lib/znode/path'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { Pace } from './pace'

/** A good guest: so many reads a second, and never more than this many znodes. */
const PACE = { perSecond: 200, burst: 20, atOnce: 8 }
const WORKERS = 8
const MAX_ZNODES = 200_000
/** In a folder with more children than this only some are looked into, unless their names are those of contenders. */
const LARGE_FOLDER = 5000
const SAMPLE = 100
/** A read that the connection lost is asked again: it may take a while until there is another. */
const TRIES = 5

export interface CrawlProgress {
  looked: number
  left: number
  cut: boolean
}

/**
 * Looks for whatever coordinates, folder by folder from the root, those near it first. It sees names and owners only;
 * what they are is for somebody else to find out. ZooKeeper's own znodes are left out.
 * @throws ZooKeeperError when the ensemble cannot be asked any more; stops in silence when it is aborted
 */
export async function crawl(
  session: () => Session,
  found: (coordinationPath: string) => void,
  progress: CrawlProgress,
  signal: AbortSignal,
): Promise<void> {
  const pace = new Pace(PACE)
  const queue: string[] = ['/']
  let next = 0
  let working = 0
  const wake: (() => void)[] = []
  const look = async (path: string): Promise<void> => {
    const read = await pace.run(1, () => readFolder(session, path, signal))
    progress.looked++
    if (read === null) return
    if (read === 'too large') {
      progress.cut = true
      return
    }
    if (read.owner !== 0n) found(coordinationPathOf(path))
    queue.push(...toLookInto(path, read.names, found, progress, MAX_ZNODES - queue.length))
  }
  const worker = async (): Promise<void> => {
    while (!signal.aborted) {
      const path = queue[next]
      if (path !== undefined) {
        next++
        working++
        await look(path).finally(() => {
          working--
          progress.left = queue.length - next
          for (const go of wake.splice(0)) go()
        })
      } else if (working > 0) await new Promise<void>((go) => wake.push(go))
      else return
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

async function readFolder(
  session: () => Session,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly owner: bigint } | 'too large' | null> {
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return null
    try {
      const { names, stat } = await session().getChildren(path)
      return { names, owner: stat.ephemeralOwner }
    } catch (error) {
      if (!isZooKeeperError(error)) throw error
      if (error.code === 'NoNode' || error.code === 'NoAuth') return null
      if (error.code === 'ReplyTooLarge') return 'too large'
      if (attempt === TRIES) throw error
    }
  }
}

/** The children that are to be looked into: contenders have none of their own. */
function toLookInto(
  path: string,
  names: readonly string[],
  found: (coordinationPath: string) => void,
  progress: CrawlProgress,
  room: number,
): string[] {
  const others: string[] = []
  const places = new Set<string>()
  for (const name of names) {
    const child = joinPath(path, name)
    if (child === '/zookeeper') continue
    if (classifyName(name) !== null) places.add(coordinationPathOf(child))
    else others.push(child)
  }
  for (const place of places) found(place)
  const some = names.length > LARGE_FOLDER ? others.slice(0, SAMPLE) : others
  const fitting = some.slice(0, Math.max(0, room))
  if (fitting.length < others.length) progress.cut = true
  return fitting
}
