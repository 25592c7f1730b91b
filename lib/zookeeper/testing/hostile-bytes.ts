import fc from 'fast-check'

/** An int32, absurd ones above all. */
export const int32 = fc.oneof(
  fc.constantFrom(-0x80000000, -2, -1, 0, 1, 0x7fffffff),
  fc.integer({ min: -0x80000000, max: 0x7fffffff }),
)
/** An int64, absurd ones above all. */
export const int64 = fc.oneof(
  fc.constantFrom(-(2n ** 63n), -1n, 0n, 1n, 2n ** 63n - 1n),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  // Not UTF-8: a continuation on its own, an overlong slash, half a surrogate pair, half a character.
  fc.constantFrom(...[[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf0, 0x9f]].map((list) => Uint8Array.from(list))),
)

export function intBytes(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}

function longBytes(value: bigint): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigInt64BE(value)
  return buffer
}

const part: fc.Arbitrary<Uint8Array> = fc.oneof(
  int32.map(intBytes),
  int64.map(longBytes),
  bytes,
  // What says that it is a string, or a buffer, and is one.
  bytes.map((value) => Buffer.concat([intBytes(value.length), value])),
  // What says so and is longer or shorter.
  fc.tuple(fc.oneof(int32, fc.nat(70)), bytes).map(([size, value]) => Buffer.concat([intBytes(size), value])),
  // class Stat, 68 bytes.
  fc.uint8Array({ minLength: 68, maxLength: 68 }),
)

/** Bytes that look like an answer here and there. */
export const hostileBody: fc.Arbitrary<Buffer> = fc.array(part, { maxLength: 12 }).map((parts) => Buffer.concat(parts))

/** The bytes in pieces, so that every value may lie across two of them. */
export const inPieces = (whole: Buffer, sizes: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = []
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    pieces.push(whole.subarray(at, at + size))
    at += size
  }
  return pieces
}
