/** So many may follow each other at once. */
const BURST = 4

/**
 * Runs a task at once when it has been quiet, and no more often than `perSecond` times in any second under load, always
 * once more after the last request: 5,000 writes a second become ten drawings, and the first of them comes without delay.
 * A few may follow each other at once: what the stream says and the list that is read because of it are one event to a
 * person. What can wait says so, and leaves the next run to what cannot.
 */
export class Paced {
  readonly #intervalMs: number
  #tokens = BURST
  #filledAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  #dueAt = Number.POSITIVE_INFINITY

  constructor(
    private readonly task: () => void,
    perSecond: number,
  ) {
    this.#intervalMs = 1_000 / (perSecond - BURST)
  }

  /** Runs the task within `patienceMs`, or as soon after that as the pace allows. */
  request(patienceMs = 0): void {
    this.#fill()
    const wait = Math.max(patienceMs, (1 - this.#tokens) * this.#intervalMs)
    const dueAt = performance.now() + wait
    if (dueAt >= this.#dueAt) return
    this.cancel()
    if (wait <= 0) {
      this.now()
      return
    }
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => this.#due(), wait)
  }

  now(): void {
    this.cancel()
    this.#fill()
    this.#tokens = Math.max(0, this.#tokens - 1)
    this.task()
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#dueAt = Number.POSITIVE_INFINITY
  }

  /** Meanwhile a person may have caused drawings, which are not asked whether they may: the pace holds for the others. */
  #due(): void {
    this.cancel()
    this.request()
  }

  #fill(): void {
    const now = performance.now()
    this.#tokens = Math.min(BURST, this.#tokens + (now - this.#filledAt) / this.#intervalMs)
    this.#filledAt = now
  }
}
