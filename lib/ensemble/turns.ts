/** How long one slice of work may hold up the event loop, ms. */
const SLICE_MS = 8

/** Lets everybody else have a turn of the event loop between slices of work. */
export class Turns {
  #since = performance.now()

  get due(): boolean {
    return performance.now() - this.#since > SLICE_MS
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#since = performance.now()
  }
}
