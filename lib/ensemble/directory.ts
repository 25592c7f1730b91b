import type { ChildSort } from '@/lib/queries/responses'
import { compareBySequence } from '@/lib/znode/sequence'
import type { Stat } from '@/lib/znode/stat'
import { nextRevision } from './revision'
import { sortNames } from './sort-names'
import { applyChanges } from './sorted-names'
import { Turns } from './turns'

/** A row's stat is kept for at most this many children of one directory: what a browser can have on its screens. */
const MAX_STATS = 4096

/** A reading of the list that is under way: the events that came meanwhile go on top of what is read. */
export type Listing = Map<string, boolean>

/** What {@link Directory.settle} found. */
export interface ListDelta {
  readonly created: string[]
  readonly deleted: string[]
}

/**
 * The names of one directory, sorted once and kept current by events, and the stats of the children that somebody has
 * on the screen. Events are collected and merged in one pass, because inserting into a list of a million names one by
 * one costs more than the events of a busy directory leave time for.
 */
export class Directory {
  /** Grows with every change of the list, and from each directory that was at this path to the next. */
  revision = nextRevision()
  /** As far as the list and the events since tell; servers before 3.9 send events without a zxid. */
  pzxid = 0n
  readonly stats = new Map<string, Stat>()
  lastUsed = Date.now()
  /** Changes told so far, by an event or by a new reading of the list. */
  events = 0
  #names: string[] = []
  #bySequence: string[] | null = null
  #filtered: { key: string; names: string[] } | null = null
  #pending = new Map<string, boolean>()
  readonly #listings = new Set<Listing>()
  loaded = false

  constructor(readonly path: string) {}

  /** Applies an event; visible after the next {@link settle}. */
  change(name: string, present: boolean, zxid: bigint | null): void {
    this.events++
    this.#pending.set(name, present)
    for (const listing of this.#listings) listing.set(name, present)
    if (zxid !== null && zxid > this.pzxid) this.pzxid = zxid
    if (!present) this.stats.delete(name)
  }

  /**
   * A child was found not to be there, which no event has told. Unlike an event it does not go on top of a list that is
   * being read: that is answered later, and may hold the child because it was made again.
   */
  lose(name: string): void {
    this.events++
    this.#pending.set(name, false)
    this.stats.delete(name)
  }

  get isBeingListed(): boolean {
    return this.#listings.size > 0
  }

  get dirty(): boolean {
    return this.#pending.size > 0
  }

  beginListing(): Listing {
    const listing: Listing = new Map()
    this.#listings.add(listing)
    return listing
  }

  abandonListing(listing: Listing): void {
    this.#listings.delete(listing)
  }

  /** The event stream was broken: what is being read now has a hole that nobody can fill. */
  abandonListings(): void {
    this.#listings.clear()
  }

  /**
   * Takes over a list of the server, sorted. It may come from another server than the events (the bulk session),
   * and so be older or newer than they are: the events since {@link beginListing} are applied on top, in their order,
   * which ends right because the event stream has no holes. Null when the reading was abandoned meanwhile.
   */
  endListing(listing: Listing, sorted: readonly string[], pzxid: bigint): ListDelta | null {
    if (!this.#listings.delete(listing)) return null
    this.events++
    this.#pending.clear()
    const current = applyChanges(sorted, listing).names
    const delta = this.loaded ? difference(this.#names, current) : { created: [], deleted: [] }
    if (pzxid > this.pzxid) this.pzxid = pzxid
    if (!this.loaded || delta.created.length + delta.deleted.length > 0) this.#replace(current)
    this.loaded = true
    for (const name of delta.deleted) this.stats.delete(name)
    return delta
  }

  /** Merges the collected events into the list. */
  settle(): ListDelta {
    if (this.#pending.size === 0) return { created: [], deleted: [] }
    const { names, created, deleted } = applyChanges(this.#names, this.#pending)
    const bySequence = this.#bySequence && applyChanges(this.#bySequence, this.#pending, compareBySequence).names
    this.#pending.clear()
    if (created.length + deleted.length > 0) {
      this.#replace(names)
      this.#bySequence = bySequence
    }
    return { created, deleted }
  }

  get total(): number {
    return this.#names.length
  }

  /**
   * The sorted list to take a page from; the last sort and filter are kept, as people page through one at a time.
   * In slices: a million names must not keep everybody else waiting.
   */
  async view(sort: ChildSort, filter: string): Promise<readonly string[]> {
    const names = sort === 'name' ? this.#names : await this.#sequence()
    if (filter === '') return names
    const key = `${sort} ${filter}`
    if (this.#filtered?.key === key) return this.#filtered.names
    const { revision } = this
    const filtered = await matching(names, filter)
    if (revision === this.revision) this.#filtered = { key, names: filtered }
    return filtered
  }

  get names(): readonly string[] {
    return this.#names
  }

  keepStat(name: string, stat: Stat): void {
    this.stats.delete(name)
    this.stats.set(name, stat)
    if (this.stats.size > MAX_STATS) {
      const oldest = this.stats.keys().next()
      if (!oldest.done) this.stats.delete(oldest.value)
    }
  }

  #replace(names: string[]): void {
    this.#names = names
    this.#bySequence = null
    this.#filtered = null
    this.revision = nextRevision()
  }

  async #sequence(): Promise<readonly string[]> {
    if (this.#bySequence) return this.#bySequence
    const { revision } = this
    const sorted = await sortNames(this.#names, compareBySequence)
    // The list may have changed while it was sorted; then this answer is as old as its revision says, and is not kept.
    if (revision === this.revision) this.#bySequence = sorted
    return sorted
  }
}

async function matching(names: readonly string[], filter: string): Promise<string[]> {
  const turns = new Turns()
  const needle = filter.toLowerCase()
  const found: string[] = []
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (name.toLowerCase().includes(needle)) found.push(name)
    // Looking at the clock for each name would cost more than the name.
    if (i % 4096 === 4095 && turns.due) await turns.next()
  }
  return found
}

/** Both lists are sorted: one pass, so that a million names can be compared after every reconnect. */
function difference(before: readonly string[], after: readonly string[]): ListDelta {
  const created: string[] = []
  const deleted: string[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const old = before[i]
    const current = after[j]
    if (old === current) {
      i++
      j++
    } else if (current === undefined || (old !== undefined && old < current)) {
      deleted.push(old as string)
      i++
    } else {
      created.push(current)
      j++
    }
  }
  return { created, deleted }
}
