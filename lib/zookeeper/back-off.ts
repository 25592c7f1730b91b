const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 60_000
const JITTER = 0.3

/**
 * How long to wait before the next attempt to connect. Every address is tried once without waiting; after that a second,
 * doubling with each further round. While the session may still be alive never more than a quarter of its time-out, so
 * that a server that comes back is found in time; once it is gone up to the time-out of a session, and never more than a
 * minute: somebody waits for this tab to come back. Jitter only lengthens: there is never
 * more than one attempt a second.
 */
export class BackOff {
  #failures = 0
  #delayMs = 0

  readonly #longestMs: number

  /** @param sessionTimeoutMs as asked for */
  constructor(
    sessionTimeoutMs: number,
    private readonly random: () => number = Math.random,
  ) {
    this.#longestMs = Math.max(FIRST_DELAY_MS, Math.min(LONGEST_DELAY_MS, sessionTimeoutMs) / (1 + JITTER))
  }

  /** The connection served for a while: the next loss is a new one. */
  reset(): void {
    this.#failures = 0
    this.#delayMs = 0
  }

  /**
   * An attempt has failed, or its connection was lost at once.
   * @param addresses how many there are to try in a round
   * @param aliveMs the time-out of the session while the ensemble may still know it, null when there is none to save
   */
  failed(addresses: number, aliveMs: number | null): void {
    const most = aliveMs === null ? this.#longestMs : Math.max(FIRST_DELAY_MS, Math.min(aliveMs / 4, this.#longestMs))
    this.#failures += 1
    if (this.#failures >= addresses) {
      this.#failures = 0
      this.#delayMs = Math.max(FIRST_DELAY_MS, this.#delayMs * 2)
    }
    this.#delayMs = Math.min(this.#delayMs, most)
  }

  /** What failed is worth another attempt soon. */
  hasten(): void {
    this.#delayMs = Math.min(this.#delayMs, FIRST_DELAY_MS)
  }

  /** Milliseconds. */
  get delay(): number {
    return this.#delayMs * (1 + JITTER * this.random())
  }
}
