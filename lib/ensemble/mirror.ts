import type { Limitation, Liveness } from '@/lib/live/protocol'
import { parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session, WatchEvent, WatchListener } from '@/lib/zookeeper/session'
import { Audience } from './audience'
import { Directory } from './directory'
import { Held } from './held'
import { listDirectory } from './list-directory'
import { CANNOT_BE_LISTED, compareOldest, compareReplaced, compareWithEnsemble, findStale } from './resync'
import type { Older } from './rollback-proof'
import { RootWatch } from './root-watch'
import { ShownWatches } from './shown-watches'
import { StatReader } from './stat-reader'
import type { ChangeSink, Subscription } from './subscription'

/** A list is read so often before its reader is told that the connection does not hold. */
const MAX_LOADS = 3

export interface Sessions {
  /** Carries the watch, and every read that must be in order with its events. */
  live(): Session
  /** Carries long listings, so that they delay neither an event nor a ping. */
  bulk(): Session
}

export interface MirrorListener {
  /** {@link Mirror.liveness} is another. */
  livenessChanged(): void
  /** What was told until now may not be true: {@link Mirror.resync} is wanted. */
  compareAgain(): void
  /** The ensemble went back in time, as a znode proves: {@link Mirror.clear} is wanted at once. */
  wentBack(proof: Older): void
}

/**
 * The server's live copy of what somebody is looking at. One recursive watch on the root brings every change in order:
 * one watch is the smallest load on the ensemble, and collapsed folders can say that something below them changed.
 * ZooKeeper does not replay what happened while a connection was down, so each new connection reads everything shown
 * again and compares (PersistentRecursiveWatcherTest.testDisconnect promises no more than that the watch works again).
 * Where a server has no recursive watches that work, one-shot watches on what is shown take their place.
 */
export class Mirror {
  readonly #audience = new Audience()
  #held: Held
  readonly #loading = new Map<string, Promise<Directory>>()
  readonly #stats = new StatReader((path) => this.#readStat(path))
  readonly #watch: RootWatch
  readonly #shown: ShownWatches
  readonly #taps = new Set<WatchListener>()
  #resynced: Promise<unknown> = Promise.resolve()
  #generation = 0
  #session: Session | null = null
  syncing = false

  constructor(
    private readonly sessions: Sessions,
    private readonly listener: MirrorListener,
  ) {
    this.#held = this.#holdNothing()
    this.#watch = new RootWatch(
      (event) => {
        if (!this.#shown.isActive) for (const tap of this.#taps) tap(event)
        this.#onEvent(event)
      },
      () => listener.compareAgain(),
    )
    this.#shown = new ShownWatches({
      directories: () => this.#held.shown(),
      nodes: () => this.#audience.nodes,
      rows: () => this.#held.rows(),
      relist: (directory) => this.#relist(directory),
      reread: (path) => this.#reread(path),
      reachChanged: () => listener.livenessChanged(),
    })
  }

  /** Takes a new live session; what was mirrored through an older one is compared when it connects. */
  attach(session: Session): void {
    this.#session = session
    this.#watch.attach(session)
  }

  /**
   * Hears every event of the recursive watch at once and in order, before it is merged with others for delivery. Silent
   * while {@link liveness} is less than 'every change'. Returns a function that removes the listener.
   */
  tap(listener: WatchListener): () => void {
    this.#taps.add(listener)
    return () => this.#taps.delete(listener)
  }

  subscribe(sink: ChangeSink): Subscription {
    return this.#audience.subscribe(sink)
  }

  unsubscribe(subscription: Subscription): void {
    this.#audience.unsubscribe(subscription)
  }

  /** Nobody looks at anything. */
  get idle(): boolean {
    return this.#audience.isEmpty
  }

  get liveness(): Liveness {
    if (!this.#shown.isActive) return 'every change'
    return this.#shown.isPolling ? 'polled in part' : 'shown only'
  }

  /** Why it is less than every change. */
  get limitation(): Limitation | null {
    return this.#shown.isActive ? this.#watch.limitation : null
  }

  /** Resolves when what is held has been compared with the ensemble, as far as that goes now. */
  async settled(): Promise<void> {
    await this.#resynced.catch(() => undefined)
  }

  /** The directory with all names known and current. @throws ZooKeeperError when it cannot be listed. */
  async directory(path: string): Promise<Directory> {
    const held = this.#held
    const known = held.directories.get(path)
    if (known?.loaded) {
      known.lastUsed = Date.now()
      held.settle(known)
      if (this.#shown.isActive && this.#session?.info.status === 'connected') await this.#shown.current(known)
      if (this.#held.directories.get(path) === known) return known
    }
    const loading = this.#loading.get(path)
    if (loading !== undefined) return loading
    const load = this.#load(path).finally(() => this.#loading.delete(path))
    this.#loading.set(path, load)
    return load
  }

  /** The stat of a row, if it is known to be current: one-shot watches do not tell of children made below it. */
  knownStat(path: string): Stat | undefined {
    return this.#shown.isActive || this.#stats.isWaiting(path) ? undefined : this.#held.rowStat(path)
  }

  /** Remembers a stat that was read on the live session, and tells those who have the znode on the screen. */
  keepStat(path: string, stat: Stat): void {
    if (this.#shown.isActive) this.#held.observe(path, stat)
    else this.#held.keep(path, stat)
  }

  /**
   * Like {@link keepStat}, for somebody who asked for it: the answer carries it, there is nothing to tell.
   * @param stat null when there is no such znode
   */
  rememberStat(path: string, stat: Stat | null): void {
    if (this.#shown.isActive) {
      // No event has told what others look at: it is found by comparing, whoever asked.
      this.#held.observe(path, stat)
      this.#shown.ask(path)
    } else if (stat) this.#held.hold(path, stat)
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
    const held = this.#held
    this.syncing = true
    this.#stats.clear()
    for (const directory of held.directories.values()) directory.abandonListings()
    held.sweep(0)
    try {
      await this.ready()
      const directories = [...held.directories.values()].filter((directory) => directory.loaded)
      await compareWithEnsemble(this.sessions, directories, held.openStats(), held, this.#setsWatch)
      if (generation === this.#generation) this.syncing = false
      return directories.length
    } finally {
      // At once: whoever hears that all has been compared must have heard what was found.
      held.flush()
    }
  }

  /**
   * Looks whether what is shown still is what the ensemble holds, and reads again what is not. Events alone do not tell
   * everything: of another ACL there is none, servers since 3.8.4 and 3.9.2 keep back those of znodes that we may not
   * read, and a server whose database was restored under it has forgotten our watch (ZooKeeperServer.restoreFromSnapshot).
   * Resolves with the number of lists that were wrong, a forgotten watch counted as one.
   */
  async audit(): Promise<number> {
    if (this.syncing) return 0
    const held = this.#held
    if (!(await this.#watch.verify())) {
      await compareReplaced(this.sessions, held.shown(), held)
      if (held === this.#held) await this.resync()
      return 1
    }
    const shown = held.shown()
    const stale = await findStale(this.sessions, shown, (directory) => held.settle(directory))
    await compareWithEnsemble(this.sessions, stale, held.openStats(), held, this.#setsWatch)
    await compareOldest(this.sessions, shown, held)
    return stale.length
  }

  /** Nothing is known any more: the ensemble went back in time, or nobody looks at it. */
  clear(): void {
    this.#held.discard()
    this.#held = this.#holdNothing()
    this.#generation++
    this.#loading.clear()
    this.#stats.clear()
  }

  /** The live session is closed, and no other takes its place for now. */
  detach(): void {
    this.#session = null
    this.#shown.stop()
  }

  sweep(): void {
    this.#held.sweep()
  }

  #holdNothing(): Held {
    return new Held(this.#audience, (proof) => this.listener.wentBack(proof))
  }

  /** Resolves when it is known how this connection tells of changes: what is read after that misses none. @throws ZooKeeperError */
  async ready(): Promise<void> {
    await this.#watch.ready()
    if (this.#session !== null) this.#shown.use(this.#session, this.#watch.reach === 'one-shot')
  }

  async #load(path: string): Promise<Directory> {
    for (let attempt = 1; ; attempt++) {
      const generation = this.#generation
      const { directories } = this.#held
      await this.ready()
      const directory = new Directory(path)
      directories.set(path, directory)
      const ours = (): boolean => this.#held.directories.get(path) === directory
      try {
        await listDirectory(this.sessions, directory, this.#setsWatch(directory))
      } catch (error) {
        if (ours()) directories.delete(path)
        throw error
      }
      // Read across a broken link, or deleted and made again meanwhile: no event will ever mend this list.
      if (directory.loaded && ours() && generation === this.#generation) return directory
      if (ours()) directories.delete(path)
      if (attempt === MAX_LOADS) throw new ZooKeeperError('ConnectionLoss', { path })
    }
  }

  readonly #setsWatch = (directory: Directory): boolean =>
    this.#shown.wantsList(directory) && this.#audience.lists(directory.path)

  async #relist(directory: Directory): Promise<void> {
    const held = this.#held
    held.settle(directory)
    try {
      const delta = await listDirectory(this.sessions, directory, this.#setsWatch(directory))
      if (delta !== null) held.listed(directory, delta)
    } catch (error) {
      if (!isZooKeeperError(error) || !CANNOT_BE_LISTED.has(error.code)) throw error
      held.gone(directory)
    }
  }

  #onEvent({ type, path, zxid }: WatchEvent): void {
    if (type === 'children' || this.#shown.isActive) return
    this.#held.event(path, type, zxid)
    if (path !== '/' && type !== 'changed') this.#reread(parentOf(path))
    if (type !== 'deleted') this.#reread(path)
  }

  #reread(path: string): void {
    const open = this.#audience.opens(path)
    if (open || this.#held.rowStat(path)) this.#stats.mark(path, open)
  }

  async #readStat(path: string): Promise<void> {
    const held = this.#held
    const live = this.sessions.live()
    const stat = await (this.#shown.wantsStat(path) ? live.oneShot.exists(path) : live.exists(path))
    if (this.#shown.isActive) held.observe(path, stat)
    else if (stat) held.keep(path, stat)
  }
}
