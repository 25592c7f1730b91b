import { apiUrl } from '@/lib/queries/get-json'
import type { Interest, LiveClient, LiveStatus } from './client'
import { openEventStream } from './event-source'
import { OwnWrites } from './own-writes'
import type { LiveMessage } from './protocol'

const CHANNEL = 'zoolens.live'

/** What the tabs of one browser tell each other. */
type TabMessage =
  | { readonly kind: 'ask' }
  | { readonly kind: 'leader'; readonly stream: string; readonly status: LiveStatus }
  | { readonly kind: 'status'; readonly status: LiveStatus }
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'own'; readonly cluster: string; readonly zxid: string }

/**
 * One event stream for all tabs: HTTP/1.1 browsers open six connections to a server, and each open stream takes one.
 * A Web Lock elects the tab that holds the stream; when that tab closes, the next one opens its own and everything
 * shown is read again, which registers it there.
 */
export class BrowserLive implements LiveClient {
  readonly #tab = crypto.randomUUID().slice(-12)
  readonly #ownStream = crypto.randomUUID()
  #stream = this.#ownStream
  #leading = false
  #status: LiveStatus = { stream: 'connecting', lastHeardAt: 0 }
  readonly #listeners = new Set<(message: LiveMessage) => void>()
  readonly #statusListeners = new Set<(status: LiveStatus) => void>()
  readonly #ownListeners = new Set<(cluster: string, zxid: string) => void>()
  readonly #own = new OwnWrites()
  readonly #channel = new BroadcastChannel(CHANNEL)

  constructor() {
    this.#channel.onmessage = (event: MessageEvent<TabMessage>) => this.#onTabMessage(event.data)
    this.#channel.postMessage({ kind: 'ask' } satisfies TabMessage)
    window.addEventListener('pagehide', () => tell(apiUrl(['release'], { viewer: this.viewer })))
    // Back from the browser's memory of visited pages: what is shown was released when it went there.
    window.addEventListener('pageshow', (event) => event.persisted && this.#dispatch({ type: 'reset' }))
    // Web Locks exist only in secure contexts (https, or a loopback name); elsewhere each tab has its own stream.
    if (navigator.locks === undefined) this.#lead()
    else
      void navigator.locks.request(CHANNEL, () => {
        this.#lead()
        return new Promise<never>(() => undefined)
      })
  }

  get viewer(): string {
    return `${this.#stream}.${this.#tab}`
  }

  get status(): LiveStatus {
    return this.#status
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onStatus(listener: (status: LiveStatus) => void): () => void {
    this.#statusListeners.add(listener)
    return () => this.#statusListeners.delete(listener)
  }

  release(cluster: string, path: string, what: Interest): void {
    tell(apiUrl(['clusters', cluster, 'release'], { viewer: this.viewer, path, what }))
  }

  markOwn(cluster: string, zxid: string): void {
    this.#claim(cluster, zxid)
    this.#channel.postMessage({ kind: 'own', cluster, zxid } satisfies TabMessage)
  }

  isOwn(cluster: string, zxid: string | null): boolean {
    return zxid !== null && this.#own.has(cluster, zxid)
  }

  onOwn(listener: (cluster: string, zxid: string) => void): () => void {
    this.#ownListeners.add(listener)
    return () => this.#ownListeners.delete(listener)
  }

  #claim(cluster: string, zxid: string): void {
    this.#own.add(cluster, zxid)
    for (const listener of [...this.#ownListeners]) listener(cluster, zxid)
  }

  #lead(): void {
    this.#leading = true
    this.#channel.postMessage({ kind: 'leader', stream: this.#ownStream, status: this.#status } satisfies TabMessage)
    this.#adopt(this.#ownStream)
    openEventStream(apiUrl(['events'], { stream: this.#ownStream }), {
      message: (message) => {
        this.#channel.postMessage({ kind: 'message', message } satisfies TabMessage)
        this.#setStatus({ stream: 'open', lastHeardAt: Date.now() })
        this.#dispatch(message)
      },
      lost: () => this.#setStatus({ stream: 'lost', lastHeardAt: this.#status.lastHeardAt }),
    })
  }

  #onTabMessage(message: TabMessage): void {
    switch (message.kind) {
      case 'ask':
        if (!this.#leading) return
        this.#channel.postMessage({ kind: 'leader', stream: this.#stream, status: this.#status } satisfies TabMessage)
        return
      case 'leader':
        if (this.#leading) return
        this.#setStatus(message.status)
        this.#adopt(message.stream)
        return
      case 'status':
        if (!this.#leading) this.#setStatus(message.status)
        return
      case 'message':
        if (this.#leading) return
        this.#setStatus({ stream: 'open', lastHeardAt: Date.now() })
        this.#dispatch(message.message)
        return
      case 'own':
        this.#claim(message.cluster, message.zxid)
    }
  }

  /** Another stream: what is shown is not registered there yet, so it must be read again. */
  #adopt(stream: string): void {
    if (stream === this.#stream) return
    this.#stream = stream
    this.#dispatch({ type: 'reset' })
  }

  #dispatch(message: LiveMessage): void {
    for (const listener of [...this.#listeners]) listener(message)
  }

  #setStatus(status: LiveStatus): void {
    const changed = status.stream !== this.#status.stream
    this.#status = status
    if (!changed) return
    if (this.#leading) this.#channel.postMessage({ kind: 'status', status } satisfies TabMessage)
    for (const listener of [...this.#statusListeners]) listener(status)
  }
}

/** Outlives the page. When it does not arrive the server goes on telling us a little too much: no harm. */
function tell(url: string): void {
  void fetch(url, { cache: 'no-store', keepalive: true }).catch(() => undefined)
}
