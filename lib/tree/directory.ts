import type { AppError } from '@/lib/znode/app-error'
import { lastWhere } from './last-where'

/** Names are asked for and kept in pages of this many. */
export const PAGE_SIZE = 512

/** Pages kept per directory: 32,768 names, about 2 MB, however long somebody scrolls through a million. */
const MAX_PAGES = 64

/** How far from a vanished name to look for a neighbour that is still there. */
const NEIGHBOURS = 64

export interface Listing {
  /** Grows with every change of the list. */
  readonly revision: number
  readonly total: number
  /** Children without the filter. */
  readonly unfiltered: number
  /** Index of the first name, a multiple of {@link PAGE_SIZE}. */
  readonly from: number
  readonly names: readonly string[]
}

/** A deleted child that keeps its place for a moment. */
interface Tombstone {
  readonly name: string
  /** Stands before the child with this index. */
  readonly before: number
  /** Milliseconds, the clock of whoever calls. */
  readonly until: number
}

/** Something between the plain run of children: a tombstone before child `at`, or the rows of an open child `at`. */
interface Insert {
  readonly at: number
  readonly tombstone: Tombstone | null
  readonly child: Directory | null
  /** Row, counted from the first child's row, of the tombstone or of the first row below the open child. */
  readonly row: number
  readonly height: number
}

/** What stands at a row of a directory, counted from the first row below its own. */
export type Place =
  | { readonly type: 'note'; readonly ordinal: number }
  | { readonly type: 'child'; readonly index: number }
  | { readonly type: 'tombstone'; readonly name: string }
  | { readonly type: 'inside'; readonly child: Directory; readonly row: number }

/** An open directory of the tree: its length, the pages of its names that are loaded, its open children. */
export class Directory {
  revision = -1
  /** Lists older than this are known to be out of date. */
  wanted = -1
  loaded = false
  total = 0
  unfiltered = 0
  /** The last read failed; rows read earlier stay. */
  error: AppError | null = null
  /** Rows to show while nothing is loaded yet. */
  skeletons = 0
  /** Index in the parent's list; a guess when `placed` is false, and then its rows are not shown. */
  index = 0
  placed = true
  readonly children = new Map<string, Directory>()
  readonly #pages = new Map<number, readonly string[]>()
  readonly #dying = new Map<string, number>()
  #tombstones: Tombstone[] = []
  #inserts: readonly Insert[] | null = null

  constructor(
    readonly path: string,
    readonly name: string,
    readonly parent: Directory | null,
  ) {}

  get depth(): number {
    return this.parent === null ? 0 : this.parent.depth + 1
  }

  /** Rows that say something about the list instead of being part of it: loading, empty, error. */
  get notes(): number {
    if (this.error !== null) return 1
    if (!this.loaded) return this.skeletons
    return this.total === 0 && this.#tombstones.length === 0 ? 1 : 0
  }

  /** Rows below the directory's own row. */
  get height(): number {
    const last = this.#layout().at(-1)
    const inserted = last === undefined ? 0 : last.row + last.height - this.#childrenBefore(last)
    return this.notes + this.total + inserted
  }

  nameAt(index: number): string | undefined {
    return this.#pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE]
  }

  hasPage(page: number): boolean {
    return this.#pages.has(page)
  }

  /** All names; null when some are not loaded. */
  names(): readonly string[] | null {
    const names: string[] = []
    for (let page = 0; names.length < this.total; page++) {
      const next = this.#pages.get(page)
      if (next === undefined || next.length === 0) return null
      names.push(...next)
    }
    return names
  }

  /** -1 when no such child is loaded. */
  indexOf(name: string): number {
    for (const [page, names] of this.#pages) {
      const at = names.indexOf(name)
      if (at !== -1) return page * PAGE_SIZE + at
    }
    return -1
  }

  /**
   * Takes a part of the list. A newer list replaces everything at once, so that the rows on the screen are always of one
   * list; open children and tombstones keep their places among their neighbours.
   * @returns open children that exist no more, or null when the list is older than the one that is shown.
   */
  accept(listing: Listing): readonly Directory[] | null {
    if (this.loaded && listing.revision < this.revision) return null
    const replace = !this.loaded || listing.revision !== this.revision || listing.total !== this.total
    if (replace) this.#replace(listing)
    else this.#addPages(listing)
    this.loaded = true
    this.error = null
    this.skeletons = 0
    this.unfiltered = listing.unfiltered
    const removed = this.#settleChildren()
    this.touch()
    return removed
  }

  /** Forgets that it is up to date (another server, filter or order): the next list is taken, whatever its revision. */
  expireList(): void {
    this.revision = -1
    this.wanted = -1
  }

  /** It is out of date: only a list of `wanted` or newer is taken for current, also if an older one is under way. */
  outdateList(wanted = this.wanted): void {
    this.revision = -1
    this.wanted = Math.max(this.wanted, wanted)
  }

  /** These children were deleted: when they leave the list, their rows stay until `until`. */
  bury(names: Iterable<string>, until: number): void {
    for (const name of names) this.#dying.set(name, until)
  }

  /** Ends tombstones whose time has come. @returns whether a row went. */
  exhume(now: number): boolean {
    for (const [name, until] of this.#dying) if (until <= now) this.#dying.delete(name)
    const left = this.#tombstones.filter((tombstone) => tombstone.until > now)
    if (left.length === this.#tombstones.length) return false
    this.#tombstones = left
    this.touch()
    return true
  }

  /** When the next tombstone ends; Infinity without one. */
  get nextExhumation(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#tombstones.map((tombstone) => tombstone.until))
  }

  /** Drops the pages farthest from `index` when there are too many. */
  trim(index: number): void {
    if (this.#pages.size <= MAX_PAGES) return
    const page = Math.floor(index / PAGE_SIZE)
    const byDistance = [...this.#pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page))
    for (const far of byDistance.slice(0, this.#pages.size - MAX_PAGES / 2)) this.#pages.delete(far)
  }

  /** What stands at `row`, 0 <= row < height. */
  placeAt(row: number): Place {
    if (row < this.notes) return { type: 'note', ordinal: row }
    const at = row - this.notes
    const insert = lastWhere(this.#layout(), (candidate) => candidate.row <= at)
    if (insert === undefined) return { type: 'child', index: at }
    const within = at - insert.row
    if (insert.tombstone !== null && within === 0) return { type: 'tombstone', name: insert.tombstone.name }
    if (insert.child !== null && within < insert.height) return { type: 'inside', child: insert.child, row: within }
    return { type: 'child', index: this.#childrenBefore(insert) + within - insert.height }
  }

  /** The row of a child, counted from the first row below the directory's own. */
  rowOf(index: number): number {
    const before = lastWhere(this.#layout(), (i) => (i.tombstone === null ? i.at < index : i.at <= index))
    if (before === undefined) return this.notes + index
    return this.notes + before.row + before.height + index - this.#childrenBefore(before)
  }

  /** The row of a tombstone, -1 when there is none of that name. */
  rowOfTombstone(name: string): number {
    const insert = this.#layout().find((candidate) => candidate.tombstone?.name === name)
    return insert === undefined ? -1 : this.notes + insert.row
  }

  /** Its height has changed: so has everybody's above. */
  touch(): void {
    this.#inserts = null
    this.parent?.touch()
  }

  #childrenBefore(insert: Insert): number {
    return insert.tombstone === null ? insert.at + 1 : insert.at
  }

  #layout(): readonly Insert[] {
    if (this.#inserts !== null) return this.#inserts
    const open = [...this.children.values()].filter((child) => child.placed)
    const found = [
      ...this.#tombstones.map((tombstone) => ({ at: tombstone.before, tombstone, child: null, height: 1 })),
      ...open.map((child) => ({ at: child.index, tombstone: null, child, height: child.height })),
    ].sort((a, b) => a.at - b.at || Number(b.tombstone !== null) - Number(a.tombstone !== null))
    let inserted = 0
    this.#inserts = found.map((item) => {
      const row = item.at + inserted + (item.tombstone === null ? 1 : 0)
      inserted += item.height
      return { ...item, row }
    })
    return this.#inserts
  }

  #addPages(listing: Listing): void {
    for (let start = 0; start < listing.names.length; start += PAGE_SIZE) {
      this.#pages.set((listing.from + start) / PAGE_SIZE, listing.names.slice(start, start + PAGE_SIZE))
    }
  }

  #replace(listing: Listing): void {
    const fresh = new Map(listing.names.map((name, i) => [name, listing.from + i]))
    const current = listing.revision >= this.wanted
    if (current) for (const name of listing.names) this.#dying.delete(name)
    const margin = PAGE_SIZE
    const vanished = this.#tombstones.filter((tombstone) => !fresh.has(tombstone.name))
    const buried = new Set(vanished.map((tombstone) => tombstone.name))
    for (let i = Math.max(0, listing.from - margin); i < listing.from + listing.names.length + margin; i++) {
      const name = this.nameAt(i)
      const until = name === undefined ? undefined : this.#dying.get(name)
      if (name === undefined || until === undefined || fresh.has(name) || buried.has(name)) continue
      vanished.push({ name, before: i, until })
    }
    // Stable: older tombstones stand before a child at the same index that dies now.
    this.#tombstones = vanished
      .sort((a, b) => a.before - b.before)
      .map((tombstone) => ({ ...tombstone, before: this.#placeAmong(fresh, tombstone.before) }))
      .filter((tombstone) => tombstone.before !== -1)
    this.#pages.clear()
    this.#addPages(listing)
    this.revision = listing.revision
    this.total = listing.total
  }

  /** Where in the fresh list something stands that stood before old child `index`: by its nearest surviving neighbour. */
  #placeAmong(fresh: ReadonlyMap<string, number>, index: number): number {
    for (let i = index; i < index + NEIGHBOURS; i++) {
      const at = fresh.get(this.nameAt(i) ?? '')
      if (at !== undefined) return at
    }
    for (let i = index - 1; i >= Math.max(0, index - NEIGHBOURS); i--) {
      const at = fresh.get(this.nameAt(i) ?? '')
      if (at !== undefined) return at + 1
    }
    return fresh.size === 0 ? 0 : -1
  }

  #settleChildren(): readonly Directory[] {
    const complete = [...this.#pages.values()].reduce((sum, names) => sum + names.length, 0) >= this.total
    // What a filter hides is still there, and open again when the filter ends.
    const filtered = this.total < this.unfiltered
    const removed: Directory[] = []
    for (const child of [...this.children.values()]) {
      const index = this.indexOf(child.name)
      if (index !== -1) {
        child.index = index
        child.placed = true
      } else if ((complete && !filtered) || (this.#dying.has(child.name) && this.revision >= this.wanted)) {
        this.children.delete(child.name)
        removed.push(child)
      } else {
        // Not among the loaded names: it keeps its place as long as no loaded name contradicts.
        child.index = Math.min(child.index, this.total - 1)
        child.placed = child.placed && !complete && this.nameAt(child.index) === undefined
      }
    }
    return removed
  }
}
