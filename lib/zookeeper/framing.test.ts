import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Admission, encodeFrame, FrameLengthError, Framing } from './framing'

const LIMIT = 1_000_000
const admit = (length: number): Admission => (length <= LIMIT ? 'take' : 'break')

function collect(framing: Framing, chunk: Buffer): Buffer[] {
  framing.push(chunk)
  const frames: Buffer[] = []
  for (let frame = framing.next(admit); frame !== null; frame = framing.next(admit)) {
    frames.push(Buffer.from(frame.rest()))
  }
  return frames
}

/** The stream in pieces of these sizes, over and over. */
function* cut(stream: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield stream.subarray(at, at + size)
    at += size
  }
}

const lengthOnly = (length: number): Buffer => {
  const header = Buffer.alloc(4)
  header.writeInt32BE(length)
  return header
}

describe('Framing', () => {
  it('finds the same frames however the stream is cut', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 6000 }), { maxLength: 12 })
    // Both sides of the size from which on chunks are kept as they are.
    const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 9000 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(bodies, cuts, (contents, sizes) => {
        // encodeFrame's content is a jute buffer: its own length comes before the bytes.
        const stream = Buffer.concat(contents.map((content) => encodeFrame((writer) => writer.buffer(content))))
        const framing = new Framing()
        const found = [...cut(stream, sizes)].flatMap((chunk) => collect(framing, chunk))
        expect(found.map((body) => body.subarray(4))).toEqual(contents.map((content) => Buffer.from(content)))
      }),
    )
  })

  it('keeps frames that were cut out of it as they were when more bytes come', () => {
    const frames = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { minLength: 2, maxLength: 40 })
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 120 }), (contents, size) => {
        const stream = Buffer.concat(contents.map((content) => encodeFrame((writer) => writer.buffer(content))))
        const framing = new Framing()
        const held = [...cut(stream, [size])].flatMap((chunk) => {
          framing.push(chunk)
          const here = []
          for (let frame = framing.next(admit); frame !== null; frame = framing.next(admit)) here.push(frame)
          return here
        })
        expect(held.map((frame) => frame.buffer())).toEqual(contents.map((content) => Buffer.from(content)))
      }),
    )
  })

  it('goes on right behind a frame that was not wanted, however the stream is cut', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 })
    const sizes = fc.array(fc.integer({ min: 4, max: 20_000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sizes, cuts, (lengths, pieces) => {
        const stream = Buffer.concat(
          lengths.map((length, i) => Buffer.concat([lengthOnly(length), Buffer.alloc(length, i + 1)])),
        )
        const framing = new Framing()
        const wanted = (length: number): Admission => (length % 2 === 0 ? 'take' : 'skip')
        const found: number[][] = []
        for (const piece of cut(stream, pieces)) {
          framing.push(piece)
          for (let frame = framing.next(wanted); frame !== null; frame = framing.next(wanted)) {
            const body = frame.rest()
            found.push([body.length, body[0] ?? 0])
          }
        }
        expect(found).toEqual(lengths.map((length, i) => [length, i + 1]).filter(([length = 0]) => length % 2 === 0))
      }),
    )
  })

  it('throws away a frame of which a part has come when it is not wanted any more', () => {
    const framing = new Framing()
    framing.push(Buffer.concat([lengthOnly(10_000), Buffer.alloc(5000, 1)]))
    expect(framing.next(admit)).toBeNull()
    framing.reconsider((length, first) => (length === 10_000 && first === 0x01010101 ? 'skip' : 'take'))
    const after = encodeFrame((writer) => writer.int(7))
    expect(collect(framing, Buffer.concat([Buffer.alloc(5000, 1), after]))).toEqual([after.subarray(4)])
  })

  it('needs linear time for a large frame in small chunks', () => {
    const framing = new Framing()
    const body = Buffer.alloc(40_000_000, 1)
    framing.push(lengthOnly(body.length))
    const all = () => 'take' as const
    expect(framing.next(all)).toBeNull()
    const started = performance.now()
    let complete = 0
    for (const chunk of cut(body, [1000])) {
      framing.push(chunk)
      const frame = framing.next(all)
      if (frame?.rest().equals(body)) complete += 1
    }
    expect(complete).toBe(1)
    // Joining at every chunk would copy 800 GB.
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it.each([-1, -2_147_483_648])('refuses a length of %i at once', (length) => {
    const framing = new Framing()
    framing.push(lengthOnly(length))
    expect(() => framing.next(admit)).toThrow(FrameLengthError)
  })

  it.each([LIMIT + 1, 0x7fffffff])('refuses a length of %i as soon as it is known whose answer it is', (length) => {
    const framing = new Framing()
    framing.push(lengthOnly(length))
    expect(framing.next(admit)).toBeNull()
    framing.push(Buffer.alloc(4))
    expect(() => framing.next(admit)).toThrow(`frame of ${length} bytes`)
  })

  it('takes an empty frame', () => {
    expect(collect(new Framing(), Buffer.alloc(4))).toEqual([Buffer.alloc(0)])
  })
})
