import type { OneShot, Session, WatchEvent } from '@/lib/zookeeper/session'
import type { Directory } from './directory'
import { LONG_LIST } from './list-directory'
import { PollQueue } from './poll-queue'

/** A good guest sets no more of them on one ensemble; each costs the server memory and a message. */
const MAX_WATCHES = 200
const MAX_ROWS = 120
/** Rows leave room for the folders and znodes that somebody opens next: servers before 3.5 forget no watch. */
const ROOM_FOR_OPEN = 40
/** How often what cannot be watched is looked at, and how much of it at a time: each within ten turns, up to a limit. */
const TICK_MS = 1000
const TURNS = 10
const LISTS_A_TICK = { least: 5, most: 20 }
/** A thousand rows within ten seconds. Nothing is read while nobody looks. */
const STATS_A_TICK = { least: 20, most: 100 }

export interface ShownLink {
  /** What somebody looks at: loaded directories, open znodes, and all rows whose stat is known. */
  directories(): readonly Directory[]
  nodes(): ReadonlySet<string>
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
 * children were made below a row, and what is more than may be watched is read again in turns, every row of it.
 */
export class ShownWatches {
  #timer: NodeJS.Timeout | null = null
  #unlisten: (() => void) | null = null
  #session: Session | null = null
  #wanted: ReadonlySet<string> = new Set()
  /** Lists that have changed since they were read. They stay so until a reading has succeeded, on whatever connection. */
  readonly #dirty = new Set<string>()
  readonly #relisting = new Map<string, Promise<void>>()
  /** Rows that a browser asked for last, the newest at the end: those it has on its screen. */
  readonly #asked = new Set<string>()
  readonly #statTurns = new PollQueue()
  readonly #listTurns = new PollQueue()
  #unwatched = 0

  constructor(private readonly link: ShownLink) {}

  get isActive(): boolean {
    return this.#timer !== null
  }

  /** Some of what is shown has no watch, and is only looked at every few seconds. */
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
      this.#asked.clear()
      this.#statTurns.clear()
      this.#listTurns.clear()
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

  /** Somebody has asked for this stat, and is the likeliest to look at it. */
  ask(path: string): void {
    this.#asked.delete(path)
    this.#asked.add(path)
    for (const oldest of this.#asked) {
      if (this.#asked.size <= MAX_ROWS) break
      this.#asked.delete(oldest)
    }
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
    // For another list too: the znode's own stat tells how many children it has.
    this.link.reread(path)
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
    const nodes = this.link.nodes()
    const rows = new Set(this.link.rows())
    const shown = new Set([...nodes, ...rows])
    const mostStats = MAX_WATCHES - Math.min(directories.length, 50)
    const stats = [...new Set([...nodes, ...this.#rowsToWatch(oneShot, rows)])].slice(0, mostStats)
    this.#wanted = new Set(stats)
    const lists = new Set(directories.map(({ path }) => path))
    for (const { path, kind } of oneShot.all()) {
      if (!(kind === 'data' ? this.#wanted : lists).has(path)) void oneShot.drop(path, kind)
    }
    const unwatchedLists = this.#setLists(oneShot, directories)
    this.#setStats(oneShot, nodes)
    // Those that are watched as well, because no watch tells that children were made below a row.
    for (const path of this.#statTurns.next(shown, pace(shown.size, STATS_A_TICK))) this.link.reread(path)
    this.#tell(unwatchedLists + shown.size - this.#wanted.size)
  }

  /** What was asked for last, then what is watched already: a watch that moves costs two requests. */
  #rowsToWatch(oneShot: OneShot, rows: ReadonlySet<string>): Set<string> {
    for (const path of this.#asked) if (!rows.has(path)) this.#asked.delete(path)
    const chosen = new Set(this.#asked)
    const watched = [...rows].filter((path) => oneShot.has(path, 'data'))
    for (const path of [...watched, ...rows]) {
      if (chosen.size >= MAX_ROWS) break
      chosen.add(path)
    }
    return chosen
  }

  /** Returns how many cannot be watched. */
  #setLists(oneShot: OneShot, directories: readonly Directory[]): number {
    const polled = new Map<string, Directory>()
    for (const directory of directories) {
      const { path, total } = directory
      if (this.#dirty.has(path)) this.#markDirty(directory)
      else if (total > LONG_LIST || !this.#mayWatch(path, 'children')) polled.set(path, directory)
      else if (!oneShot.has(path, 'children')) this.#markDirty(directory)
    }
    for (const path of this.#listTurns.next(new Set(polled.keys()), pace(polled.size, LISTS_A_TICK))) {
      const directory = polled.get(path)
      if (directory !== undefined) void this.current(directory).catch(() => undefined)
    }
    return polled.size
  }

  /** Sets the watches that are wanted. What there is no room for is wanted no longer. */
  #setStats(oneShot: OneShot, nodes: ReadonlySet<string>): void {
    const wanted = new Set<string>()
    let room = MAX_WATCHES - oneShot.size
    for (const path of this.#wanted) {
      const isSet = oneShot.has(path, 'data')
      if (!isSet && room <= (nodes.has(path) ? 0 : ROOM_FOR_OPEN)) continue
      wanted.add(path)
      if (isSet) continue
      room -= 1
      this.link.reread(path)
    }
    this.#wanted = wanted
  }

  #tell(unwatched: number): void {
    const before = this.isPolling
    this.#unwatched = unwatched
    if (before !== this.isPolling) this.link.reachChanged()
  }
}

/** How many of `all` to look at with this turn. */
function pace(all: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, Math.ceil(all / TURNS)))
}
