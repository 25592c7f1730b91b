const APART_MS = 1000

/**
 * Keeps the attempts of several sessions with one ensemble a second apart: each has a back-off of its own, and together
 * they would come twice as often. The first round after a loss, which waits for nothing, is not held up.
 */
export class AttemptPace {
  /** Session -> the time of its next attempt, by performance.now(). */
  readonly #booked = new Map<object, number>()

  /** Milliseconds to wait, at least `delayMs`; takes the place of what this session had booked before. */
  book(session: object, delayMs: number): number {
    this.#booked.delete(session)
    const now = performance.now()
    const others = [...this.#booked].filter(([other, at]) => at > now - APART_MS || !this.#booked.delete(other))
    let at = now + delayMs
    if (delayMs > 0) {
      for (const [, other] of others.sort(([, a], [, b]) => a - b)) {
        if (Math.abs(other - at) < APART_MS) at = other + APART_MS
      }
    }
    this.#booked.set(session, at)
    return at - now
  }

  /** It makes no more attempts. */
  release(session: object): void {
    this.#booked.delete(session)
  }
}
