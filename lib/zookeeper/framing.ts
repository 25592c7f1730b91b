import { JuteReader, JuteWriter } from './jute'

/** A whole frame, its length included. */
export function encodeFrame(write: (writer: JuteWriter) => unknown): Buffer {
  const writer = new JuteWriter().int(0)
  write(writer)
  const frame = writer.finish()
  frame.writeInt32BE(frame.length - 4)
  return frame
}

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

/** What becomes of a frame: 'skip' throws its bytes away as they come, 'break' gives up the connection. */
export type Admission = 'take' | 'skip' | 'break'

/** Decides by a frame's length (bytes) and its first int32, which is null when the frame is shorter than that. */
export type Admit = (length: number, first: number | null) => Admission

const LENGTH_BYTES = 4
/** Smaller chunks are copied together: a peer that sends single bytes must not cost an object for each of them. */
const SMALL_CHUNK_BYTES = 4096
const BLOCK_BYTES = 16 * 1024

/**
 * Cuts a byte stream into frames (int32 length, then the body). One instance a connection, so that half a frame never
 * survives into the next one. Linear in the bytes received, and they are never joined: copying 256 MB at once would
 * take twice the memory and hold up everybody else.
 */
export class Framing {
  #chunks: Buffer[] = []
  #have = 0
  /** The body of the frame that is being received; null while its length is not known. */
  #length: number | null = null
  #first: number | null = null
  #skip = 0
  /** The last chunk, if it is our own and has room for more. */
  #block: Buffer | null = null
  #blockUsed = 0

  push(chunk: Buffer): void {
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, chunk.length)
      this.#skip -= skipped
      if (skipped < chunk.length) this.push(chunk.subarray(skipped))
      return
    }
    this.#have += chunk.length
    if (this.#chunks.length === 0 || chunk.length >= SMALL_CHUNK_BYTES) {
      this.#chunks.push(chunk)
      this.#block = null
    } else this.#append(chunk)
  }

  /**
   * The next complete frame, or null. It reads from the received bytes as they are.
   * @throws FrameLengthError when its length is negative, or when `admit` says 'break'.
   */
  next(admit: Admit): JuteReader | null {
    while (this.#length === null) {
      if (this.#have < LENGTH_BYTES) return null
      const length = this.#peek(0)
      if (length < 0) throw this.#error(length)
      if (this.#have < LENGTH_BYTES + Math.min(length, 4)) return null
      const first = length < 4 ? null : this.#peek(LENGTH_BYTES)
      const admission = admit(length, first)
      if (admission === 'break') throw this.#error(length)
      this.#take(LENGTH_BYTES)
      this.#length = length
      this.#first = first
      if (admission === 'skip') this.#drop()
    }
    if (this.#have < this.#length) return null
    const chunks = this.#take(this.#length)
    this.#length = null
    return new JuteReader(chunks)
  }

  /** Asks again about a frame of which a part has come. */
  reconsider(admit: Admit): void {
    if (this.#length !== null && admit(this.#length, this.#first) === 'skip') this.#drop()
  }

  /** Throws away what has come of this frame and what will. */
  #drop(): void {
    const length = this.#length ?? 0
    this.#length = null
    const here = Math.min(this.#have, length)
    this.#take(here)
    this.#skip = length - here
  }

  /** Removes bytes from the front. */
  #take(size: number): Buffer[] {
    this.#have -= size
    const [first] = this.#chunks
    if (first !== undefined && first.length > size) {
      this.#chunks[0] = first.subarray(size)
      return [first.subarray(0, size)]
    }
    let count = 0
    let bytes = 0
    for (; bytes < size; count++) bytes += this.#chunks[count]?.length ?? size
    const taken = this.#chunks.splice(0, count)
    const last = taken.at(-1)
    if (last !== undefined && bytes > size) {
      const cut = last.length - (bytes - size)
      taken[taken.length - 1] = last.subarray(0, cut)
      this.#chunks.unshift(last.subarray(cut))
    }
    // A frame that was cut from our own block has a view of it; what follows gets another chunk.
    if (this.#chunks.length === 0) this.#block = null
    return taken
  }

  #append(chunk: Buffer): void {
    let block = this.#block
    if (block === null || this.#blockUsed + chunk.length > block.length) {
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
      this.#block = block
      this.#blockUsed = 0
      this.#chunks.push(block.subarray(0, 0))
    }
    chunk.copy(block, this.#blockUsed)
    const last = this.#chunks.length - 1
    const known = this.#chunks[last]?.length ?? 0
    const start = this.#blockUsed - known
    this.#blockUsed += chunk.length
    this.#chunks[last] = block.subarray(start, this.#blockUsed)
  }

  /** The int32 at this offset; so many bytes are there. */
  #peek(at: number): number {
    const [first] = this.#chunks
    if (first !== undefined && first.length >= at + 4) return first.readInt32BE(at)
    return this.#beginning(at + 4).readInt32BE(at)
  }

  #beginning(size: number): Buffer {
    const parts: Buffer[] = []
    for (let i = 0, bytes = 0; i < this.#chunks.length && bytes < size; i++) {
      const chunk = this.#chunks[i] as Buffer
      parts.push(chunk)
      bytes += chunk.length
    }
    return Buffer.concat(parts)
  }

  #error(length: number): FrameLengthError {
    return new FrameLengthError(length, this.#beginning(64))
  }
}
