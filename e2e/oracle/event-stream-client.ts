import { setTimeout as delay } from 'node:timers/promises'
import type { LiveMessage } from '@/lib/live/protocol'

/** As lib/live/event-source.ts: the server sends a beat every 1.5 s. */
const SILENCE_MS = 8_000
const RETRY_MS = 1_000

/** What EventSource does, which Node 20 does not have: reads one event stream for ever, and says what it has seen. */
export class EventStreamClient {
  #lastId: string | null = null
  #abort = new AbortController()
  #stopped = false

  constructor(
    private readonly url: string,
    private readonly onMessage: (message: LiveMessage) => void,
    private readonly onLost: () => void,
  ) {
    void this.#run()
  }

  /** Breaks the connection; it comes again with what it has seen, or like a page that has forgotten that. */
  break(forget: boolean): void {
    if (forget) this.#lastId = null
    this.#abort.abort()
  }

  stop(): void {
    this.#stopped = true
    this.#abort.abort()
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      this.#abort = new AbortController()
      try {
        await this.#read(attempt > 0 && this.#lastId === null ? `${this.url}&again=1` : this.url)
      } catch {
        // Broken by the other side, by us, or silent: it is read again.
      }
      if (this.#stopped) return
      this.onLost()
      await delay(RETRY_MS)
    }
  }

  async #read(url: string): Promise<void> {
    const { signal } = this.#abort
    const headers = this.#lastId === null ? {} : { 'last-event-id': this.#lastId }
    const response = await fetch(url, { headers, signal })
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`)
    const decoder = new TextDecoder()
    let text = ''
    let watchdog = setTimeout(() => this.#abort.abort(), SILENCE_MS)
    try {
      for await (const chunk of response.body) {
        clearTimeout(watchdog)
        watchdog = setTimeout(() => this.#abort.abort(), SILENCE_MS)
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) this.#take(block)
      }
    } finally {
      clearTimeout(watchdog)
    }
  }

  #take(block: string): void {
    let data = ''
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.#lastId = line.slice(4)
      else if (line.startsWith('data: ')) data += line.slice(6)
    }
    if (data !== '') this.onMessage(JSON.parse(data) as LiveMessage)
  }
}
