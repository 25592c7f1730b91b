interface Waiting {
  readonly cost: number
  start(): void
}

/**
 * Bounds what reading costs one ensemble: so many requests at a time, and so much a second, with a burst that lets a
 * small directory be read at once. Whoever waits is served in turn; how many wait is the callers' part.
 */
export class Pace {
  #tokens: number
  #filledAt = performance.now()
  #running = 0
  readonly #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly limits: { readonly perSecond: number; readonly burst: number; readonly atOnce: number },
  ) {
    this.#tokens = limits.burst
  }

  /** Runs the work when its turn has come. `cost`: requests, or their like; a single one may cost more than the burst. */
  async run<T>(cost: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ cost, start })
      this.#next()
    })
    try {
      return await work()
    } finally {
      this.#running--
      this.#next()
    }
  }

  #next(): void {
    this.#fill()
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const due = Math.min(first.cost, this.limits.burst)
      if (this.#running >= this.limits.atOnce) return
      if (this.#tokens < due) {
        this.#wait(((due - this.#tokens) / this.limits.perSecond) * 1000)
        return
      }
      this.#waiting.shift()
      this.#tokens -= first.cost
      this.#running++
      first.start()
    }
  }

  #fill(): void {
    const now = performance.now()
    this.#tokens = Math.min(this.limits.burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.limits.perSecond)
    this.#filledAt = now
  }

  #wait(ms: number): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null
        this.#next()
      },
      Math.max(1, ms),
    )
  }
}
