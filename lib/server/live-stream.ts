import type { LiveMessage } from '@/lib/live/protocol'

/** Messages kept for a browser that reconnects; one that missed more reads everything again. */
const RING = 500
const RING_BYTES = 1_048_576
/** A browser that reads more slowly than this much behind is told to read again rather than fed from memory. */
export const MAX_BUFFERED_BYTES = 1_048_576

interface Sent {
  readonly id: number
  readonly text: string
  /** What it is the whole state of: a later message of the same makes it superfluous. */
  readonly of: string | null
}

/**
 * The event stream to one browser, over however many TCP connections it takes. Numbers its messages, keeps the last
 * ones, and never buffers without bound: what cannot be delivered is replaced by one 'reset'.
 */
export class LiveStream {
  #ring: Sent[] = []
  #ringBytes = 0
  #next = 1
  /** The last message that is no longer in the ring. */
  #forgotten = 0
  /** A restarted process counts from 1 again: its numbers must not be taken for ours. */
  readonly #epoch = crypto.randomUUID().slice(0, 8)
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #lagging = false
  #attachedBefore = false
  readonly #encoder = new TextEncoder()
  /** Date.now() since when no browser is connected; null while one is. */
  detachedSince: number | null = Date.now()

  constructor(readonly id: string) {}

  /** A browser connects, for the first time or again. `lastEventId` is what it has seen. */
  attach(controller: ReadableStreamDefaultController<Uint8Array>, lastEventId: string | null): void {
    this.#close()
    this.#controller = controller
    this.#lagging = false
    this.detachedSince = null
    const seen = this.#seenBy(lastEventId)
    // A block of its own without data sets the browser's Last-Event-ID, so that it has one from the start.
    this.#write(`: zoolens\nretry: 1000\nid: ${this.#epoch}-${seen ?? this.#next - 1}\n\n`)
    this.#attachedBefore = true
    if (seen === null || seen < this.#forgotten) this.send({ type: 'reset' })
    else for (const sent of this.#ring) if (sent.id > seen) this.#write(sent.text)
  }

  /** The number of the last message that the browser has; null when nobody can tell. */
  #seenBy(lastEventId: string | null): number | null {
    // Reads may have named the stream before it was opened: what they were to be told is kept.
    if (lastEventId === null) return this.#attachedBefore ? null : 0
    const [epoch, id] = lastEventId.split('-')
    return epoch === this.#epoch && /^\d{1,15}$/.test(id ?? '') ? Number(id) : null
  }

  detach(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#controller !== controller) return
    this.#controller = null
    this.detachedSince = Date.now()
  }

  send(message: LiveMessage): void {
    const id = this.#next++
    const text = `id: ${this.#epoch}-${id}\ndata: ${JSON.stringify(message)}\n\n`
    // A beat is about now: nobody wants an old one.
    if (message.type !== 'beat') {
      const of = stateOf(message)
      if (of !== null) this.#forgetOlder(of)
      this.#ring.push({ id, text, of })
      this.#ringBytes += text.length
      while (this.#ring.length > RING || this.#ringBytes > RING_BYTES) this.#forget()
    }
    if (this.#controller) this.#deliver(text)
  }

  /** Whoever has missed it gets the later one. */
  #forgetOlder(of: string): void {
    const at = this.#ring.findIndex((sent) => sent.of === of)
    const [older] = at === -1 ? [] : this.#ring.splice(at, 1)
    if (older !== undefined) this.#ringBytes -= older.text.length
  }

  #forget(): void {
    const oldest = this.#ring.shift()
    if (!oldest) return
    this.#forgotten = oldest.id
    this.#ringBytes -= oldest.text.length
  }

  close(): void {
    this.#close()
    this.#ring = []
    this.#ringBytes = 0
  }

  #deliver(text: string): void {
    const room = this.#controller?.desiredSize ?? 0
    if (room <= 0) {
      this.#lagging = true
      return
    }
    if (this.#lagging) {
      this.#lagging = false
      this.send({ type: 'reset' })
    }
    this.#write(text)
  }

  #write(text: string): void {
    try {
      this.#controller?.enqueue(this.#encoder.encode(text))
    } catch {
      // The browser has gone in this very moment; its abort signal is on the way.
      this.#controller = null
      this.detachedSince = Date.now()
    }
  }

  #close(): void {
    try {
      this.#controller?.close()
    } catch {
      // Closed by the other side already.
    }
    this.#controller = null
    this.detachedSince ??= Date.now()
  }
}

/** Locks are told as a whole, ten times a second: kept one by one they would drive out everything else. */
function stateOf(message: LiveMessage): string | null {
  if (message.type === 'lock') return `lock ${message.cluster} ${message.view.path}`
  return message.type === 'locks' ? `locks ${message.cluster}` : null
}
