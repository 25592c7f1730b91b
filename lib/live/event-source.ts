import type { LiveMessage } from './protocol'

/** The server sends a beat every 1.5 s; after this much silence the connection is taken for half-open. */
const SILENCE_MS = 8000
const RETRY_MS = 1500

export interface EventStreamHandlers {
  message(message: LiveMessage): void
  lost(): void
}

/**
 * Keeps an EventSource open for ever: the browser reconnects after a broken connection by itself (with Last-Event-ID),
 * but not after an HTTP error, and it never notices silence. Returns a function that ends it.
 */
export function openEventStream(url: string, handlers: EventStreamHandlers): () => void {
  let source: EventSource | null = null
  let heard = Date.now()
  let opened = false
  let retry: ReturnType<typeof setTimeout> | undefined

  const open = (): void => {
    heard = Date.now()
    // A new EventSource does not say what the last one has seen: the server must know that there was one.
    source = new EventSource(opened ? `${url}&again=1` : url)
    opened = true
    source.onmessage = (event: MessageEvent<string>) => {
      heard = Date.now()
      handlers.message(JSON.parse(event.data) as LiveMessage)
    }
    source.onerror = () => {
      handlers.lost()
      if (source?.readyState === EventSource.CLOSED) reopen()
    }
  }
  const reopen = (): void => {
    source?.close()
    clearTimeout(retry)
    retry = setTimeout(open, RETRY_MS)
  }
  const watchdog = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN || Date.now() - heard < SILENCE_MS) return
    handlers.lost()
    reopen()
  }, 1000)

  open()
  return () => {
    clearInterval(watchdog)
    clearTimeout(retry)
    source?.close()
  }
}
