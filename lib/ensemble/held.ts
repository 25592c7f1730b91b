import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import type { Audience } from './audience'
import { ChangeLog } from './change-log'
import type { Directory, ListDelta } from './directory'
import { ListDeltas, MAX_NAMED } from './list-deltas'
import { type Differences, tellDifference } from './resync'
import type { Older } from './rollback-proof'
import { lowerBound } from './sorted-names'

/** The longest a change waits for its delivery, and so the most deliveries a second: 20. */
const FLUSH_MS = 50
/** A directory that nobody looks at any more is kept this long. */
const KEEP_MS = 60_000

/**
 * What is known of one ensemble at one time of its history, and the changes to it on their way to the audience. When an
 * ensemble goes back in time it is discarded as a whole, so that nothing that was read before can come in again.
 */
export class Held implements Differences {
  readonly directories = new Map<string, Directory>()
  readonly #nodeStats = new Map<string, Stat>()
  /** Open znodes that were found deleted: when they are read again they have been created. */
  readonly #gone = new Set<string>()
  readonly #log = new ChangeLog()
  readonly #deltas = new ListDeltas()
  #flushTimer: NodeJS.Timeout | null = null
  #lastFlush = 0
  #lastSweep = Date.now()
  #discarded = false

  /** @param onOlder hears of a proof that what is held is void; it discards this, and so hears of no other */
  constructor(
    private readonly audience: Audience,
    private readonly onOlder: (proof: Older) => void,
  ) {}

  /** Nothing of it is told to anybody any more. */
  discard(): void {
    this.#discarded = true
    if (this.#flushTimer) clearTimeout(this.#flushTimer)
  }

  /** Of a row. The root is nobody's row. */
  rowStat(path: string): Stat | undefined {
    return path === '/' ? undefined : this.directories.get(parentOf(path))?.stats.get(nameOf(path))
  }

  /** The rows that somebody has on the screen and whose stat is known. */
  *rows(): Iterable<string> {
    for (const directory of this.shown()) {
      for (const name of directory.stats.keys()) yield joinPath(directory.path, name)
    }
  }

  /** Directories that somebody looks at. */
  shown(): Directory[] {
    return [...this.directories.values()].filter(({ loaded, path }) => loaded && this.audience.lists(path))
  }

  openStats(): Map<string, Stat> {
    return new Map([...this.#nodeStats].filter(([path]) => this.audience.opens(path)))
  }

  /** Remembers a stat without a word. */
  hold(path: string, stat: Stat): void {
    if (path !== '/') this.directories.get(parentOf(path))?.keepStat(nameOf(path), stat)
    if (this.audience.opens(path)) this.#nodeStats.set(path, stat)
  }

  /** Remembers a stat and tells it to those who have the znode on the screen. */
  keep(path: string, stat: Stat): void {
    this.hold(path, stat)
    this.#log.addStat(path, stat)
    this.scheduleFlush()
  }

  /** What was read of a znode, null when it is not there: what has changed since it was known is told. */
  observe(path: string, stat: Stat | null): void {
    const before = this.#known(path)
    if (stat === null) this.#observeGone(path, before)
    else if (before !== undefined) tellDifference(path, before, stat, this)
    else if (this.#gone.delete(path)) this.#told(path, 'created', stat)
    else this.hold(path, stat)
  }

  changed(path: string, kind: 'changed' | 'recreated', stat: Stat): void {
    const known = this.#known(path)
    // Read and told in the meantime by somebody else.
    if (known !== undefined && known.czxid === stat.czxid && known.mzxid === stat.mzxid) return
    this.#told(path, kind, stat)
  }

  restat(path: string, stat: Stat): void {
    this.keep(path, stat)
  }

  /** The next audit begins with others: what is kept again goes to the end. */
  same(path: string, stat: Stat): void {
    this.hold(path, stat)
  }

  deleted(path: string): void {
    // Else its event has come meanwhile, and has been told.
    if (this.#nodeStats.delete(path)) this.#log.add(path, 'deleted', null)
    if (this.audience.opens(path)) this.#gone.add(path)
  }

  older(proof: Older): void {
    if (!this.#discarded) this.onOlder(proof)
  }

  gone(directory: Directory): void {
    if (this.directories.get(directory.path) === directory) this.drop(directory.path)
  }

  /** Known by its outcome only, so without a zxid. */
  listed(directory: Directory, delta: ListDelta): void {
    const { path } = directory
    if (this.directories.get(path) !== directory) return
    this.#addDelta(path, delta)
    for (const name of delta.created.slice(0, MAX_NAMED)) this.#log.add(joinPath(path, name), 'created', null)
    for (const name of delta.deleted.slice(0, MAX_NAMED)) this.#log.add(joinPath(path, name), 'deleted', null)
  }

  /** Logs an event of a znode itself, and of the list that it stands in. */
  event(path: string, type: 'created' | 'changed' | 'deleted', zxid: bigint | null): void {
    this.#log.add(path, type, zxid)
    if (path !== '/' && type !== 'changed') {
      this.directories.get(parentOf(path))?.change(nameOf(path), type === 'created', zxid)
    }
    if (type === 'deleted') {
      this.#nodeStats.delete(path)
      if (this.directories.has(path)) this.drop(path)
    }
    this.scheduleFlush()
  }

  /** A directory is gone, or cannot be read any more. */
  drop(path: string): void {
    this.directories.delete(path)
    this.#deltas.drop(path)
    this.scheduleFlush()
  }

  /** Merges the events that came into the list. */
  settle(directory: Directory): void {
    if (directory.dirty) this.#addDelta(directory.path, directory.settle())
  }

  /** The first change after a quiet time is delivered at once, later ones together. */
  scheduleFlush(): void {
    if (this.#flushTimer || this.#discarded) return
    const wait = Math.max(0, this.#lastFlush + FLUSH_MS - Date.now())
    this.#flushTimer = setTimeout(() => this.flush(), wait)
  }

  flush(): void {
    if (this.#discarded) return
    this.#lastFlush = Date.now()
    for (const directory of this.directories.values()) this.settle(directory)
    if (this.#flushTimer) clearTimeout(this.#flushTimer)
    this.#flushTimer = null
    this.audience.deliver({ directories: this.#deltas.take(this.directories), nodes: this.#log.take() })
    if (this.#lastFlush - this.#lastSweep > KEEP_MS) this.sweep()
  }

  /** Forgets directories and stats that nobody looks at and nobody asked for within `keepMs`. */
  sweep(keepMs = KEEP_MS): void {
    this.#lastSweep = Date.now()
    for (const [path, directory] of this.directories) {
      if (!directory.loaded || directory.lastUsed + keepMs > this.#lastSweep) continue
      if (!this.audience.lists(path)) this.directories.delete(path)
    }
    for (const path of this.#nodeStats.keys()) if (!this.audience.opens(path)) this.#nodeStats.delete(path)
    for (const path of this.#gone) if (!this.audience.opens(path)) this.#gone.delete(path)
  }

  #known(path: string): Stat | undefined {
    return this.rowStat(path) ?? this.#nodeStats.get(path)
  }

  #observeGone(path: string, before: Stat | undefined): void {
    const directory = path === '/' ? undefined : this.directories.get(parentOf(path))
    // Of a row that its list has lost already it has been told.
    const isNews = directory?.loaded === true ? has(directory.names, nameOf(path)) : before !== undefined
    this.#nodeStats.delete(path)
    if (this.audience.opens(path)) this.#gone.add(path)
    // Its stat may have come before its directory's list: nobody would ever take it away.
    directory?.stats.delete(nameOf(path))
    if (!isNews) return
    directory?.lose(nameOf(path))
    // At once: a list that is being read may hold it again, and then it has been created.
    if (directory?.isBeingListed) this.settle(directory)
    this.#log.add(path, 'deleted', null)
    this.scheduleFlush()
  }

  #told(path: string, kind: 'created' | 'changed' | 'recreated', stat: Stat): void {
    this.#log.add(path, kind, kind === 'changed' ? stat.mzxid : stat.czxid)
    this.keep(path, stat)
  }

  #addDelta(path: string, delta: ListDelta): void {
    if (delta.created.length + delta.deleted.length === 0) return
    this.#deltas.add(path, delta)
    this.scheduleFlush()
  }
}

function has(sorted: readonly string[], name: string): boolean {
  return sorted[lowerBound(sorted, name)] === name
}
