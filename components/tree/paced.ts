/**
 * Runs a task at once when it has been quiet, and no more often than `perSecond` times in any second under load, always
 * once more after the last request: 5,000 writes a second become ten drawings, and the first of them comes without delay.
 * Two may follow each other at once: what the stream says and the list that is read because of it are one event to a
 * person.
 */
export class Paced {
  readonly #intervalMs: number
  #tokens = BURST
  #filledAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly task: () => void,
    perSecond: number,
  ) {
    this.#intervalMs = 1_000 / (perSecond - BURST)
  }

  request(): void {
    if (this.#timer !== undefined) return
    this.#fill()
    if (this.#tokens >= 1) this.now()
    else this.#timer = setTimeout(() => this.now(), (1 - this.#tokens) * this.#intervalMs)
  }

  now(): void {
    this.cancel()
    this.#fill()
    this.#tokens = Math.max(0, this.#tokens - 1)
    this.task()
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #fill(): void {
    const now = performance.now()
    this.#tokens = Math.min(BURST, this.#tokens + (now - this.#filledAt) / this.#intervalMs)
    this.#filledAt = now
  }
}

const BURST = 2
