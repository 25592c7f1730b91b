/** How long one slice of work may hold up the event loop, ms. */
const SLICE_MS = 8
/** After so much work others have this many times as long: a quarter of one processor at most, however much changes. */
const REST = 3
/** A single one that takes long is done so much more seldom. */
const SHARE = 10

export interface Recomputed {
  /** What somebody looks at goes first. */
  readonly isViewed: boolean
  /** Least milliseconds from one time to the next. */
  readonly intervalMs: number
  recompute(): void
}

interface Waiting {
  readonly dueAt: number
}

/**
 * Works out again what has changed, each at most once in its interval and all of them within a share of the processor.
 * The first change after a quiet time is worked out at once: with the next turn of the event loop, together with those
 * that came in the same packet.
 */
export class RecomputeQueue {
  readonly #waiting = new Map<Recomputed, Waiting>()
  readonly #nextAt = new WeakMap<Recomputed, number>()
  #timeout: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #restUntil = 0

  /** Its outcome may have changed. */
  mark(one: Recomputed): void {
    if (this.#waiting.has(one)) return
    const dueAt = Math.max(performance.now(), this.#nextAt.get(one) ?? 0)
    this.#waiting.set(one, { dueAt })
    this.#wakeAt(Math.max(dueAt, this.#restUntil))
  }

  /** Is not worked out any more. */
  drop(one: Recomputed): void {
    this.#waiting.delete(one)
  }

  #wakeAt(at: number): void {
    if (at >= this.#timerAt) return
    this.#stop()
    this.#timerAt = at
    const wait = at - performance.now()
    const run = () => this.#run()
    if (wait <= 0) this.#immediate = setImmediate(run)
    else this.#timeout = setTimeout(run, wait)
  }

  #stop(): void {
    clearTimeout(this.#timeout)
    clearImmediate(this.#immediate)
    this.#timerAt = Number.POSITIVE_INFINITY
  }

  #run(): void {
    this.#stop()
    const began = performance.now()
    const due = [...this.#waiting].filter(([, { dueAt }]) => dueAt <= began + 1)
    due.sort(([one], [other]) => Number(other.isViewed) - Number(one.isViewed))
    for (const [one] of due) {
      this.#waiting.delete(one)
      const start = performance.now()
      one.recompute()
      const end = performance.now()
      this.#nextAt.set(one, end + Math.max(one.intervalMs, (end - start) * SHARE))
      if (end - began > SLICE_MS) break
    }
    if (this.#waiting.size === 0) return
    const now = performance.now()
    this.#restUntil = now + (now - began) * REST
    const next = Math.min(...[...this.#waiting.values()].map(({ dueAt }) => dueAt))
    this.#wakeAt(Math.max(next, this.#restUntil))
  }
}
