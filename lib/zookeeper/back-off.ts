const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 60_000
const JITTER = 0.3

/**
 * How long to wait before the next attempt to connect. Every server is tried once without waiting; after that a second,
 * doubling with each further round, at most a quarter of the session time-out, so that a server that comes back is
 * found before the session ends. Jitter only lengthens: there is never more than one attempt a second.
 */
export class BackOff {
  #failures = 0

  constructor(
    private readonly servers: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** The connection served for a while: the next loss is a new one. */
  reset(): void {
    this.#failures = 0
  }

  failed(): void {
    this.#failures += 1
  }

  /** Milliseconds. */
  delay(sessionTimeoutMs: number): number {
    const beyond = this.#failures - this.servers
    if (beyond < 0) return 0
    const longest = Math.max(FIRST_DELAY_MS, Math.min(sessionTimeoutMs / 4, LONGEST_DELAY_MS))
    const base = Math.min(FIRST_DELAY_MS * 2 ** Math.floor(beyond / this.servers), longest)
    return base * (1 + JITTER * this.random())
  }
}
