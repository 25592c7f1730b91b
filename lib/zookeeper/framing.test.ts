import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameLengthError, Framing } from './framing'

const LIMIT = 1_000_000

function collect(framing: Framing, chunk: Buffer): Buffer[] {
  framing.push(chunk)
  const frames: Buffer[] = []
  for (let body = framing.next(LIMIT); body !== null; body = framing.next(LIMIT)) frames.push(Buffer.from(body))
  return frames
}

describe('Framing', () => {
  it('finds the same frames however the stream is cut', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 })
    const cuts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 })
    fc.assert(
      fc.property(bodies, cuts, (contents, sizes) => {
        // encodeFrame's content is a jute buffer: its own length comes before the bytes.
        const stream = Buffer.concat(contents.map((content) => encodeFrame((writer) => writer.buffer(content))))
        const framing = new Framing()
        const found: Buffer[] = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1
          found.push(...collect(framing, stream.subarray(at, at + size)))
          at += size
        }
        expect(found.map((body) => body.subarray(4))).toEqual(contents.map((content) => Buffer.from(content)))
      }),
    )
  })

  it('needs linear time for a large frame in small chunks', () => {
    const framing = new Framing()
    const body = Buffer.alloc(40_000_000, 1)
    const header = Buffer.alloc(4)
    header.writeInt32BE(body.length)
    framing.push(header)
    expect(framing.next(body.length)).toBeNull()
    const started = performance.now()
    for (let at = 0; at < body.length; at += 1000) {
      framing.push(body.subarray(at, at + 1000))
      const frame = framing.next(body.length)
      if (frame !== null) expect(frame.equals(body)).toBe(true)
      expect(frame === null).toBe(at + 1000 < body.length)
    }
    // Joining at every chunk would copy 800 GB.
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it.each([-1, -2_147_483_648, LIMIT + 1, 0x7fffffff])('refuses a length of %i', (length) => {
    const framing = new Framing()
    const header = Buffer.alloc(4)
    header.writeInt32BE(length)
    framing.push(header)
    expect(() => framing.next(LIMIT)).toThrow(FrameLengthError)
  })

  it('takes an empty frame', () => {
    expect(collect(new Framing(), Buffer.alloc(4))).toEqual([Buffer.alloc(0)])
  })
})
