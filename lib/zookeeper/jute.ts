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

/** Reads what {@link JuteWriter} writes. Every method throws RangeError when the bytes end too early or a length is absurd. */
export class JuteReader {
  readonly #bytes: Buffer
  #offset: number

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes
    this.#offset = offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  int(): number {
    const value = this.#bytes.readInt32BE(this.#offset)
    this.#offset += 4
    return value
  }

  long(): bigint {
    const value = this.#bytes.readBigInt64BE(this.#offset)
    this.#offset += 8
    return value
  }

  bool(): boolean {
    const value = this.#bytes.readUInt8(this.#offset) !== 0
    this.#offset += 1
    return value
  }

  string(): string | null {
    const size = this.#size()
    if (size === -1) return null
    const start = this.#offset
    this.#offset += size
    return this.#bytes.toString('utf8', start, this.#offset)
  }

  /** A copy: a view would keep the whole chunk that it came in alive. */
  buffer(): Buffer | null {
    const size = this.#size()
    if (size === -1) return null
    const start = this.#offset
    this.#offset += size
    return Buffer.from(this.#bytes.subarray(start, this.#offset))
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
}
