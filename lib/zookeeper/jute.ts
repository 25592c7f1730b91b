import { readText } from './java-text'

/** jute's binary encoding: big endian, strings and buffers prefixed by an int32 length, -1 for null. Source: BinaryOutputArchive. */
export class JuteWriter {
  #buffer = Buffer.allocUnsafe(256)
  #length = 0

  int(value: number): this {
    this.#reserve(4)
    this.#length = this.#buffer.writeInt32BE(value, this.#length)
    return this
  }

  long(value: bigint): this {
    this.#reserve(8)
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length)
    return this
  }

  bool(value: boolean): this {
    this.#reserve(1)
    this.#length = this.#buffer.writeUInt8(value ? 1 : 0, this.#length)
    return this
  }

  string(value: string): this {
    const size = Buffer.byteLength(value)
    this.int(size)
    this.#reserve(size)
    this.#length += this.#buffer.write(value, this.#length)
    return this
  }

  buffer(value: Uint8Array | null): this {
    if (value === null) return this.int(-1)
    this.int(value.length)
    this.#reserve(value.length)
    this.#buffer.set(value, this.#length)
    this.#length += value.length
    return this
  }

  vector<T>(items: readonly T[], write: (writer: this, item: T) => void): this {
    this.int(items.length)
    for (const item of items) write(this, item)
    return this
  }

  get length(): number {
    return this.#length
  }

  /** What was written so far. The writer must not be used after this. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  #reserve(size: number): void {
    const needed = this.#length + size
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}

const NOTHING = Buffer.alloc(0)
/** How much of a long value is copied before others have a turn. */
const COPY_BYTES = 1024 * 1024
/** A path came to the server in a request, which has just under 1 MiB unless jute.maxbuffer says otherwise. */
const LARGEST_STRING_BYTES = 4 * 1024 * 1024

/**
 * Reads what {@link JuteWriter} writes, from bytes in any number of pieces. Every method throws RangeError when the bytes
 * end too early, a length is absurd, or a string is none. Pieces that were read are let go.
 */
export class JuteReader {
  /** Those not begun, the next one last. */
  readonly #later: Buffer[]
  #laterBytes = 0
  #bytes: Buffer
  #offset = 0

  constructor(bytes: Buffer | readonly Buffer[]) {
    if (Array.isArray(bytes)) {
      this.#later = bytes.toReversed()
      for (const piece of this.#later) this.#laterBytes += piece.length
      this.#bytes = NOTHING
    } else {
      this.#later = []
      this.#bytes = bytes as Buffer
    }
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset + this.#laterBytes
  }

  /** The int that {@link int} will return. */
  peekInt(): number {
    this.#reach(4)
    return this.#bytes.readInt32BE(this.#offset)
  }

  int(): number {
    this.#reach(4)
    const value = this.#bytes.readInt32BE(this.#offset)
    this.#offset += 4
    return value
  }

  long(): bigint {
    this.#reach(8)
    const value = this.#bytes.readBigInt64BE(this.#offset)
    this.#offset += 8
    return value
  }

  bool(): boolean {
    this.#reach(1)
    const value = this.#bytes.readUInt8(this.#offset) !== 0
    this.#offset += 1
    return value
  }

  string(): string | null {
    const size = this.#size()
    if (size === -1) return null
    if (size > LARGEST_STRING_BYTES) throw new RangeError(`string of ${size} bytes`)
    this.#reach(size)
    const start = this.#offset
    this.#offset += size
    return readText(this.#bytes, start, this.#offset)
  }

  /** A copy: a view would keep the whole chunk that it came in alive. */
  buffer(): Buffer | null {
    const work = this.bufferInSlices()
    for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value
  }

  /** Like {@link buffer}, with pauses: to copy 50 MB takes longer than others can wait. */
  *bufferInSlices(): Generator<undefined, Buffer | null> {
    const size = this.#size()
    if (size === -1) return null
    if (size <= COPY_BYTES) {
      this.#reach(size)
      const start = this.#offset
      this.#offset += size
      return Buffer.from(this.#bytes.subarray(start, this.#offset))
    }
    const copy = Buffer.allocUnsafeSlow(size)
    for (let at = 0; at < size; ) {
      const stop = Math.min(size, at + COPY_BYTES)
      while (at < stop) at += this.#copyInto(copy, at, stop)
      yield
    }
    return copy
  }

  /** Everything that is left, in one piece. */
  rest(): Buffer {
    this.#reach(this.remaining)
    const rest = this.#bytes.subarray(this.#offset)
    this.#offset = this.#bytes.length
    return rest
  }

  /** The number of items that follow; a null vector counts as empty, as in Java's client. */
  count(smallestItem: number): number {
    const count = this.int()
    if (count === -1) return 0
    if (count < 0 || count * smallestItem > this.remaining) throw new RangeError(`vector of ${count} items`)
    return count
  }

  #size(): number {
    const size = this.int()
    if (size < -1 || size > this.remaining) throw new RangeError(`length ${size} with ${this.remaining} bytes left`)
    return size
  }

  /** Makes the next bytes stand in one piece: where pieces meet, just those are joined. */
  #reach(size: number): void {
    if (this.#offset + size <= this.#bytes.length) return
    if (size > this.remaining) throw new RangeError(`${size} bytes wanted, ${this.remaining} left`)
    if (this.#offset === this.#bytes.length) this.#nextPiece()
    if (this.#offset + size <= this.#bytes.length) return
    const joined = Buffer.allocUnsafeSlow(size)
    let at = this.#bytes.copy(joined, 0, this.#offset)
    while (at < size) {
      this.#nextPiece()
      const copied = this.#bytes.copy(joined, at)
      at += copied
      this.#offset = copied
    }
    if (this.#offset < this.#bytes.length) {
      const rest = this.#bytes.subarray(this.#offset)
      this.#later.push(rest)
      this.#laterBytes += rest.length
    }
    this.#bytes = joined
    this.#offset = 0
  }

  /** Copies what this piece has of copy[at..stop), and returns how much that was. */
  #copyInto(copy: Buffer, at: number, stop: number): number {
    if (this.#offset === this.#bytes.length) this.#nextPiece()
    const copied = this.#bytes.copy(copy, at, this.#offset, Math.min(this.#bytes.length, this.#offset + stop - at))
    this.#offset += copied
    return copied
  }

  /** There is one. */
  #nextPiece(): void {
    this.#bytes = this.#later.pop() ?? NOTHING
    this.#laterBytes -= this.#bytes.length
    this.#offset = 0
  }
}
