import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finish } from './slices'
import { readWatches as slices } from './watches-text'

const readWatches = (text: string) => finish(slices(text))

describe('the answer to wchp', () => {
  it('names the sessions of each path', () => {
    const text = '/locks/a b:\'"\\ü\n\t0x300019e07890000\n\t0xff00019e07890000\n/none\n\t0x300019e07890000\n\n'
    const { value, complete } = readWatches(text)
    const [one, negative] = [0x300019e07890000n, BigInt.asIntN(64, 0xff00019e07890000n)]
    expect([...value]).toEqual([
      ['/locks/a b:\'"\\ü', new Set([one, negative])],
      ['/none', new Set([one])],
    ])
    expect(complete).toBe(true)
    expect(readWatches('\n')).toEqual({ value: new Map(), complete: true })
  })

  it('is taken for all only when it has its end: no byte may be missing', () => {
    const session = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map((id) => `\t0x${id.toString(16)}\n`)
    const path = fc.constantFrom('/a', '/locks/x-0000000001', '/ü', '/a b')
    const entry = fc.tuple(path, fc.array(session, { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.nat(), (entries, cut) => {
        const text = `${entries.map(([at, ids]) => `${at}\n${ids.join('')}`).join('')}\n`
        expect(readWatches(text).complete).toBe(true)
        expect(readWatches(text.slice(0, cut % text.length)).complete).toBe(false)
      }),
    )
  })

  it.each([
    ['a session before any path', '\t0x1\n\n'],
    ['something else', '/a\n\t0x1\nhello\n\n'],
    ['an id that is none', '/a\n\t0x11111111111111111\n\n'],
    ['a path that lost its letters', '/gr??e\n\t0x1\n\n'],
  ])('is not taken for all with %s', (_, text) => {
    expect(readWatches(text).complete).toBe(false)
  })
})
