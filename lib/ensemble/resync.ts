import type { ErrorCode } from '@/lib/znode/app-error'
import { joinPath } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Directory, ListDelta } from './directory'
import { listDirectory } from './list-directory'
import type { Sessions } from './mirror'
import { findOlder, type Older } from './rollback-proof'

/** Directories compared at the same time; the session itself bounds the requests in flight. */
const DIRECTORIES_AT_ONCE = 8
/** No comparison will ever come of these: one that grew too large would be asked for again and again. */
export const CANNOT_BE_LISTED: ReadonlySet<ErrorCode> = new Set(['NoNode', 'NoAuth', 'ReplyTooLarge'])

/** Rows that one audit reads again: with an audit every half minute less than 20 reads a second. */
const MAX_AUDITED = 500

export interface Differences {
  listed(directory: Directory, delta: ListDelta): void
  gone(directory: Directory): void
  changed(path: string, kind: 'changed' | 'recreated', stat: Stat): void
  /** Neither data nor identity differ, but the children or the ACL do. */
  restat(path: string, stat: Stat): void
  /** Nothing differs. */
  same(path: string, stat: Stat): void
  /** An open node is gone. */
  deleted(path: string): void
  /** The ensemble went back in time: nothing that is known of it holds. */
  older(proof: Older): void
}

/**
 * Reads everything shown again and reports what differs, in both directions: a child that is gone is found by comparing
 * lists, a znode that was deleted and made again by its czxid, even when its version and data are the same.
 * @throws ZooKeeperError when the connection breaks: the next connection starts over.
 */
export async function compareWithEnsemble(
  sessions: Sessions,
  directories: readonly Directory[],
  open: ReadonlyMap<string, Stat>,
  report: Differences,
  setsWatch: (directory: Directory) => boolean,
): Promise<void> {
  const queue = [...directories]
  const worker = async (): Promise<void> => {
    for (let directory = queue.shift(); directory; directory = queue.shift()) {
      await compareDirectory(sessions, directory, report, setsWatch(directory))
    }
  }
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: DIRECTORIES_AT_ONCE }, worker),
    ...[...open].map(([path, before]) => compareNode(sessions, path, before, report)),
  ])
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}

/** How each directory was found the last time. */
const audited = new WeakMap<Directory, { readonly pzxid: bigint; readonly events: number }>()

/**
 * Which of the directories are no longer what their server holds, at the price of one Stat each: told by the number of
 * children, and by a list that has changed since the last time although nothing has told so. The answer follows all
 * events before it, so `settle` has brought in whatever they said.
 */
export async function findStale(
  sessions: Sessions,
  directories: readonly Directory[],
  settle: (directory: Directory) => void,
): Promise<Directory[]> {
  const stale: Directory[] = []
  for (const directory of directories) {
    const stat = await sessions.live().exists(directory.path)
    settle(directory)
    if (!stat) continue
    const { events } = directory
    const last = audited.get(directory)
    audited.set(directory, { pzxid: stat.pzxid, events })
    const changedUntold = last !== undefined && last.pzxid !== stat.pzxid && last.events === events
    if (stat.numChildren !== directory.total || changedUntold) stale.push(directory)
  }
  return stale
}

/**
 * For a server whose database has been replaced under its connections: looks for lists that are older than they were, as
 * the only trace of children made since. Not after a change of servers: before 3.6 they could differ in a pzxid
 * (ZOOKEEPER-3125).
 */
export async function compareReplaced(
  sessions: Sessions,
  directories: readonly Directory[],
  report: Differences,
): Promise<void> {
  for (const { path, pzxid } of directories) {
    const live = sessions.live()
    const seen = live.info.lastZxid
    const stat = await live.exists(path)
    const proof = stat && findOlder(path, pzxid, stat.pzxid, seen)
    if (proof) return report.older(proof)
  }
}

async function compareDirectory(
  sessions: Sessions,
  directory: Directory,
  report: Differences,
  watch: boolean,
): Promise<void> {
  // A copy: events that arrive meanwhile change the directory's own stats, and they are newer.
  const before = new Map(directory.stats)
  try {
    const delta = await listDirectory(sessions, directory, watch)
    if (delta === null) return
    report.listed(directory, delta)
  } catch (error) {
    if (!isZooKeeperError(error) || !CANNOT_BE_LISTED.has(error.code)) throw error
    report.gone(directory)
    return
  }
  const names = [...before.keys()].filter((name) => directory.stats.has(name))
  await Promise.all(names.map((name) => compareRow(sessions, directory, name, before.get(name) as Stat, report)))
}

/** Compares rows of each directory, first those whose stats were read longest ago. */
export async function compareOldest(
  sessions: Sessions,
  directories: readonly Directory[],
  report: Differences,
): Promise<void> {
  const share = Math.max(1, Math.floor(MAX_AUDITED / Math.max(1, directories.length)))
  for (const directory of directories) {
    const oldest = [...directory.stats].slice(0, share)
    await Promise.all(oldest.map(([name, stat]) => compareRow(sessions, directory, name, stat, report)))
  }
}

/** That a row is gone is said by its directory's list, or by an event since that was read. */
async function compareRow(
  sessions: Sessions,
  directory: Directory,
  name: string,
  before: Stat,
  report: Differences,
): Promise<void> {
  const path = joinPath(directory.path, name)
  const stat = await readAgain(sessions, path, before, report)
  if (stat && directory.stats.has(name)) tellDifference(path, before, stat, report)
}

async function compareNode(sessions: Sessions, path: string, before: Stat, report: Differences): Promise<void> {
  const stat = await readAgain(sessions, path, before, report)
  if (stat === null) report.deleted(path)
  else if (stat !== undefined) tellDifference(path, before, stat, report)
}

/** undefined: one znode that may not be read any more harms nothing else. */
async function readAgain(
  sessions: Sessions,
  path: string,
  before: Stat,
  report: Differences,
): Promise<Stat | null | undefined> {
  try {
    const live = sessions.live()
    const seen = live.info.lastZxid
    const stat = await live.exists(path)
    const proof = stat && findOlder(path, before.mzxid, stat.mzxid, seen)
    if (proof) report.older(proof)
    return stat
  } catch (error) {
    if (isZooKeeperError(error) && error.code === 'NoAuth') return undefined
    throw error
  }
}

export function tellDifference(path: string, before: Stat, stat: Stat, report: Differences): void {
  if (stat.czxid !== before.czxid) report.changed(path, 'recreated', stat)
  else if (stat.mzxid !== before.mzxid) report.changed(path, 'changed', stat)
  else if (stat.pzxid !== before.pzxid || stat.aversion !== before.aversion) report.restat(path, stat)
  else report.same(path, stat)
}
