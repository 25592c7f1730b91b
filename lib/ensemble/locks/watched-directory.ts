import { nameOf } from '@/lib/znode/path'
import { compareBySequence } from '@/lib/znode/sequence'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import { estimateListing } from '@/lib/zookeeper/reply-limits'
import type { Session, WatchEvent } from '@/lib/zookeeper/session'
import { type ChildRead, ChildReader } from './child-reader'
import type { DirectoryLink, WatchedChild } from './directory-link'
import type { Pace } from './pace'
import { MAX_DIRECTORY_DATA } from './read-layout'

/** Of more children than this none is watched one by one: no lock has them. */
const MAX_WATCHED_CHILDREN = 50_000
/** A children's list that is longer than this goes over the bulk session, where it delays no event. */
const LONG_LIST = 10_000

/**
 * A directory whose every event counts: its children with their owners and data, each read once, and the stat of the
 * directory, carried on from event to event. Answers and events of the live session come in their order, so that what is
 * read on it and the events after it fit together without a hole.
 */
export class WatchedDirectory {
  exists = false
  stat: Stat | null = null
  data: Uint8Array | null = null
  readonly children = new Map<string, WatchedChild>()
  /** Children that were told of and have not been read, in the order of their reading: the head of a queue first. */
  readonly #unread = new Set<WatchedChild>()
  /** A reading of the list that is under way, and what was told of the names meanwhile. */
  #listing: Map<string, boolean> | null = null
  #reading: Promise<void> | null = null
  #listed = false
  #closed = false
  readonly #reader: ChildReader

  constructor(
    readonly path: string,
    private readonly link: DirectoryLink,
    pace: Pace,
  ) {
    this.#reader = new ChildReader(pace)
  }

  /** Its list, the znodes in it included, is what the ensemble holds. */
  get settled(): boolean {
    return this.#listed && this.#unread.size === 0 && this.#reading === null
  }

  /** Resolves when all children that are known have been read, as far as they can be now. */
  whenRead(): Promise<void> {
    return this.#readChildren()
  }

  close(): void {
    this.#closed = true
    this.#listing = null
    this.#unread.clear()
  }

  /** An event of the directory, or of one of its children. */
  onEvent({ type, path, zxid }: WatchEvent, at: number): void {
    if (path === this.path) this.#onOwnEvent(type, at)
    else if (type === 'changed') this.#onChanged(nameOf(path))
    else if (type === 'created') {
      this.#appear(nameOf(path), at, zxid)
      void this.#readChildren()
    } else if (type === 'deleted') this.#vanish(nameOf(path), at)
    this.link.changed()
  }

  /** The connection broke: what is being read now has a hole. */
  lose(): void {
    this.#listing = null
    this.#listed = false
  }

  /**
   * Reads the list, and tells what differs from what was known. `at`: when it was told that something differs, where no
   * event tells what; null: nobody knows since when.
   * @throws ZooKeeperError when the connection breaks; ReplyTooLarge, NoAuth
   */
  async list(at: number | null = null): Promise<void> {
    const listing = new Map<string, boolean>()
    this.#listing = listing
    const live = this.link.live()
    const before = await live.exists(this.path)
    if (before !== null && before.numChildren > MAX_WATCHED_CHILDREN) {
      throw new ZooKeeperError('ReplyTooLarge', { path: this.path })
    }
    const read = before === null ? null : await this.#getNames(live, before.numChildren)
    if (this.#listing !== listing || this.#closed) return
    this.#listing = null
    if (read === null) this.#absent(at)
    else this.#replace(read.names, read.stat, listing, at)
    this.#listed = true
    this.link.changed()
    await this.#readOwnData()
    void this.#readChildren()
  }

  /** Reads the directory's own stat. Resolves with false when its list is not what was told: {@link list} is wanted. */
  async restat(): Promise<boolean> {
    if (!this.#listed) return this.#listing !== null
    const stat = await this.link.live().exists(this.path)
    // What a server refused for a while.
    void this.#readChildren()
    if (stat === null) return !this.exists
    if (!this.exists || stat.numChildren !== this.children.size || stat.czxid !== this.stat?.czxid) return false
    this.stat = stat
    return true
  }

  async #getNames(live: Session, count: number): Promise<{ names: readonly string[]; stat: Stat } | null> {
    const long = count > LONG_LIST
    const session = long ? this.link.bulk() : live
    try {
      // The server of the other session may be behind the one whose events we have seen.
      if (long) await session.sync(this.path, { timeoutMs: 60_000 })
      return await session.getChildren(this.path, { expectedReplyBytes: estimateListing(count) })
    } catch (error) {
      if (isZooKeeperError(error) && error.code === 'NoNode') return null
      throw error
    }
  }

  #absent(at: number | null): void {
    for (const name of [...this.children.keys()]) this.#vanish(name, at)
    if (this.exists) this.link.happened({ kind: 'vanished', name: null, at })
    this.exists = false
    this.stat = null
    this.data = null
  }

  #replace(listed: readonly string[], stat: Stat, told: ReadonlyMap<string, boolean>, at: number | null): void {
    // Made again while nobody looked: nothing in it is what it was, whatever it is called.
    const isOther = this.exists && this.stat !== null && this.stat.czxid !== stat.czxid
    if (isOther) this.#absent(at)
    if (!this.exists) this.link.happened({ kind: 'appeared', name: null, at })
    this.exists = true
    const names = new Set(listed)
    for (const [name, present] of told) {
      if (present) names.add(name)
      else names.delete(name)
    }
    for (const name of [...this.children.keys()]) if (!names.has(name)) this.#vanish(name, at)
    // Whoever was there before a break may be another znode of the same name: read again, its czxid tells.
    for (const child of this.children.values()) this.#mark(child)
    for (const name of [...names].sort(compareBySequence)) if (!this.children.has(name)) this.#appear(name, at, null)
    this.stat = stat
  }

  #onOwnEvent(type: WatchEvent['type'], at: number): void {
    if (type === 'created') {
      this.exists = true
      this.stat = null
      this.data = null
      this.link.happened({ kind: 'appeared', name: null, at })
      void this.#readOwn()
    } else if (type === 'deleted') {
      for (const name of [...this.children.keys()]) this.#vanish(name, at)
      this.exists = false
      this.stat = null
      this.data = null
      this.link.happened({ kind: 'vanished', name: null, at })
    } else if (type === 'changed') void this.#readOwn()
  }

  #onChanged(name: string): void {
    const child = this.children.get(name)
    if (child === undefined) return
    child.changes++
    this.#mark(child)
    void this.#readChildren()
  }

  #appear(name: string, at: number | null, zxid: bigint | null): void {
    this.#listing?.set(name, true)
    if (this.children.has(name)) return
    const child: WatchedChild = { name, czxid: zxid, stat: null, data: null, read: false, changes: 0 }
    this.children.set(name, child)
    this.#mark(child)
    this.#count(1, zxid)
    this.link.happened({ kind: 'appeared', name, at })
  }

  #vanish(name: string, at: number | null): void {
    this.#listing?.set(name, false)
    const child = this.children.get(name)
    if (child === undefined) return
    this.children.delete(name)
    this.#unread.delete(child)
    this.#count(-1, null)
    this.link.happened({ kind: 'vanished', name, at })
  }

  /** To a client cversion is creates plus deletes of children (DataNode.copyStat). */
  #count(change: 1 | -1, zxid: bigint | null): void {
    const { stat } = this
    if (stat === null) return
    this.stat = {
      ...stat,
      cversion: (stat.cversion + 1) | 0,
      numChildren: stat.numChildren + change,
      pzxid: zxid ?? stat.pzxid,
    }
  }

  #mark(child: WatchedChild): void {
    child.read = false
    this.#unread.add(child)
  }

  #readChildren(): Promise<void> {
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null
      if (!this.#closed) this.link.changed()
    })
    return this.#reading
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#unread.size > 0 && this.#listed && !this.#closed) await this.#readSome()
    } catch {
      // The connection broke: the next one lists again. What a server refuses for now is read with the next event.
    }
  }

  async #readSome(): Promise<void> {
    const some: { readonly child: WatchedChild; readonly changes: number }[] = []
    for (const child of this.#unread) {
      if (some.push({ child, changes: child.changes }) >= this.#reader.batch) break
    }
    const names = some.map(({ child }) => child.name)
    const read = await this.#reader.read(this.link.live(), this.path, names)
    for (const [index, { child, changes }] of some.entries()) {
      // Vanished, made again or changed meanwhile: an event has told it, and it will be read again.
      if (this.children.get(child.name) !== child || child.changes !== changes) continue
      this.#unread.delete(child)
      this.#keep(child, read[index] as ChildRead)
    }
    this.link.changed()
  }

  #keep(child: WatchedChild, { stat, data, gone }: ChildRead): void {
    child.read = true
    if (gone) {
      // Servers that tell of every event have told it before this answer: others leave it to the next list.
      this.#vanish(child.name, null)
      return
    }
    if (stat !== null && child.czxid !== null && child.czxid !== stat.czxid && child.stat !== null) {
      this.link.happened({ kind: 'vanished', name: child.name, at: null })
      this.link.happened({ kind: 'appeared', name: child.name, at: null })
    }
    child.czxid = stat?.czxid ?? child.czxid
    child.stat = stat
    child.data = data
  }

  async #readOwn(): Promise<void> {
    try {
      const stat = await this.link.live().exists(this.path)
      if (stat === null || !this.exists || this.#closed) return
      this.stat = stat
      await this.#readOwnData()
    } catch {
      // The next connection lists again.
    }
  }

  async #readOwnData(): Promise<void> {
    const { stat } = this
    if (stat === null || stat.dataLength === 0 || stat.dataLength > MAX_DIRECTORY_DATA) {
      this.data = null
      return
    }
    try {
      this.data = (await this.link.live().getData(this.path)).data
    } catch (error) {
      if (!isZooKeeperError(error) || (error.code !== 'NoAuth' && error.code !== 'NoNode')) throw error
      this.data = null
    }
    if (!this.#closed) this.link.changed()
  }
}
