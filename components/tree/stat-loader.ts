import type { LiveClient } from '@/lib/live/client'
import { fetchStats } from '@/lib/queries/children'
import { requestBatches } from '@/lib/tree/request-batches'
import type { AppError } from '@/lib/znode/app-error'
import { joinPath, parentOf } from '@/lib/znode/path'
import type { StatJson } from '@/lib/znode/stat'

/** What one stats request may ask for; the server refuses more. */
const MAX_NAMES = 200
/** Stats kept, oldest dropped first. */
const MAX_KEPT = 5_000
/** Rows that fly past are not worth a request, ms. */
const REST_MS = 60
/** A stat that only a guess calls outdated is read again at most this often, ms. */
const RECHECK_MS = 1_000
const RETRY_MS = 5_000
/** Figures may come a little after the names, and together with whatever is drawn next, ms. */
const DRAW_WITHIN_MS = 100

/** undefined: not read yet; null: no such znode any more. */
export type RowStat = StatJson | { readonly error: AppError } | null | undefined

interface Kept {
  value: RowStat
  /** When the request began that read it: what happened later it does not know. */
  readAt: number
  outdatedAt: number
}

export interface StatHost {
  readonly cluster: string
  readonly live: LiveClient
  change(apply: () => void, patienceMs: number): void
}

/** Reads the stats of the rows on the screen, a few requests at a time, and forgets them when they are long gone. */
export class StatLoader {
  readonly #kept = new Map<string, Kept>()
  readonly #running = new Map<AbortController, readonly string[]>()
  #wanted = new Map<string, readonly string[]>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly host: StatHost) {}

  statOf(path: string): RowStat {
    return this.#kept.get(path)?.value
  }

  /** These children, by directory, are on the screen now, and no others. */
  show(names: ReadonlyMap<string, readonly string[]>): void {
    this.#wanted = new Map(names)
    const shown = new Set([...names].flatMap(([path, list]) => list.map((name) => joinPath(path, name))))
    for (const [abort, paths] of this.#running) if (!paths.some((path) => shown.has(path))) abort.abort()
    this.#later(REST_MS)
  }

  /** The znode's stat as the live stream told it. */
  patch(path: string, stat: StatJson): void {
    this.#keep(path, stat, performance.now())
  }

  /** The stat may be out of date: it stays on the screen and is read again, not more than once a second. */
  outdate(path: string): void {
    const kept = this.#kept.get(path) ?? { value: undefined, readAt: Number.NEGATIVE_INFINITY, outdatedAt: 0 }
    kept.outdatedAt = performance.now()
    this.#kept.set(path, kept)
  }

  /** The same for all children of a directory. */
  outdateChildren(path: string): void {
    for (const child of this.#kept.keys()) if (child !== '/' && parentOf(child) === path) this.outdate(child)
  }

  outdateAll(): void {
    for (const path of this.#kept.keys()) this.outdate(path)
    for (const abort of this.#running.keys()) abort.abort()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#wanted = new Map()
    for (const abort of this.#running.keys()) abort.abort()
  }

  #later(wait: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#readWanted(), wait)
  }

  #readWanted(): void {
    const now = performance.now()
    const running = new Set([...this.#running.values()].flat())
    let again = Number.POSITIVE_INFINITY
    for (const [path, names] of this.#wanted) {
      const due = names.filter((name) => {
        const full = joinPath(path, name)
        const kept = this.#kept.get(full)
        if (running.has(full)) return false
        if (kept === undefined) return true
        if (kept.outdatedAt <= kept.readAt) return false
        if (kept.readAt + RECHECK_MS <= now) return true
        again = Math.min(again, kept.readAt + RECHECK_MS - now)
        return false
      })
      for (const batch of requestBatches(path, due, MAX_NAMES)) void this.#read(path, batch)
    }
    if (again !== Number.POSITIVE_INFINITY) this.#later(again)
  }

  async #read(path: string, names: readonly string[]): Promise<void> {
    const { cluster, live } = this.host
    const abort = new AbortController()
    const paths = names.map((name) => joinPath(path, name))
    const startedAt = performance.now()
    this.#running.set(abort, paths)
    try {
      const { stats } = await fetchStats(cluster, { path, names, viewer: live.viewer }, abort.signal)
      this.#running.delete(abort)
      if (!abort.signal.aborted)
        this.host.change(() => paths.forEach((p, i) => void this.#answer(p, stats[i], startedAt)), DRAW_WITHIN_MS)
    } catch {
      // Shown nowhere: the rows stay without numbers and are asked for again; a lost server has its own banner.
      this.#running.delete(abort)
      if (!abort.signal.aborted) this.#later(RETRY_MS)
    }
  }

  #answer(path: string, value: RowStat, startedAt: number): void {
    const kept = this.#kept.get(path)
    // What the live stream told while the request was under way is newer.
    if (kept !== undefined && kept.readAt > startedAt) return
    this.#keep(path, value ?? null, startedAt)
  }

  #keep(path: string, value: RowStat, readAt: number): void {
    const outdatedAt = this.#kept.get(path)?.outdatedAt ?? Number.NEGATIVE_INFINITY
    this.#kept.delete(path)
    this.#kept.set(path, { value, readAt, outdatedAt })
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '')
  }
}
