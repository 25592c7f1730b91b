import { FrameLengthError, Framing } from './framing'
import { XID } from './opcodes'

/** How long one slice of work may hold up the event loop. */
const SLICE_MS = 8

export interface DeliveryLink {
  /** The longest frame that may come now, in bytes. */
  limit(): number
  onFrame(body: Buffer): void
  onBroken(error: FrameLengthError): void
  /** While true, nothing more should be read. */
  hold(holding: boolean): void
  /** Called between slices: silence during our own work is not the server's. */
  working(): void
}

/**
 * Hands on the frames of one connection, one after the other. It waits while a long answer is read in slices, and
 * between an answer and an event right behind it, because whoever awaits the answer goes on only after this turn of the
 * event loop: the event would overtake it.
 */
export class Delivery {
  readonly #framing = new Framing()
  #busy = false
  #stopped = false
  /** The last frame handed on was an answer. */
  #answered = false

  constructor(private readonly link: DeliveryLink) {}

  push(chunk: Buffer): void {
    this.#framing.push(chunk)
    this.#deliver()
  }

  /** Nothing is handed on any more. */
  stop(): void {
    this.#stopped = true
  }

  /** Runs work to its end, the first slice at once; everybody else has a turn between slices. */
  run(work: Iterator<undefined, void>): void {
    if (runSlice(work)) return
    this.#busy = true
    this.link.hold(true)
    const goOn = () => {
      const done = runSlice(work)
      if (!this.#stopped) this.link.working()
      if (done) this.#resume()
      else setImmediate(goOn)
    }
    setImmediate(goOn)
  }

  #deliver(): void {
    try {
      while (!this.#stopped && !this.#busy) {
        const body = this.#framing.next(this.link.limit())
        if (body === null) return
        if (this.#answered && isNotification(body)) this.#postpone(body)
        else this.#handOn(body)
      }
    } catch (error) {
      if (!(error instanceof FrameLengthError)) throw error
      this.link.onBroken(error)
    }
  }

  #handOn(body: Buffer): void {
    this.#answered = !isNotification(body)
    this.link.onFrame(body)
  }

  #postpone(body: Buffer): void {
    this.#busy = true
    setImmediate(() => {
      if (!this.#stopped) this.#handOn(body)
      this.#resume()
    })
  }

  #resume(): void {
    this.#busy = false
    if (this.#stopped) return
    this.link.hold(false)
    this.#deliver()
  }
}

function isNotification(body: Buffer): boolean {
  return body.length >= 4 && body.readInt32BE(0) === XID.notification
}

/** Returns true when the work has come to its end. */
function runSlice(work: Iterator<undefined, void>): boolean {
  const until = performance.now() + SLICE_MS
  while (performance.now() < until) if (work.next().done === true) return true
  return false
}
