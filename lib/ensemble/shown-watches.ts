import type { OneShot, Session, WatchEvent } from '@/lib/zookeeper/session'
import type { Directory } from './directory'
import { LONG_LIST } from './list-directory'

/** A good guest sets no more of them on one ensemble; each costs the server memory and a message. */
const MAX_WATCHES = 200
/** Rows leave room for the folders and znodes that somebody opens next: servers before 3.5 forget no watch. */
const MAX_ROWS = 120
/** How often what cannot be watched is looked at, and how much of it at a time: at most 25 reads a second. */
const TICK_MS = 1000
const LISTS_A_TICK = 5
const STATS_A_TICK = 20

export interface ShownLink {
  /** What somebody looks at: loaded directories, open znodes, and rows whose stat is known, the newest first. */
  directories(): readonly Directory[]
  nodes(): Iterable<string>
  rows(): Iterable<string>
  /** Reads the list again, with {@link ShownWatches.wantsList}, and tells what differs. Never rejects for a directory that is gone. */
  relist(directory: Directory): Promise<void>
  /** Has the stat read again soon, with {@link ShownWatches.wantsStat}. */
  reread(path: string): void
  /** Less, or more, than everything shown is watched now. */
  reachChanged(): void
}

/**
 * Keeps what is shown current through watches that are gone with their first event: for each directory one on its list,
 * for each open znode and row one on its data, set by the read that follows the event. What they cannot tell, that
 * children were made below a row, and what is more than may be watched is read again slowly, in turns.
 */
export class ShownWatches {
  #timer: NodeJS.Timeout | null = null
  #unlisten: (() => void) | null = null
  #session: Session | null = null
  #wanted: ReadonlySet<string> = new Set()
  /** Lists that have changed since they were read. They stay so until a reading has succeeded, on whatever connection. */
  readonly #dirty = new Set<string>()
  readonly #relisting = new Map<string, Promise<void>>()
  #turn = 0
  #unwatched = 0

  constructor(private readonly link: ShownLink) {}

  get isActive(): boolean {
    return this.#timer !== null
  }

  /** Some of what is shown is only looked at every few seconds. */
  get isPolling(): boolean {
    return this.#unwatched > 0
  }

  /** From now on this session tells of changes by one-shot watches, or no longer does. */
  use(session: Session, active: boolean): void {
    this.#session = session
    this.#unlisten?.()
    this.#unlisten = active ? session.oneShot.onEvent((event) => this.#onEvent(event)) : null
    if (active === this.isActive) return
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#unwatched = 0
    this.#wanted = new Set()
    if (active) {
      this.#timer = setInterval(() => this.#tick(), TICK_MS)
      this.#timer.unref()
    } else {
      this.#dirty.clear()
      for (const { path, kind } of session.oneShot.all()) void session.oneShot.drop(path, kind)
    }
    this.link.reachChanged()
  }

  stop(): void {
    this.#unlisten?.()
    this.#unlisten = null
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Whether a reading of this list should set its watch. */
  wantsList(directory: Directory): boolean {
    return this.isActive && this.#mayWatch(directory.path, 'children')
  }

  /** Whether a reading of this stat should set its watch. */
  wantsStat(path: string): boolean {
    return this.isActive && this.#wanted.has(path) && this.#mayWatch(path, 'data')
  }

  /** Resolves when the list is what the server holds. @throws ZooKeeperError when that cannot be found out. */
  async current(directory: Directory): Promise<void> {
    const { path } = directory
    const live = this.#session
    if (live === null) return
    if (!this.#dirty.has(path) && !this.#relisting.has(path)) {
      if (live.oneShot.has(path, 'children')) return
      const stat = await live.exists(path)
      if (stat !== null && stat.pzxid === directory.pzxid) return
    }
    this.#dirty.add(path)
    await this.#relist(directory)
  }

  #onEvent({ type, path }: WatchEvent): void {
    const directory = type === 'children' || type === 'deleted' ? this.#find(path) : undefined
    if (directory !== undefined) this.#markDirty(directory)
    if (type !== 'children') this.link.reread(path)
  }

  #find(path: string): Directory | undefined {
    return this.link.directories().find((directory) => directory.path === path)
  }

  #markDirty(directory: Directory): void {
    this.#dirty.add(directory.path)
    // What fails now is tried again with the next tick; a new connection reads everything anyway.
    void this.#relist(directory).catch(() => undefined)
  }

  /** One reading a list at a time: an event during one means another after it. */
  #relist(directory: Directory): Promise<void> {
    const { path } = directory
    const running = this.#relisting.get(path)
    if (running !== undefined) return running
    const work = this.#readUntilClean(directory).finally(() => this.#relisting.delete(path))
    this.#relisting.set(path, work)
    return work
  }

  async #readUntilClean(directory: Directory): Promise<void> {
    const { path } = directory
    while (this.#dirty.delete(path)) {
      try {
        await this.link.relist(directory)
      } catch (error) {
        this.#dirty.add(path)
        throw error
      }
    }
  }

  #mayWatch(path: string, kind: 'data' | 'children'): boolean {
    const oneShot = this.#session?.oneShot
    return oneShot !== undefined && (oneShot.has(path, kind) || oneShot.size < MAX_WATCHES)
  }

  #tick(): void {
    const session = this.#session
    const status = session?.info.status
    if (session === null || (status !== 'connected' && status !== 'read-only')) return
    const { oneShot } = session
    const directories = this.link.directories()
    const rows = new Set<string>()
    for (const path of this.link.rows()) if (rows.size < MAX_ROWS) rows.add(path)
    const stats = [...new Set([...this.link.nodes(), ...rows])].slice(0, MAX_WATCHES - Math.min(directories.length, 50))
    this.#wanted = new Set(stats)
    const lists = new Set(directories.map(({ path }) => path))
    for (const { path, kind } of oneShot.all()) {
      if (!(kind === 'data' ? this.#wanted : lists).has(path)) void oneShot.drop(path, kind)
    }
    const unwatchedLists = this.#setLists(oneShot, directories)
    const unwatchedStats = this.#setStats(oneShot, stats)
    this.#turn += 1
    this.#tell(unwatchedLists + unwatchedStats)
  }

  /** Returns how many cannot be watched. */
  #setLists(oneShot: OneShot, directories: readonly Directory[]): number {
    const polled: Directory[] = []
    for (const directory of directories) {
      const { path, total } = directory
      if (this.#dirty.has(path)) this.#markDirty(directory)
      else if (total > LONG_LIST || !this.#mayWatch(path, 'children')) polled.push(directory)
      else if (!oneShot.has(path, 'children')) this.#markDirty(directory)
    }
    for (const directory of inTurn(polled, this.#turn, LISTS_A_TICK))
      void this.current(directory).catch(() => undefined)
    return polled.length
  }

  #setStats(oneShot: OneShot, paths: readonly string[]): number {
    const unset = paths.filter((path) => !oneShot.has(path, 'data'))
    const room = Math.max(0, MAX_WATCHES - oneShot.size)
    for (const path of unset.slice(0, room)) this.link.reread(path)
    // The others in turns, because no watch tells that children were made below a row.
    for (const path of inTurn(paths, this.#turn, STATS_A_TICK)) this.link.reread(path)
    return Math.max(0, unset.length - room)
  }

  #tell(unwatched: number): void {
    const before = this.isPolling
    this.#unwatched = unwatched
    if (before !== this.isPolling) this.link.reachChanged()
  }
}

/** The next `count` of them, beginning anew at the end. */
function inTurn<T>(all: readonly T[], turn: number, count: number): T[] {
  if (all.length <= count) return [...all]
  const start = (turn * count) % all.length
  return [...all.slice(start, start + count), ...all.slice(0, Math.max(0, start + count - all.length))]
}
