import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatExactBytes, formatInteger } from './bytes'
import { formatAbsolute, formatAgo, formatDuration, formatExact } from './times'

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [86_400_000, '1 day'],
    [20 * 86_400_000, '20 days'],
    [245 * 86_400_000, '8 months'],
    [800 * 86_400_000, '2 years'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
    expect(formatAgo(5e12 - ms, 5e12)).toBe(ms < 1000 ? 'now' : `${text} ago`)
    expect(formatAgo(5e12 + ms, 5e12)).toBe(ms < 1000 ? 'now' : `in ${text}`)
  })

  it('knows the time of the root, which has none', () => {
    expect(formatAgo(0, 5e12)).toBe('not recorded')
  })

  it('never says more than there is', () => {
    const size: Record<string, number> = {
      ms: 1,
      s: 1e3,
      min: 6e4,
      h: 36e5,
      day: 864e5,
      month: 2629746e3,
      year: 31556952e3,
    }
    fc.assert(
      fc.property(fc.nat({ max: 1e13 }), (ms) => {
        const [count = '', unit = ''] = formatDuration(ms).split(' ')
        const length = size[unit] ?? size[unit.replace(/s$/, '')] ?? Number.NaN
        expect(Number(count) * length).toBeLessThanOrEqual(ms)
        expect((Number(count) + 1) * length).toBeGreaterThan(ms)
      }),
    )
  })
})

describe('absolute times', () => {
  it('are local and come back to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1980-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
        (date) => {
          expect(new Date(formatExact(date.getTime())).getTime()).toBe(date.getTime())
          expect(formatExact(date.getTime()).startsWith(formatAbsolute(date.getTime()).replace(' ', 'T'))).toBe(true)
        },
      ),
    )
    expect(formatAbsolute(new Date(2026, 2, 2, 9, 14, 7).getTime())).toBe('2026-03-02 09:14:07')
  })

  it('survive what no calendar holds', () => {
    expect(formatAbsolute(9e15)).toBe('9000000000000000 ms')
    expect(formatExact(-9e15)).toBe('-9000000000000000 ms')
    expect(formatAbsolute(-8e15)).toMatch(/^-\d{6}-\d\d-\d\d /)
  })
})

describe('formatBytes', () => {
  it.each([
    [0, '0 B', '0 bytes'],
    [1, '1 B', '1 byte'],
    [1023, '1023 B', '1,023 bytes'],
    [1024, '1 KB', '1,024 bytes'],
    [1229, '1.2 KB', '1,229 bytes'],
    [10_240, '10 KB', '10,240 bytes'],
    [1_048_575, '1023 KB', '1,048,575 bytes'],
    [1_048_576, '1 MB', '1,048,576 bytes'],
    [2_147_483_647, '1.9 GB', '2,147,483,647 bytes'],
  ])('%d is %s', (count, short, exact) => {
    expect([formatBytes(count), formatExactBytes(count)]).toEqual([short, exact])
  })

  it('groups digits and changes none', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (value) => {
        const text = formatInteger(value)
        expect(BigInt(text.replaceAll(',', ''))).toBe(value)
        expect(text).toMatch(/^-?\d{1,3}(,\d{3})*$/)
      }),
    )
  })
})
