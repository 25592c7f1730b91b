import type { ChildSort } from '@/lib/queries/responses'
import type { AclEntry } from '@/lib/znode/acl'
import type { AppError } from '@/lib/znode/app-error'
import { joinPath } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Directory } from './directory'
import type { Ensemble } from './ensemble'
import { describeFailure, Failure } from './failure'
import type { Sessions } from './mirror'
import { lowerBound } from './sorted-names'
import type { Subscription } from './subscription'

/** Somebody who wants to hear of changes to what they read. */
export interface Viewer {
  readonly subscription: Subscription
  readonly tab: string
}

export interface NodeRead {
  readonly data: Buffer | null
  /** Why the data is not there although the znode is. */
  readonly dataError: AppError | null
  readonly stat: Stat
}

const READ_TIMEOUT_MS = 10_000

/**
 * Runs a read on the live session, or another, once more when the connection broke under it, which is safe for a read. A failure to
 * connect is reported by its real cause rather than as a time-out.
 */
export async function read<T>(
  ensemble: Ensemble,
  signal: AbortSignal | undefined,
  work: (session: Session, options: RequestOptions) => Promise<T>,
  on: { readonly role: keyof Sessions; readonly withinMs: number } = { role: 'live', withinMs: READ_TIMEOUT_MS },
): Promise<T> {
  const deadline = Date.now() + on.withinMs
  for (let attempt = 0; ; attempt++) {
    const session = ensemble.sessions[on.role]()
    const timeoutMs = Math.max(1, deadline - Date.now())
    try {
      return await work(session, { timeoutMs, ...(signal ? { signal } : {}) })
    } catch (error) {
      if (!isZooKeeperError(error)) throw error
      const lost = error.code === 'ConnectionLoss' || error.code === 'SessionExpired'
      if (lost && attempt === 0 && !signal?.aborted) continue
      const { status, cause } = ensemble.sessions[on.role]().info
      if ((lost || error.code === 'OperationTimeout') && status !== 'connected' && cause) throw new Failure(cause)
      throw error
    }
  }
}

/** Data and stat. @throws ZooKeeperError NoNode; NoAuth when not even the stat may be read. */
export async function readNode(
  ensemble: Ensemble,
  path: string,
  viewer: Viewer | null,
  signal?: AbortSignal,
): Promise<NodeRead> {
  // First the interest, then the read: whatever changes after the read is then reported.
  viewer?.subscription.watchNode(path, viewer.tab)
  return read(ensemble, signal, async (session, options) => {
    try {
      const expectedReplyBytes = ensemble.mirror.knownStat(path)?.dataLength ?? 0
      const { data, stat } = await session.getData(path, { ...options, expectedReplyBytes })
      ensemble.mirror.rememberStat(path, stat)
      return { data, dataError: null, stat }
    } catch (error) {
      if (!isZooKeeperError(error) || (error.code !== 'NoAuth' && error.code !== 'ReplyTooLarge')) throw error
      // Data that is too large has a stat; servers before 3.8.4 and 3.9.2 tell it even to those who may not read the data.
      const stat = await session.exists(path, options)
      if (!stat) throw new ZooKeeperError('NoNode', { path })
      if (error.code === 'ReplyTooLarge') ensemble.mirror.rememberStat(path, stat)
      return { data: null, dataError: describeFailure(error), stat }
    }
  })
}

/** @throws ZooKeeperError NoNode */
export async function readStat(ensemble: Ensemble, path: string, signal?: AbortSignal): Promise<Stat> {
  const stat = await read(ensemble, signal, (session, options) => session.exists(path, options))
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  ensemble.mirror.rememberStat(path, stat)
  return stat
}

export interface ChildrenRead {
  readonly total: number
  readonly unfiltered: number
  readonly names: readonly string[]
  readonly pzxid: bigint
  readonly revision: number
}

/** A part of the sorted list of children, from the mirror: only the first reader of a directory costs a listing. */
export async function readChildren(
  ensemble: Ensemble,
  query: { path: string; from: number; count: number; sort: ChildSort; filter: string },
  viewer: Viewer | null,
  signal?: AbortSignal,
): Promise<ChildrenRead> {
  viewer?.subscription.watchDirectory(query.path, viewer.tab)
  const directory = await directoryFor(ensemble, query.path, viewer, signal)
  // Before the sort, which takes its time: a list may be newer than its revision says, never older.
  const { revision, pzxid } = directory
  const names = await directory.view(query.sort, query.filter)
  return {
    total: names.length,
    unfiltered: directory.total,
    names: names.slice(query.from, query.from + query.count),
    pzxid,
    revision,
  }
}

/**
 * The mirror's directory. A viewer is told what changes after this, and how old it all is; whoever only asks gets what
 * the server holds now, or is told why not.
 */
function directoryFor(
  ensemble: Ensemble,
  path: string,
  viewer: Viewer | null,
  signal: AbortSignal | undefined,
): Promise<Directory> {
  return read(ensemble, signal, async (session, options) => {
    if (!viewer) {
      await session.exists(path, options)
      await ensemble.mirror.settled()
    }
    return ensemble.mirror.directory(path)
  })
}

/** Stats of children, each on its own: one that may not be read harms nothing else. */
export function readStats(
  ensemble: Ensemble,
  path: string,
  names: readonly string[],
  viewer: Viewer | null,
  signal?: AbortSignal,
): Promise<(Stat | null | { readonly error: AppError })[]> {
  viewer?.subscription.watchDirectory(path, viewer.tab)
  return read(ensemble, signal, (session, options) =>
    Promise.all(
      names.map(async (name) => {
        const child = joinPath(path, name)
        const known = ensemble.mirror.knownStat(child)
        if (known && session.info.status === 'connected') return known
        try {
          const stat = await session.exists(child, options)
          ensemble.mirror.rememberStat(child, stat)
          return stat
        } catch (error) {
          if (isZooKeeperError(error) && error.code === 'NoAuth') return { error: describeFailure(error) }
          throw error
        }
      }),
    ),
  )
}

export async function readAcl(
  ensemble: Ensemble,
  path: string,
  signal?: AbortSignal,
): Promise<{ acl: AclEntry[]; stat: Stat }> {
  return read(ensemble, signal, (session, options) => session.getAcl(path, options))
}

/** The first children whose name starts with a prefix, for completion. */
export async function findChildren(
  ensemble: Ensemble,
  query: { path: string; prefix: string; limit: number },
  signal?: AbortSignal,
): Promise<{ names: readonly string[]; index: number; total: number }> {
  const directory = await directoryFor(ensemble, query.path, null, signal)
  const start = lowerBound(directory.names, query.prefix)
  const names: string[] = []
  for (let i = start; i < directory.names.length && names.length < query.limit; i++) {
    const name = directory.names[i] as string
    if (!name.startsWith(query.prefix)) break
    names.push(name)
  }
  return { names, index: names.length > 0 ? start : -1, total: directory.total }
}
