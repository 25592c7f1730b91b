import { Failure } from '@/lib/ensemble/failure'
import type { Mirror, Sessions } from '@/lib/ensemble/mirror'
import type { Viewer } from '@/lib/ensemble/reads'
import type { LockHistoryResponse, LocksResponse, LockView } from '@/lib/queries/lock-responses'
import type { WatchEvent } from '@/lib/zookeeper/session'
import { type EvidenceSource, type Gathered, NOTHING_GATHERED } from './evidence-source'
import { LockAudience, type LockListener } from './lock-audience'
import { LockDeadlocks } from './lock-deadlocks'
import { LockList, MAX_LOCKS } from './lock-list'
import { type LocksOfSession, locksBySession, NO_LOCKS } from './lock-sessions'
import { lockSummary, lockView } from './lock-view'
import { LockWatch, type LockWatchLink } from './lock-watch'
import { Pace } from './pace'
import { RecomputeQueue } from './recompute-queue'
import { WatchedPaths } from './watched-paths'

/** Of one ensemble: small directories at once, ten thousand waiters in some seconds. */
const PACE = { perSecond: 400, burst: 200, atOnce: 8 }
const TICK_MS = 1000
/** So long a lock is followed after the last who looked at it, so that a look aside does not cost its history. */
const KEEP_MS = 180_000
const EVIDENCE_MS = 2000
const AUDIT_MS = 10_000
/** Where no event tells what happens, it is looked for more often. */
const AUDIT_COARSE_MS = 2000
/** Locks looked after in one tick. */
const MAX_AUDITED = 20
/** What servers tell changes what is said of locks that are only listed: they are worked out again so often. */
const LISTED_MS = 10_000
/** More are not followed at a time; those looked at longest ago are given up. */
const MAX_WATCHED = MAX_LOCKS + 500
/** Of all locks together: about 20 MB. */
const MAX_TURNS_OF_ALL = 80_000
const MAX_TURNS = { most: 1000, least: 20 }

export interface LockRegistryLink {
  readonly sessions: Sessions
  readonly mirror: Mirror
  readonly evidence: EvidenceSource
}

/** The locks of one ensemble that somebody looks at, or looked at a short while ago. */
export class LockRegistry {
  readonly pace = new Pace(PACE)
  readonly evidence: EvidenceSource
  readonly audience = new LockAudience()
  readonly #watches = new Map<string, LockWatch>()
  readonly #paths: WatchedPaths
  readonly #queue = new RecomputeQueue()
  readonly #deadlocks = new LockDeadlocks()
  readonly #link: LockWatchLink
  readonly #list: LockList
  #bySession: { readonly at: number; readonly locks: ReadonlyMap<bigint, LocksOfSession> } | null = null
  #listWanted = 0
  #listWorked = false
  #gathered: Gathered = NOTHING_GATHERED
  #gathering = false
  #auditing = false
  #auditTurn = 0
  #markedAt = 0
  #untap: (() => void) | null = null
  #timer: NodeJS.Timeout | null = null
  #ticks = 0

  constructor(private readonly link: LockRegistryLink) {
    this.evidence = link.evidence
    this.#paths = new WatchedPaths(link.mirror)
    const registry = this
    this.#link = {
      sessions: link.sessions,
      pace: this.pace,
      get gathered() {
        return registry.#gathered
      },
      turnsToKeep: () => this.#turnsToKeep(),
      deadlocksOf: (path) => this.#deadlocks.of(path),
      ready: () => link.mirror.ready().then(() => this.#paths.adapt()),
      listen: (watch, directory) => this.#paths.listen(directory, () => void watch.compare(Date.now())),
      changed: (watch) => this.#queue.mark(watch),
      worked: (watch) => this.#worked(watch),
    }
    this.#list = new LockList({
      sessions: link.sessions,
      evidence: link.evidence,
      open: (path) => this.#watches.get(path) ?? this.#open(path),
      drop: (path) => this.#watches.get(path)?.lastViewed === 0 && this.#drop(path),
      summary: (watch) => lockSummary(watch, this.#link, Date.now()),
    })
  }

  /** A browser that is told of what its subscription looks at. Returns a function that ends it. */
  listen(listener: LockListener): () => void {
    return this.audience.add(listener)
  }

  /** A part of those who take part in a lock, as it is now. @throws Failure when it cannot be read */
  async view(path: string, from: number, count: number, viewer: Viewer | null): Promise<LockView> {
    viewer?.subscription.watchLock(path, viewer.tab)
    const watch = await this.#current(path)
    return lockView(watch, this.#link, from, count)
  }

  /** All locks that are known; asking for them begins the search. */
  list(search: 'start' | 'stop' | null, viewer: Viewer | null): LocksResponse {
    viewer?.subscription.watchLocks(viewer.tab)
    this.#listWanted = Date.now()
    this.#work()
    if (search === 'start' || (search === null && !this.#list.isActive)) this.#list.start()
    else if (search === 'stop') this.#list.stop()
    return this.#list.response()
  }

  /** The locks that a session holds and waits for, of all that are followed now; up to a second old. */
  locksOf(session: bigint): LocksOfSession {
    return this.bySession().get(session) ?? NO_LOCKS
  }

  /** The same for every session that takes part in one of them. */
  bySession(): ReadonlyMap<bigint, LocksOfSession> {
    const now = Date.now()
    if (this.#bySession === null || now - this.#bySession.at > 1000) {
      this.#bySession = { at: now, locks: locksBySession(this.#watches.values()) }
    }
    return this.#bySession.locks
  }

  async history(path: string): Promise<LockHistoryResponse> {
    const watch = await this.#current(path)
    return watch.history.response(path, Date.now())
  }

  /** The connection broke: nothing is seen until {@link compare}. */
  lose(at: number): void {
    for (const watch of this.#watches.values()) watch.lose(at)
  }

  /** A new connection: everything is read again and compared. */
  compare(): void {
    for (const watch of this.#watches.values()) void watch.compare()
  }

  /** Nothing is known any more: the ensemble went back in time, or nobody looks at it. */
  clear(): void {
    this.#list.clear()
    for (const path of [...this.#watches.keys()]) this.#drop(path)
    this.#deadlocks.clear()
    this.#gathered = NOTHING_GATHERED
    this.audience.clear()
    this.#rest()
  }

  /** Known, listed, and worked out with every event that the ensemble had sent when it was asked. */
  async #current(path: string): Promise<LockWatch> {
    const known = this.#watches.get(path)
    const watch = known ?? this.#open(path)
    watch.lastViewed = Date.now()
    watch.isViewed = true
    if (known === undefined) await watch.compare()
    // Events come before the answers that follow them.
    else await watch.confirm()
    if (watch.failure !== null) {
      const { cause, status } = this.link.sessions.live().info
      throw new Failure(status !== 'connected' && cause !== null ? cause : watch.failure)
    }
    this.#queue.drop(watch)
    watch.recompute()
    if (this.#gathered === NOTHING_GATHERED) void this.#gather()
    return watch
  }

  #open(path: string): LockWatch {
    const watch = new LockWatch(path, this.#link)
    this.#watches.set(path, watch)
    this.#work()
    this.#shed()
    return watch
  }

  #drop(path: string): void {
    const watch = this.#watches.get(path)
    if (watch === undefined) return
    this.#watches.delete(path)
    this.#queue.drop(watch)
    this.audience.forget(path)
    watch.close()
  }

  #shed(): void {
    if (this.#watches.size <= MAX_WATCHED) return
    const [oldest] = [...this.#watches.values()].sort((one, other) => one.lastViewed - other.lastViewed)
    if (oldest !== undefined) this.#drop(oldest.path)
  }

  #work(): void {
    this.#untap ??= this.link.mirror.tap((event: WatchEvent) => {
      this.#paths.onEvent(event, Date.now())
      this.#list.onEvent(event)
    })
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref()
  }

  #rest(): void {
    this.#untap?.()
    this.#untap = null
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #tick(): void {
    const now = Date.now()
    this.#ticks++
    const viewed = this.audience.locks
    this.#tellList(now)
    for (const path of viewed) if (!this.#watches.has(path)) void this.#open(path).compare()
    for (const watch of this.#watches.values()) {
      watch.isViewed = viewed.has(watch.path)
      if (watch.isViewed) watch.lastViewed = now
      else if (watch.lastViewed + KEEP_MS < now && !this.#list.has(watch.path) && !this.#list.isSearching)
        this.#drop(watch.path)
    }
    if (this.#watches.size === 0 && !this.#list.isActive) {
      this.#rest()
      return
    }
    this.#paths.adapt()
    if ((viewed.size > 0 || this.#list.isActive) && this.#ticks % (EVIDENCE_MS / TICK_MS) === 0) void this.#gather()
    const auditMs = this.link.mirror.liveness === 'every change' ? AUDIT_MS : AUDIT_COARSE_MS
    void this.#audit([...this.#watches.values()], auditMs / TICK_MS)
  }

  async #gather(): Promise<void> {
    if (this.#gathering) return
    this.#gathering = true
    try {
      this.#gathered = await this.evidence.current(EVIDENCE_MS)
    } finally {
      this.#gathering = false
    }
    this.#list.onGathered(this.#gathered)
    const locks = [...this.#watches.values()]
    const now = Date.now()
    const touched = this.#deadlocks.look(locks, this.#gathered.evidence, now)
    const all = this.#markedAt + LISTED_MS < now
    if (all) this.#markedAt = now
    // Rates and ages move on too, for whoever looks at them.
    for (const watch of locks) if (all || watch.isViewed || touched.has(watch.path)) this.#queue.mark(watch)
  }

  /** Each lock once in so many ticks, or when its turn comes: what no event has told is found here. */
  async #audit(watches: readonly LockWatch[], ticks: number): Promise<void> {
    if (this.#auditing || this.link.sessions.live().info.status !== 'connected') return
    this.#auditing = true
    const count = Math.min(MAX_AUDITED, Math.ceil(watches.length / ticks))
    for (let turn = 0; turn < count; turn++) await watches[this.#auditTurn++ % watches.length]?.audit()
    this.#auditing = false
  }

  /** Once a second at most, and only what has changed. */
  #tellList(now: number): void {
    if (!this.#list.isActive) return
    const isWanted = this.audience.wantsLocks
    if (isWanted) this.#listWanted = now
    else if (this.#listWanted + KEEP_MS < now) this.#list.clear()
    this.#list.sweep(now)
    if (!isWanted || (!this.#listWorked && !this.#list.isSearching)) return
    this.#listWorked = this.#list.isSearching
    this.audience.tellLocks(this.#list.response())
  }

  #worked(watch: LockWatch): void {
    this.#listWorked = true
    this.#list.worked(watch)
    this.audience.tell(watch.path, (count) => lockView(watch, this.#link, 0, count))
  }

  #turnsToKeep(): number {
    const share = Math.floor(MAX_TURNS_OF_ALL / Math.max(1, this.#watches.size))
    return Math.max(MAX_TURNS.least, Math.min(MAX_TURNS.most, share))
  }
}
