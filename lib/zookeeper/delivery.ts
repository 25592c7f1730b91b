import { type Admit, FrameLengthError, Framing } from './framing'
import type { JuteReader } from './jute'
import { XID } from './opcodes'

/** How long one slice of work may hold up the event loop. */
const SLICE_MS = 8
/** So much of a long frame is a sign of life; single bytes are none, or a peer could hold us up with one frame for ever. */
const PROGRESS_BYTES = 16 * 1024

export interface DeliveryLink {
  /** Whether a frame that begins to come is wanted. It may be asked again while the frame comes. */
  readonly admit: Admit
  onFrame(frame: JuteReader): void
  onBroken(error: FrameLengthError): void
  /** While true, nothing more should be read. */
  hold(holding: boolean): void
  /** A frame, or a good part of one, has come; or we were busy, and silence then is not the server's. */
  heard(): void
}

/**
 * Hands on the frames of one connection, one after the other, and lets everybody else have a turn after some
 * milliseconds of it. It waits while a long answer is read in slices, and between an answer and an event right behind it,
 * because whoever awaits the answer goes on only after this turn of the event loop: the event would overtake it.
 */
export class Delivery {
  #framing = new Framing()
  #busy = false
  #stopped = false
  /** The last frame handed on was an answer. */
  #answered = false
  #sinceHeard = 0
  /** When this turn of the event loop has had its share of our work; null before its first frame. */
  #until: number | null = null

  constructor(private readonly link: DeliveryLink) {}

  push(chunk: Buffer): void {
    if (this.#stopped) return
    this.#framing.push(chunk)
    this.#sinceHeard += chunk.length
    if (this.#sinceHeard >= PROGRESS_BYTES) {
      this.#heard()
      // Whoever wanted a long answer may have given it up: what has come of it need not be kept.
      this.#guarded(() => this.#framing.reconsider(this.link.admit))
    }
    this.#deliver()
  }

  /** Nothing is handed on any more, and nothing is kept. */
  stop(): void {
    this.#stopped = true
    this.#framing = new Framing()
  }

  /** Runs work to its end, the first slice at once; everybody else has a turn between slices. */
  run(work: Iterator<undefined, void>): void {
    if (runSlice(work)) return
    this.#busy = true
    this.link.hold(true)
    const goOn = () => {
      const done = runSlice(work)
      if (!this.#stopped) this.#heard()
      if (done) this.#resume()
      else setImmediate(goOn)
    }
    setImmediate(goOn)
  }

  #deliver(): void {
    this.#guarded(() => {
      while (!this.#stopped && !this.#busy) {
        const frame = this.#framing.next(this.link.admit)
        if (frame === null) return
        this.#heard()
        if (this.#isOverdue() || (this.#answered && isNotification(frame))) this.#postpone(frame)
        else this.#handOn(frame)
      }
    })
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof FrameLengthError)) throw error
      this.link.onBroken(error)
    }
  }

  #handOn(frame: JuteReader): void {
    this.#answered = !isNotification(frame)
    this.link.onFrame(frame)
  }

  #postpone(frame: JuteReader): void {
    this.#busy = true
    this.link.hold(true)
    setImmediate(() => {
      this.#busy = false
      if (this.#stopped) return
      this.#handOn(frame)
      // It may be a long answer, which goes on in slices.
      if (!this.#busy) this.#resume()
    })
  }

  #resume(): void {
    this.#busy = false
    if (this.#stopped) return
    this.link.hold(false)
    this.#deliver()
  }

  #heard(): void {
    this.#sinceHeard = 0
    this.link.heard()
  }

  /** One turn may bring 2 MB: libuv reads a socket up to 32 times before it looks at anything else. */
  #isOverdue(): boolean {
    const now = performance.now()
    if (this.#until !== null) return now > this.#until
    this.#until = now + SLICE_MS
    setImmediate(() => {
      this.#until = null
    })
    return false
  }
}

function isNotification(frame: JuteReader): boolean {
  return frame.remaining >= 4 && frame.peekInt() === XID.notification
}

/** Returns true when the work has come to its end. */
function runSlice(work: Iterator<undefined, void>): boolean {
  const until = performance.now() + SLICE_MS
  while (performance.now() < until) if (work.next().done === true) return true
  return false
}
