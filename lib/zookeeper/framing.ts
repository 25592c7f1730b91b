import { JuteWriter } from './jute'

/** A whole frame, its length included. */
export function encodeFrame(write: (writer: JuteWriter) => unknown): Buffer {
  const writer = new JuteWriter().int(0)
  write(writer)
  const frame = writer.finish()
  frame.writeInt32BE(frame.length - 4)
  return frame
}

/** More than any reply that is worth having: a list of 256 MiB is about 5 million names. */
export const LARGEST_REPLY_BYTES = 256 * 1024 * 1024

/** A peer announced a frame that cannot be one. */
export class FrameLengthError extends Error {
  constructor(
    readonly length: number,
    /** What the peer sent, the four bytes of the length first. */
    readonly beginning: Buffer,
  ) {
    super(`frame of ${length} bytes`)
    this.name = 'FrameLengthError'
  }
}

/**
 * Cuts a byte stream into frames (int32 length, then the body). One instance a connection, so that half a frame never
 * survives into the next one. Linear in the bytes received: chunks are joined once, when the frame is complete.
 */
export class Framing {
  #chunks: Buffer[] = []
  #have = 0
  /** Bytes that the next frame takes, its length included; 4 while the length is not known. */
  #need = 4

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#have += chunk.length
  }

  /**
   * The body of the next complete frame, or null. It is a view of received bytes.
   * @throws FrameLengthError when its length is negative or above `limit` (bytes).
   */
  next(limit: number): Buffer | null {
    if (this.#have < this.#need) return null
    const joined = this.#join()
    const length = joined.readInt32BE(0)
    if (length < 0 || length > limit) throw new FrameLengthError(length, joined)
    if (joined.length < length + 4) {
      this.#need = length + 4
      return null
    }
    const rest = joined.subarray(length + 4)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#have = rest.length
    this.#need = 4
    return joined.subarray(4, length + 4)
  }

  #join(): Buffer {
    const [first] = this.#chunks
    if (first !== undefined && this.#chunks.length === 1) return first
    const joined = Buffer.concat(this.#chunks, this.#have)
    this.#chunks = [joined]
    return joined
  }
}
