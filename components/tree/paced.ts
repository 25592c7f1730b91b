/**
 * Runs a task at once when it has been quiet, and at most once per interval under load, always once more after the last
 * request: 5,000 writes a second become ten renders, and the first of them is seen without delay.
 */
export class Paced {
  #last = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly task: () => void,
    private readonly intervalMs: number,
  ) {}

  request(): void {
    if (this.#timer !== undefined) return
    const wait = this.#last + this.intervalMs - performance.now()
    if (wait <= 0) this.now()
    else this.#timer = setTimeout(() => this.now(), wait)
  }

  now(): void {
    this.cancel()
    this.#last = performance.now()
    this.task()
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
