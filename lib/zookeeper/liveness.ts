const PING_MS = 1500
const SILENCE_MS = 4500
const SILENCE_DURING_WRITE_MS = 8_000

export interface LivenessLink {
  ping(): void
  /** Nothing was heard for too long. */
  silent(milliseconds: number): void
  /** A write waits for its answer. */
  writing(): boolean
}

/**
 * Finds out that the other end is gone. Java's client notices after 2/3 of the session time-out, 20 s of 30; a view that
 * must not show old data as current cannot wait for that. So: a ping every 1.5 s (or a sixth of the time-out), and
 * the link is given up after 4.5 s without a byte, which two pings had the time to ask for: looked at every half second,
 * that is within 5 s.
 *
 * A server answers the pings of a session behind its writes (CommitProcessor keeps the order), so a slow disk delays
 * them: while a write is open the link has 8 s, which leaves time to be with another server within 10. Never more than
 * 2/3 of the time-out, ZooKeeper's own limit.
 */
export class Liveness {
  #timer: NodeJS.Timeout | null = null
  #heardAt = 0

  constructor(private readonly link: LivenessLink) {}

  start(sessionTimeoutMs: number): void {
    this.stop()
    const pingMs = Math.min(PING_MS, sessionTimeoutMs / 6)
    const tickMs = pingMs / 3
    let tickedAt = performance.now()
    let pingedAt = tickedAt
    this.#heardAt = tickedAt
    this.#timer = setInterval(() => {
      const now = performance.now()
      // A late tick means that this process was busy: answers may lie unread in the socket, which is read after this.
      const late = now - tickedAt > tickMs * 3
      tickedAt = now
      const limit = this.link.writing() ? SILENCE_DURING_WRITE_MS : SILENCE_MS
      const silence = now - this.#heardAt
      if (!late && silence > Math.min(limit, (sessionTimeoutMs * 2) / 3)) {
        this.link.silent(Math.round(silence))
      } else if (now - pingedAt >= pingMs) {
        pingedAt = now
        this.link.ping()
      }
    }, tickMs)
  }

  heard(): void {
    this.#heardAt = performance.now()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
