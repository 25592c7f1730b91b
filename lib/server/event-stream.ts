import { MAX_BUFFERED_BYTES } from './live-stream'
import { runtime } from './runtime'

/** Connects a browser to its stream, with what it missed since its Last-Event-ID. */
export function eventStream(id: string, headers: Headers, signal: AbortSignal, again = false): Response {
  const stream = runtime().streams.stream(id)
  // Who comes again without saying what it has seen has missed something: no number of ours is 'again'.
  const lastEventId = headers.get('last-event-id') ?? (again ? 'again' : null)
  let attached: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        attached = controller
        stream.attach(controller, lastEventId)
        signal.addEventListener('abort', () => stream.detach(controller))
      },
      cancel() {
        stream.detach(attached)
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_BUFFERED_BYTES }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      // no-transform keeps Next from compressing, and so from holding back, the stream; the other is for nginx.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}
