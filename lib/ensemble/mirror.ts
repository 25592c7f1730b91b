import type { DirectoryDelta } from '@/lib/live/protocol'
import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import type { Session, WatchEvent } from '@/lib/zookeeper/session'
import { ChangeLog } from './change-log'
import { Directory, type ListDelta } from './directory'
import { listDirectory } from './list-directory'
import { compareWithEnsemble } from './resync'
import { StatReader } from './stat-reader'
import { type ChangeSink, Subscription } from './subscription'

/** The longest a change waits for its delivery, and so the most deliveries a second: 20. */
const FLUSH_MS = 50
/** A directory that nobody looks at any more is kept this long, its watch costs nothing. */
const KEEP_MS = 60_000
/** A delta names at most this many children; `more` says that there are others. */
const MAX_NAMED = 100

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
  readonly #deltas = new Map<string, ListDelta>()
  readonly #gone = new Set<string>()
  readonly #stats: StatReader
  #watch: Promise<unknown> = Promise.resolve()
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
    this.#watch = session.addWatch('/', 'recursive', (event) => this.#onEvent(event))
    // Whoever needs the watch awaits it; without a listener a refused watch would end the process.
    this.#watch.catch(() => undefined)
  }

  subscribe(sink: ChangeSink): Subscription {
    const subscription = new Subscription(sink)
    this.#subscriptions.add(subscription)
    return subscription
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscriptions.delete(subscription)
  }

  get idle(): boolean {
    return this.#subscriptions.size === 0
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

  /** The stat of a row, if it is known to be current. */
  knownStat(path: string): Stat | undefined {
    return this.#directories.get(parentOf(path))?.stats.get(nameOf(path))
  }

  /** Remembers a stat that was read on the live session, and tells those who have the znode on the screen. */
  keepStat(path: string, stat: Stat): void {
    this.#directories.get(parentOf(path))?.keepStat(nameOf(path), stat)
    if (this.#isOpen(path)) this.#nodeStats.set(path, stat)
    this.#log.addStat(path, stat)
    this.#scheduleFlush()
  }

  /** Like {@link keepStat}, for somebody who asked for it: the answer carries it, there is nothing to tell. */
  rememberStat(path: string, stat: Stat): void {
    this.#directories.get(parentOf(path))?.keepStat(nameOf(path), stat)
    if (this.#isOpen(path)) this.#nodeStats.set(path, stat)
  }

  /**
   * A new connection: everything that somebody looks at is read again and compared.
   * Resolves with the number of directories compared; rejects when the connection breaks meanwhile.
   */
  async resync(): Promise<number> {
    const generation = ++this.#generation
    this.syncing = true
    this.#stats.clear()
    this.#sweep(0)
    try {
      await this.#watch
      const open = new Map([...this.#nodeStats].filter(([path]) => this.#isOpen(path)))
      const directories = [...this.#directories.values()].filter((directory) => directory.loaded)
      await compareWithEnsemble(this.sessions, directories, open, {
        listed: (directory, delta) => this.#reportListed(directory.path, delta),
        gone: (directory) => this.#dropDirectory(directory.path),
        changed: (path, kind, stat) => {
          this.#log.add(path, kind, kind === 'changed' ? stat.mzxid : stat.czxid)
          this.keepStat(path, stat)
        },
        restat: (path, stat) => this.keepStat(path, stat),
        deleted: (path) => this.#log.add(path, 'deleted', null),
      })
      if (generation === this.#generation) this.syncing = false
      return directories.length
    } finally {
      this.#scheduleFlush()
    }
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
    await this.#watch
    const directory = new Directory(path)
    this.#directories.set(path, directory)
    try {
      await listDirectory(this.sessions, directory)
      return directory
    } catch (error) {
      this.#directories.delete(path)
      throw error
    }
  }

  #onEvent({ type, path, zxid }: WatchEvent): void {
    if (type === 'children') return
    this.#log.add(path, type, zxid)
    if (path !== '/') {
      const parent = parentOf(path)
      if (type !== 'changed') {
        this.#directories.get(parent)?.change(nameOf(path), type === 'created')
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

  #dropDirectory(path: string): void {
    this.#directories.delete(path)
    this.#deltas.delete(path)
    this.#gone.add(path)
    this.#scheduleFlush()
  }

  #settle(directory: Directory): void {
    if (directory.dirty) this.#addDelta(directory.path, directory.settle())
  }

  #addDelta(path: string, delta: ListDelta): void {
    if (delta.created.length + delta.deleted.length === 0) return
    const before = this.#deltas.get(path)
    if (before) {
      before.created.push(...delta.created.slice(0, MAX_NAMED + 1))
      before.deleted.push(...delta.deleted.slice(0, MAX_NAMED + 1))
    } else this.#deltas.set(path, { created: [...delta.created], deleted: [...delta.deleted] })
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
    const delivery = { directories: this.#takeDeltas(), nodes: this.#log.take() }
    for (const subscription of this.#subscriptions) subscription.deliver(delivery)
    if (this.#lastFlush - this.#lastSweep > KEEP_MS) this.#sweep(KEEP_MS)
  }

  #takeDeltas(): DirectoryDelta[] {
    const deltas: DirectoryDelta[] = []
    for (const [path, { created, deleted }] of this.#deltas) {
      const directory = this.#directories.get(path)
      if (!directory) continue
      deltas.push({
        path,
        revision: directory.revision,
        total: directory.total,
        created: created.slice(0, MAX_NAMED),
        deleted: deleted.slice(0, MAX_NAMED),
        more: created.length > MAX_NAMED || deleted.length > MAX_NAMED,
        gone: false,
      })
    }
    for (const path of this.#gone) {
      if (this.#directories.has(path)) continue
      deltas.push({ path, revision: Date.now() * 1000, total: 0, created: [], deleted: [], more: false, gone: true })
    }
    this.#deltas.clear()
    this.#gone.clear()
    return deltas
  }

  /** Forgets directories and stats that nobody looks at and nobody asked for within `keepMs`. */
  #sweep(keepMs: number): void {
    this.#lastSweep = Date.now()
    for (const [path, directory] of this.#directories) {
      if (!directory.loaded || directory.lastUsed + keepMs > this.#lastSweep) continue
      const wanted = [...this.#subscriptions].some((subscription) => subscription.hasDirectory(path))
      if (!wanted) this.#directories.delete(path)
    }
    for (const path of this.#nodeStats.keys()) if (!this.#isOpen(path)) this.#nodeStats.delete(path)
  }
}
