import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session, WatchEvent } from '@/lib/zookeeper/session'
import { ChangeLog } from './change-log'
import { Directory, type ListDelta } from './directory'
import { ListDeltas, MAX_NAMED } from './list-deltas'
import { listDirectory } from './list-directory'
import { compareOldest, compareWithEnsemble, type Differences, findStale } from './resync'
import { RootWatch } from './root-watch'
import { StatReader } from './stat-reader'
import { type ChangeSink, Subscription } from './subscription'

/** The longest a change waits for its delivery, and so the most deliveries a second: 20. */
const FLUSH_MS = 50
/** A directory that nobody looks at any more is kept this long, its watch costs nothing. */
const KEEP_MS = 60_000
/** A list is read so often before its reader is told that the connection does not hold. */
const MAX_LOADS = 3

export interface Sessions {
  /** Carries the watch, and every read that must be in order with its events. */
  live(): Session
  /** Carries long listings, so that they delay neither an event nor a ping. */
  bulk(): Session
}

/**
 * The server's live copy of what somebody is looking at. One recursive watch on the root brings every change in order:
 * one watch is the smallest load on the ensemble, and collapsed folders can say that something below them changed.
 * ZooKeeper does not replay what happened while a connection was down, so each new connection reads everything shown
 * again and compares (PersistentRecursiveWatcherTest.testDisconnect promises no more than that the watch works again).
 */
export class Mirror {
  readonly #directories = new Map<string, Directory>()
  readonly #loading = new Map<string, Promise<Directory>>()
  readonly #subscriptions = new Set<Subscription>()
  readonly #nodeStats = new Map<string, Stat>()
  readonly #log = new ChangeLog()
  readonly #deltas = new ListDeltas()
  readonly #stats: StatReader
  readonly #watch = new RootWatch((event) => this.#onEvent(event))
  #resynced: Promise<unknown> = Promise.resolve()
  #generation = 0
  #flushTimer: NodeJS.Timeout | null = null
  #lastFlush = 0
  #lastSweep = Date.now()
  syncing = false

  constructor(private readonly sessions: Sessions) {
    this.#stats = new StatReader(
      (path) => this.sessions.live().exists(path),
      (path, stat) => this.keepStat(path, stat),
    )
  }

  /** Takes a new live session; what was mirrored through an older one is compared when it connects. */
  attach(session: Session): void {
    this.#watch.attach(session)
  }

  subscribe(sink: ChangeSink): Subscription {
    const subscription = new Subscription(sink)
    this.#subscriptions.add(subscription)
    return subscription
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscriptions.delete(subscription)
  }

  /** Nobody looks at anything. */
  get idle(): boolean {
    return [...this.#subscriptions].every((subscription) => subscription.isEmpty)
  }

  /** Resolves when what is held has been compared with the ensemble, as far as that goes now. */
  async settled(): Promise<void> {
    await this.#resynced.catch(() => undefined)
  }

  /** The directory with all names known and current. @throws ZooKeeperError when it cannot be listed. */
  async directory(path: string): Promise<Directory> {
    const known = this.#directories.get(path)
    if (known?.loaded) {
      known.lastUsed = Date.now()
      this.#settle(known)
      return known
    }
    const loading = this.#loading.get(path)
    if (loading !== undefined) return loading
    const load = this.#load(path).finally(() => this.#loading.delete(path))
    this.#loading.set(path, load)
    return load
  }

  /** The stat of a row, if it is known to be current. The root is nobody's row. */
  knownStat(path: string): Stat | undefined {
    if (path === '/' || this.#stats.isWaiting(path)) return undefined
    return this.#directories.get(parentOf(path))?.stats.get(nameOf(path))
  }

  /** Remembers a stat that was read on the live session, and tells those who have the znode on the screen. */
  keepStat(path: string, stat: Stat): void {
    this.rememberStat(path, stat)
    this.#log.addStat(path, stat)
    this.#scheduleFlush()
  }

  /** Like {@link keepStat}, for somebody who asked for it: the answer carries it, there is nothing to tell. */
  rememberStat(path: string, stat: Stat): void {
    if (path !== '/') this.#directories.get(parentOf(path))?.keepStat(nameOf(path), stat)
    if (this.#isOpen(path)) this.#nodeStats.set(path, stat)
  }

  /**
   * A new connection: everything that somebody looks at is read again and compared.
   * Resolves with the number of directories compared; rejects when the connection breaks meanwhile.
   */
  resync(): Promise<number> {
    const resynced = this.#resync()
    this.#resynced = resynced
    return resynced
  }

  async #resync(): Promise<number> {
    const generation = ++this.#generation
    this.syncing = true
    this.#stats.clear()
    for (const directory of this.#directories.values()) directory.abandonListings()
    this.sweep(0)
    try {
      await this.#watch.ready()
      const directories = [...this.#directories.values()].filter((directory) => directory.loaded)
      await compareWithEnsemble(this.sessions, directories, this.#openStats(), this.#differences)
      if (generation === this.#generation) this.syncing = false
      return directories.length
    } finally {
      // At once: whoever hears that all has been compared must have heard what was found.
      this.#flush()
    }
  }

  /**
   * Looks whether what is shown still is what the ensemble holds, and reads again what is not. Events alone do not tell
   * everything: of another ACL there is none, servers since 3.8.4 and 3.9.2 keep back those of znodes that we may not
   * read, and a server whose database was restored under it has forgotten our watch (ZooKeeperServer.restoreFromSnapshot).
   * Resolves with the number of lists that were wrong.
   */
  async audit(): Promise<number> {
    if (this.syncing) return 0
    const shown = [...this.#directories.values()].filter(
      (directory) => directory.loaded && this.#isShown(directory.path),
    )
    const stale = await findStale(this.sessions, shown, (directory) => this.#settle(directory))
    await compareWithEnsemble(this.sessions, stale, this.#openStats(), this.#differences)
    await compareOldest(this.sessions, shown, this.#differences)
    return stale.length
  }

  #openStats(): Map<string, Stat> {
    return new Map([...this.#nodeStats].filter(([path]) => this.#isOpen(path)))
  }

  readonly #differences: Differences = {
    // Of a directory that was deleted meanwhile everything has been told, and another one may be in its place.
    listed: (directory, delta) => this.#holds(directory) && this.#reportListed(directory.path, delta),
    gone: (directory) => this.#holds(directory) && this.#dropDirectory(directory.path),
    changed: (path, kind, stat) => {
      this.#log.add(path, kind, kind === 'changed' ? stat.mzxid : stat.czxid)
      this.keepStat(path, stat)
    },
    restat: (path, stat) => this.keepStat(path, stat),
    // The next audit begins with others: what is kept again goes to the end.
    same: (path, stat) => this.rememberStat(path, stat),
    deleted: (path) => {
      // Else its event has come meanwhile, and has been told.
      if (this.#nodeStats.delete(path)) this.#log.add(path, 'deleted', null)
    },
  }

  /** What happened while we were not connected: known by its outcome only, so without a zxid. */
  #reportListed(path: string, delta: ListDelta): void {
    this.#addDelta(path, delta)
    for (const name of delta.created.slice(0, MAX_NAMED)) this.#log.add(joinPath(path, name), 'created', null)
    for (const name of delta.deleted.slice(0, MAX_NAMED)) this.#log.add(joinPath(path, name), 'deleted', null)
  }

  /** Nothing is known any more, for instance because the ensemble went back in time. */
  clear(): void {
    this.#directories.clear()
    this.#nodeStats.clear()
    this.#stats.clear()
  }

  async #load(path: string): Promise<Directory> {
    for (let attempt = 1; ; attempt++) {
      const generation = this.#generation
      await this.#watch.ready()
      const directory = new Directory(path)
      this.#directories.set(path, directory)
      const ours = (): boolean => this.#holds(directory)
      try {
        await listDirectory(this.sessions, directory)
      } catch (error) {
        if (ours()) this.#directories.delete(path)
        throw error
      }
      // Read across a broken link, or deleted and made again meanwhile: no event will ever mend this list.
      if (directory.loaded && ours() && generation === this.#generation) return directory
      if (ours()) this.#directories.delete(path)
      if (attempt === MAX_LOADS) throw new ZooKeeperError('ConnectionLoss', { path })
    }
  }

  #onEvent({ type, path, zxid }: WatchEvent): void {
    if (type === 'children') return
    this.#log.add(path, type, zxid)
    if (path !== '/') {
      const parent = parentOf(path)
      if (type !== 'changed') {
        this.#directories.get(parent)?.change(nameOf(path), type === 'created', zxid)
        this.#reread(parent)
      }
    }
    if (type === 'deleted') {
      this.#nodeStats.delete(path)
      if (this.#directories.has(path)) this.#dropDirectory(path)
    } else this.#reread(path)
    this.#scheduleFlush()
  }

  #reread(path: string): void {
    const open = this.#isOpen(path)
    if (open || this.knownStat(path)) this.#stats.mark(path, open)
  }

  #isOpen(path: string): boolean {
    for (const subscription of this.#subscriptions) if (subscription.hasNode(path)) return true
    return false
  }

  #isShown(path: string): boolean {
    for (const subscription of this.#subscriptions) if (subscription.hasDirectory(path)) return true
    return false
  }

  #holds(directory: Directory): boolean {
    return this.#directories.get(directory.path) === directory
  }

  #dropDirectory(path: string): void {
    this.#directories.delete(path)
    this.#deltas.drop(path)
    this.#scheduleFlush()
  }

  #settle(directory: Directory): void {
    if (directory.dirty) this.#addDelta(directory.path, directory.settle())
  }

  #addDelta(path: string, delta: ListDelta): void {
    if (delta.created.length + delta.deleted.length === 0) return
    this.#deltas.add(path, delta)
    this.#scheduleFlush()
  }

  /** The first change after a quiet time is delivered at once, later ones together. */
  #scheduleFlush(): void {
    if (this.#flushTimer) return
    const wait = Math.max(0, this.#lastFlush + FLUSH_MS - Date.now())
    this.#flushTimer = setTimeout(() => this.#flush(), wait)
  }

  #flush(): void {
    this.#flushTimer = null
    this.#lastFlush = Date.now()
    for (const directory of this.#directories.values()) this.#settle(directory)
    if (this.#flushTimer) clearTimeout(this.#flushTimer)
    this.#flushTimer = null
    const delivery = { directories: this.#deltas.take(this.#directories), nodes: this.#log.take() }
    for (const subscription of this.#subscriptions) subscription.deliver(delivery)
    if (this.#lastFlush - this.#lastSweep > KEEP_MS) this.sweep()
  }

  /** Forgets directories and stats that nobody looks at and nobody asked for within `keepMs`. */
  sweep(keepMs = KEEP_MS): void {
    this.#lastSweep = Date.now()
    for (const [path, directory] of this.#directories) {
      if (!directory.loaded || directory.lastUsed + keepMs > this.#lastSweep) continue
      if (!this.#isShown(path)) this.#directories.delete(path)
    }
    for (const path of this.#nodeStats.keys()) if (!this.#isOpen(path)) this.#nodeStats.delete(path)
  }
}
