import type { Sessions } from '@/lib/ensemble/mirror'
import { nextRevision } from '@/lib/ensemble/revision'
import type { LockSummary, LocksResponse } from '@/lib/queries/lock-responses'
import { classifyName } from '@/lib/recipes/classify'
import { coordinationPathOf } from '@/lib/recipes/coordination-path'
import type { RecipeKind } from '@/lib/recipes/recipe'
import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import type { WatchEvent } from '@/lib/zookeeper/session'
import type { EvidenceSource, Gathered } from './evidence-source'
import { LockSearch, placesOf } from './lock-search'
import type { LockWatch } from './lock-watch'

/** More locks are not followed; more rows are not told. */
export const MAX_LOCKS = 2000
const MAX_ROWS = 500
const MAX_MESSAGE = 200_000
const AT_ONCE = 8
/** What turned out to be none is not looked at again before this, whatever is made in it. */
const REJECTED_MS = 30_000
/** The same for what was empty when it was looked at: a lock is, before the first one queues up. */
const EMPTY_REJECTED_MS = 1000
const MAX_REJECTED = 10_000
const MAX_CANDIDATES = 20_000

/** A lock whose directory is gone stays on the list for a while: most come again. */
const KEEP_EMPTY_MS = 60_000

/** What nobody holds or waits for is not on the list. */
const NOT_LISTED: ReadonlySet<RecipeKind> = new Set([
  'none',
  'value',
  'counter',
  'queue',
  'notifications',
  'id-generator',
  'assignment',
  'service-discovery',
])

export interface LockListLink {
  readonly sessions: Sessions
  readonly evidence: EvidenceSource
  open(path: string): LockWatch
  /** It is no lock: nothing of it is kept, unless somebody looks at it. */
  drop(path: string): void
  summary(watch: LockWatch): LockSummary
}

/** All locks of an ensemble that were found, followed while somebody looks at their list. */
export class LockList {
  readonly #listed = new Map<string, LockWatch>()
  readonly #candidates = new Set<string>()
  /** Path -> when it may be looked at again. */
  readonly #rejected = new Map<string, number>()
  /** Found while it was not to be looked at, for a moment. */
  readonly #again = new Set<string>()
  #search: LockSearch | null = null
  #examining = 0
  #examined = 0
  #cut = false
  #whenIdle: (() => void)[] = []

  constructor(private readonly link: LockListLink) {}

  /** Somebody looks at the list, or did a short while ago. */
  get isActive(): boolean {
    return this.#search !== null
  }

  get isSearching(): boolean {
    return this.#search?.isRunning === true
  }

  has(path: string): boolean {
    return this.#listed.has(path)
  }

  /** Begins a search, anew if one is under way. */
  start(): void {
    this.#search?.stop()
    this.#examined = 0
    this.#cut = false
    this.#rejected.clear()
    const list = this
    this.#search = new LockSearch({
      sessions: this.link.sessions,
      evidence: this.link.evidence,
      found: (path) => this.#found(path),
      get waiting() {
        return list.#candidates.size + list.#examining
      },
      get examined() {
        return list.#examined
      },
      get cut() {
        return list.#cut
      },
      examinedAll: () => this.#idle(),
    })
    void this.#search.run()
  }

  stop(): void {
    this.#search?.stop()
    this.#candidates.clear()
    this.#again.clear()
  }

  /** Nobody looks at the list any more. */
  clear(): void {
    this.stop()
    this.#search = null
    this.#listed.clear()
    this.#rejected.clear()
  }

  /** Any event of the ensemble: a lock may have come to be. */
  onEvent({ type, path }: WatchEvent): void {
    if (type !== 'created' || !this.isActive) return
    const place = coordinationPathOf(path)
    if (place === path || classifyName(nameOf(path)) !== null) this.#found(place)
  }

  /** A server has listed all ephemerals again. */
  onGathered({ ephemerals }: Gathered): void {
    if (ephemerals !== null && this.isActive) for (const place of placesOf(ephemerals)) this.#found(place)
  }

  /** A lock has been worked out anew. */
  worked(watch: LockWatch): void {
    if (isLock(watch)) return
    if (this.#listed.get(watch.path) === watch && watch.settled) this.#reject(watch)
  }

  /** Takes those from the list that have been gone for a while; once a second. */
  sweep(now: number): void {
    const again = [...this.#again]
    this.#again.clear()
    for (const path of again) this.#found(path)
    for (const watch of this.#listed.values()) {
      const isGone = !watch.directory.exists && watch.emptySince !== null && watch.emptySince + KEEP_EMPTY_MS < now
      if (isGone) this.#reject(watch)
    }
  }

  response(): LocksResponse {
    const all = [...this.#listed.values()].map((watch) => this.link.summary(watch)).sort(byContention)
    let locks = all.slice(0, MAX_ROWS)
    const length = JSON.stringify(locks).length
    if (length > MAX_MESSAGE) locks = locks.slice(0, Math.floor((locks.length * MAX_MESSAGE) / length))
    const never = {
      state: 'stopped',
      by: 'dump',
      looked: 0,
      left: 0,
      cut: false,
      startedAt: 0,
      finishedAt: null,
    } as const
    return { revision: nextRevision(), total: all.length, locks, search: this.#search?.view ?? never }
  }

  #found(path: string): void {
    if (this.#listed.has(path) || this.#candidates.has(path)) return
    const rest = (this.#rejected.get(path) ?? 0) - Date.now()
    if (rest > 0) {
      // It may be no longer empty, and nothing else may ever be made in it.
      if (rest <= EMPTY_REJECTED_MS && this.#again.size < MAX_CANDIDATES) this.#again.add(path)
      return
    }
    if (this.#listed.size >= MAX_LOCKS || this.#candidates.size >= MAX_CANDIDATES) {
      this.#cut = true
      return
    }
    this.#candidates.add(path)
    this.#next()
  }

  #next(): void {
    for (const path of this.#candidates) {
      if (this.#examining >= AT_ONCE) return
      this.#candidates.delete(path)
      this.#examining++
      void this.#examine(path).finally(() => {
        this.#examining--
        this.#examined++
        this.#next()
      })
    }
    if (this.#examining === 0) for (const done of this.#whenIdle.splice(0)) done()
  }

  async #examine(found: string): Promise<void> {
    const path = await this.#wholeOf(found)
    if (this.#listed.has(path) || !this.isActive) return
    const watch = this.link.open(path)
    await watch.compare()
    watch.recompute()
    if (!isLock(watch)) {
      // Some show only by their owners that they are none.
      await watch.whenRead()
      watch.recompute()
    }
    if (isLock(watch) && this.isActive && this.#listed.size < MAX_LOCKS) this.#listed.set(path, watch)
    else this.#reject(watch)
  }

  /** Curator's semaphore keeps its queue in "locks": alone it looks like a mutex. */
  async #wholeOf(path: string): Promise<string> {
    if (nameOf(path) !== 'locks') return path
    const leases = joinPath(parentOf(path), 'leases')
    const stat = await this.link.sessions
      .bulk()
      .exists(leases)
      .catch(() => null)
    return stat === null ? path : parentOf(path)
  }

  #reject({ path, directory }: LockWatch): void {
    this.#listed.delete(path)
    this.#rejected.delete(path)
    this.#rejected.set(path, Date.now() + (directory.children.size === 0 ? EMPTY_REJECTED_MS : REJECTED_MS))
    const oldest = this.#rejected.keys().next()
    if (this.#rejected.size > MAX_REJECTED && !oldest.done) this.#rejected.delete(oldest.value)
    this.link.drop(path)
  }

  #idle(): Promise<void> {
    if (this.#candidates.size + this.#examining === 0) return Promise.resolve()
    return new Promise((done) => this.#whenIdle.push(done))
  }
}

function isLock({ recipe }: LockWatch): boolean {
  return !NOT_LISTED.has(recipe.kind)
}

function byContention(one: LockSummary, other: LockSummary): number {
  return (
    other.waiting - one.waiting ||
    (other.handOffsPerMinute ?? 0) - (one.handOffsPerMinute ?? 0) ||
    (one.path < other.path ? -1 : 1)
  )
}
