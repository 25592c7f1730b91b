import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLosslessJson } from './lossless-json'
import { sessionFromDecimal } from './session-id-text'

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

describe('parseLosslessJson', () => {
  it('keeps every int64, wherever it stands and however it is spaced', () => {
    fc.assert(
      fc.property(fc.array(int64), fc.constantFrom('', ' ', '\n\t '), (ids, gap) => {
        const text = `{${gap}"a" :${gap}[${ids.map((id) => `${gap}${id}${gap}`).join(',')}],"b":${ids[0] ?? 0}${gap}}`
        const parsed = parseLosslessJson(text) as { a: (string | number)[]; b: string | number }
        expect([...parsed.a, parsed.b].map((id) => sessionFromDecimal(String(id)))).toEqual([...ids, ids[0] ?? 0n])
      }),
      { numRuns: 500 },
    )
  })

  it('leaves strings alone, with digits, quotes and backslashes in them', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('72057675599511553', '"', '\\', '[-9223372036854775808,', '\\"1'),
    )
    const text = fc.array(part).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.dictionary(text, fc.oneof(text, fc.integer(), fc.double({ noNaN: true, min: -1000, max: 1000 }))),
        (value) => {
          expect(parseLosslessJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('keeps the neighbours apart that JSON.parse makes one', () => {
    const text = '[72057675599511552,72057675599511553,-72057675599511553, 9007199254740993 ,123456789012345,1.5e300]'
    expect(parseLosslessJson(text)).toEqual([
      '72057675599511552',
      '72057675599511553',
      '-72057675599511553',
      '9007199254740993',
      123456789012345,
      1.5e300,
    ])
  })

  it.each(['', '[', '[1', '{"a":1', '<html>', '01234567890123456789', '[1 2]', '"\\', '1234567890123456.', '-'])(
    'refuses %j as JSON.parse does',
    (text) => {
      expect(() => parseLosslessJson(text)).toThrow(SyntaxError)
    },
  )

  it('refuses what is nested deep, however deep, and counts no brackets in strings', () => {
    expect(() => parseLosslessJson('['.repeat(10_000_000))).toThrow('nested too deep')
    expect(() => parseLosslessJson('{"a":'.repeat(17))).toThrow('nested too deep')
    expect(parseLosslessJson(`["${'['.repeat(100)}"]`)).toEqual(['['.repeat(100)])
  })
})
