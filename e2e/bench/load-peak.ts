import type { Load } from '@/lib/live/protocol'
import type { ConnectionResponse } from '@/lib/queries/responses'

const EVERY_MS = 500

type Peak = Pick<Load, 'sessions' | 'watches' | 'inFlight'>

/** The most that one Zoolens asked of its ensemble, by its own account. */
export class LoadPeak {
  #peak: Peak = { sessions: 0, watches: 0, inFlight: 0 }

  /** @param url "http://127.0.0.1:3000/api/clusters/id" */
  constructor(private readonly url: string) {}

  get peak(): Peak {
    return this.#peak
  }

  /** Asks twice a second until `work` is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => void this.sample().catch(() => undefined), EVERY_MS)
    try {
      return await work()
    } finally {
      clearInterval(timer)
      await this.sample()
    }
  }

  async sample(): Promise<void> {
    const { connection } = (await (await fetch(`${this.url}/connection`)).json()) as ConnectionResponse
    const { load } = connection
    this.#peak = {
      sessions: Math.max(this.#peak.sessions, load.sessions),
      watches: Math.max(this.#peak.watches, load.watches),
      inFlight: Math.max(this.#peak.inFlight, load.inFlight),
    }
  }
}
