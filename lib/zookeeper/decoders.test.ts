import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isZooKeeperError } from './errors'
import { decodeConnectAnswer } from './handshake'
import { readText } from './java-text'
import { JuteReader, JuteWriter } from './jute'
import { Operations } from './operations'
import type { Request } from './request'
import { ALL_FEATURES } from './server-features'
import { hostileBody, inPieces, int32, int64, intBytes } from './testing/hostile-bytes'

const operations = new Operations('/app')
const READS = [
  { type: 'getData', path: '/a' },
  { type: 'getChildren', path: '/a' },
] as const
const WRITES = [
  { type: 'create', path: '/a', data: null },
  { type: 'set', path: '/a', data: null, version: 0 },
  { type: 'delete', path: '/a', version: 0 },
] as const

const REQUESTS: Readonly<Record<string, Request<unknown>>> = {
  exists: operations.exists('/a'),
  getData: operations.getData('/a'),
  getChildren: operations.getChildren('/a'),
  getAcl: operations.getAcl('/a'),
  sync: operations.sync('/a'),
  setData: operations.setData('/a', null, 0),
  setAcl: operations.setAcl('/a', [], 0),
  create: operations.create({ path: '/a', data: null })(ALL_FEATURES),
  multi: operations.multi([...WRITES])(ALL_FEATURES),
  multiRead: operations.multiRead([...READS]),
  whoAmI: operations.whoAmI(),
  getEphemerals: operations.getEphemerals('/'),
  config: operations.config(),
}

/** Runs a decoder to its end, in as many slices as it wants. */
function decode(request: Request<unknown>, reader: JuteReader): unknown {
  const decoded = request.decode(reader, 1n)
  if (typeof decoded !== 'object' || decoded === null || !('next' in decoded)) return decoded
  const work = decoded as Iterator<undefined, unknown>
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value
}

function outcome(request: Request<unknown>, reader: JuteReader): unknown {
  try {
    return { value: decode(request, reader), left: reader.remaining }
  } catch (error) {
    if (!(error instanceof RangeError) && !isZooKeeperError(error)) throw error
    return { failed: error.message }
  }
}

describe.each(Object.entries(REQUESTS))('the answer to %s', (_, request) => {
  it('is a value or refused, whatever comes and in whatever pieces', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
    fc.assert(
      fc.property(hostileBody, sizes, (body, cuts) => {
        const whole = outcome(request, new JuteReader(body))
        expect(outcome(request, new JuteReader(inPieces(body, cuts)))).toEqual(whole)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a reader', () => {
  it('takes the same values from any pieces', () => {
    const value = fc.oneof(
      int32.map((int) => ({ int })),
      int64.map((long) => ({ long })),
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((string) => ({ string })),
      fc.uint8Array({ maxLength: 60 }).map((buffer) => ({ buffer })),
    )
    fc.assert(
      fc.property(fc.array(value), fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (values, sizes) => {
        const writer = new JuteWriter()
        for (const item of values) {
          if ('int' in item) writer.int(item.int)
          else if ('long' in item) writer.long(item.long)
          else if ('string' in item) writer.string(item.string)
          else writer.buffer(item.buffer)
        }
        const reader = new JuteReader(inPieces(writer.finish(), sizes))
        for (const item of values) {
          if ('int' in item) expect(reader.int()).toBe(item.int)
          else if ('long' in item) expect(reader.long()).toBe(item.long)
          else if ('string' in item) expect(reader.string()).toBe(item.string)
          else expect(reader.buffer()).toEqual(Buffer.from(item.buffer))
        }
        expect(reader.remaining).toBe(0)
      }),
    )
  })

  it('copies a large value in slices', () => {
    const value = Buffer.alloc(10_000_000, 'zookeeper')
    const reader = new JuteReader(inPieces(Buffer.concat([intBytes(value.length), value]), [65_536]))
    const work = reader.bufferInSlices()
    let slices = 0
    for (let step = work.next(); ; step = work.next()) {
      slices += 1
      if (step.done !== true) continue
      expect(step.value?.equals(value)).toBe(true)
      break
    }
    expect(slices).toBeGreaterThan(9)
  })

  it('never allocates what is only announced', () => {
    const before = process.memoryUsage()
    for (let i = 0; i < 1000; i++) {
      for (const request of Object.values(REQUESTS)) outcome(request, new JuteReader(intBytes(0x7fffffff)))
    }
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(10_000_000)
  })
})

describe('a handshake', () => {
  it('is an answer or a stranger’s, whatever comes', () => {
    const body = fc.oneof(
      hostileBody,
      fc.uint8Array({ minLength: 36, maxLength: 37 }).map((bytes) => Buffer.from(bytes)),
    )
    fc.assert(
      fc.property(body, (bytes) => {
        expect(['accepted', 'expired', 'refused', 'stranger']).toContain(decodeConnectAnswer(bytes).type)
      }),
    )
  })
})

describe('text', () => {
  const read = (...bytes: number[]) => readText(Buffer.from(bytes), 0, bytes.length)

  it('beyond U+FFFF may come as the two surrogates that Java writes', () => {
    expect(read(0x61, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x62)).toBe('a\u{1f600}b')
    expect(read(0xf0, 0x9f, 0x98, 0x80)).toBe('\u{1f600}')
    expect(read(0xed, 0x95, 0x9c, 0xef, 0xbf, 0xbd)).toBe('한\ufffd')
  })

  it.each([[[0x80]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0xbd]], [[0xed, 0xb8, 0x80, 0xed, 0xa0, 0xbd]], [[0xf0, 0x9f]]])(
    'that is none is refused: %j',
    (bytes) => {
      expect(() => read(...bytes)).toThrow(RangeError)
    },
  )
})
