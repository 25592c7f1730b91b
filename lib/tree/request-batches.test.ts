import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_REQUEST_CHARS, requestBatches } from './request-batches'

/** The query with the "?" before it. */
const sent = (path: string, names: readonly string[]) =>
  new URLSearchParams([['path', path], ...names.map((name) => ['name', name])]).toString().length + 1

describe('requestBatches', () => {
  const unit = fc.constantFrom('a', '!', ' ', '节', '😀', '\ud800')
  const name = fc.string({ unit, minLength: 1, maxLength: 300 })
  const path = fc.string({ unit, maxLength: 700 }).map((rest) => `/${rest}`)

  it('keeps every name, in order, in as few requests as fit', () => {
    fc.assert(
      fc.property(path, fc.array(name, { maxLength: 80 }), fc.integer({ min: 1, max: 64 }), (at, names, maxNames) => {
        const batches = requestBatches(at, names, maxNames)
        expect(batches.flat()).toEqual(names)
        const fits = (batch: readonly string[]) => batch.length <= maxNames && sent(at, batch) <= MAX_REQUEST_CHARS
        for (const [i, batch] of batches.entries()) {
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.length === 1 || fits(batch)).toBe(true)
          const next = batches[i + 1]?.[0]
          if (next !== undefined) expect(fits([...batch, next])).toBe(false)
        }
      }),
    )
  })

  it('sends 64 short names at once, and 64 long ones so that no request comes near the 16 KiB of Node', () => {
    const all = (one: string) => Array.from({ length: 64 }, (_, i) => `${one}${i}`)
    expect(requestBatches('/a', all('n'), 64)).toHaveLength(1)
    for (const one of ['x'.repeat(250), '!'.repeat(250), '节'.repeat(250)]) {
      const batches = requestBatches('/a', all(one), 64)
      expect(batches.length).toBeGreaterThan(1)
      for (const batch of batches) expect(sent('/a', batch)).toBeLessThan(8 * 1024)
    }
  })
})
