/**
 * Takes turns among things that come and go: whoever waits is reached after everybody who waited before, and after
 * nobody twice, so that with n of them and c at a time it takes n / c turns however many come meanwhile.
 */
export class PollQueue {
  readonly #waiting = new Set<string>()

  /** The next `count` of those that are there now, the one that has waited longest first; each at most once. */
  next(present: ReadonlySet<string>, count: number): string[] {
    for (const one of this.#waiting) if (!present.has(one)) this.#waiting.delete(one)
    for (const one of present) this.#waiting.add(one)
    const taken: string[] = []
    for (const one of this.#waiting) {
      if (taken.length === count) break
      taken.push(one)
    }
    for (const one of taken) {
      this.#waiting.delete(one)
      this.#waiting.add(one)
    }
    return taken
  }

  clear(): void {
    this.#waiting.clear()
  }
}
