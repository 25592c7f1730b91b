import type { ChildSort } from '@/lib/queries/responses'
import { compareBySequence } from '@/lib/znode/sequence'
import type { Stat } from '@/lib/znode/stat'
import { applyChanges } from './sorted-names'

/** A row's stat is kept for at most this many children of one directory: what a browser can have on its screens. */
const MAX_STATS = 4096

interface ListChange {
  readonly name: string
  readonly present: boolean
}

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
  /** Grows with every change of the list. Starts at a time, so that it never repeats for a path within a process. */
  revision = Date.now() * 1000
  pzxid = 0n
  readonly stats = new Map<string, Stat>()
  lastUsed = Date.now()
  #names: string[] = []
  #bySequence: string[] | null = null
  #filtered: { key: string; names: string[] } | null = null
  #pending = new Map<string, boolean>()
  /** Events that came while the list was being read: they go on top of what is read. */
  #duringListing: ListChange[] | null = null
  loaded = false

  constructor(readonly path: string) {}

  /** Applies an event; visible after the next {@link settle}. */
  change(name: string, present: boolean): void {
    this.#pending.set(name, present)
    this.#duringListing?.push({ name, present })
    if (!present) this.stats.delete(name)
  }

  get dirty(): boolean {
    return this.#pending.size > 0
  }

  beginListing(): void {
    this.#duringListing = []
  }

  abandonListing(): void {
    this.#duringListing = null
  }

  /**
   * Takes over a list of the server, sorted. It may come from another server than the events (the bulk session),
   * and so be older or newer than they are: the events since {@link beginListing} are applied on top, in their order,
   * which ends right because the event stream has no holes.
   */
  endListing(sorted: readonly string[], pzxid: bigint): ListDelta {
    const since = new Map((this.#duringListing ?? []).map((change) => [change.name, change.present]))
    this.#duringListing = null
    this.#pending.clear()
    const current = applyChanges(sorted, since).names
    const delta = this.loaded ? difference(this.#names, current) : { created: [], deleted: [] }
    this.pzxid = pzxid
    if (!this.loaded || delta.created.length + delta.deleted.length > 0) this.#replace(current)
    this.loaded = true
    for (const name of delta.deleted) this.stats.delete(name)
    return delta
  }

  /** Merges the collected events into the list. */
  settle(): ListDelta {
    if (this.#pending.size === 0) return { created: [], deleted: [] }
    const { names, created, deleted } = applyChanges(this.#names, this.#pending)
    this.#pending.clear()
    if (created.length + deleted.length > 0) this.#replace(names)
    return { created, deleted }
  }

  get total(): number {
    return this.#names.length
  }

  /** The sorted list to take a page from; the last sort and filter are kept, as people page through one at a time. */
  view(sort: ChildSort, filter: string): readonly string[] {
    const names = sort === 'name' ? this.#names : this.#sequence()
    if (filter === '') return names
    const key = `${sort} ${filter}`
    if (this.#filtered?.key !== key) {
      const needle = filter.toLowerCase()
      this.#filtered = { key, names: names.filter((name) => name.toLowerCase().includes(needle)) }
    }
    return this.#filtered.names
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
    this.revision++
  }

  #sequence(): string[] {
    this.#bySequence ??= [...this.#names].sort(compareBySequence)
    return this.#bySequence
  }
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
