/** Turns a growing counter into a rate over the last few seconds. */
const WINDOW_MS = 5000

export class LoadMeter {
  #samples: { readonly at: number; readonly count: number }[] = []

  /** Takes the counter's value now; returns its growth a second, to one decimal. */
  rate(count: number): number {
    const at = Date.now()
    this.#samples.push({ at, count })
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift()
    const first = this.#samples[0]
    if (!first || at - first.at < 200 || count < first.count) {
      // A counter that went back belongs to a new session.
      if (first && count < first.count) this.#samples = [{ at, count }]
      return 0
    }
    return Math.round(((count - first.count) * 10_000) / (at - first.at)) / 10
  }
}
