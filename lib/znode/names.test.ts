import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { truncateMiddle } from './truncate'
import { hasHidden, visibleSegments } from './visible'

const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '\u202e',
        '\u200b',
        '\u00ad',
        '\ufeff',
        '\u00a0',
        '\ud83d',
        'é',
        '😀',
        '\ue000',
        '\u2800',
      ),
    )
    .map((parts) => parts.join('')),
)

describe('visibleSegments', () => {
  it('loses nothing and hides nothing', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const segments = visibleSegments(name)
        expect(segments.map(({ text }) => text).join('')).toBe(name)
        expect(segments.some(({ visible }) => !visible)).toBe(hasHidden(name))
        for (const { text, visible, label } of segments) {
          expect(text).not.toBe('')
          if (visible) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{DI}]/u)
          else expect(String.fromCodePoint(Number.parseInt(label.slice(2), 16))).toBe(text)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['plain name-1', 'plain name-1'],
    ['a\u202egnp.exe', 'a[U+202E]gnp.exe'],
    ['ad\u200bmin', 'ad[U+200B]min'],
    [' a b ', '[U+0020]a b[U+0020]'],
    ['  ', '[U+0020][U+0020]'],
    ['a\u00a0b', 'a[U+00A0]b'],
    ['\u3164', '[U+3164]'],
    ['שלום', 'שלום'],
    ['naïve é', 'naïve é'],
    ['__proto__', '__proto__'],
    ['', ''],
  ])('%j reads %s', (name, shown) => {
    expect(
      visibleSegments(name)
        .map(({ text, label }) => (label === '' ? text : `[${label}]`))
        .join(''),
    ).toBe(shown)
  })

  it('is quick with a name of spaces', () => {
    const start = performance.now()
    expect(visibleSegments(`${' '.repeat(100_000)}\u00a0${' '.repeat(100_000)}a`)).toHaveLength(100_003 - 1)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('truncateMiddle', () => {
  it('keeps to the length, the head and the tail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 3, max: 40 }), (name, max) => {
        const characters = Array.from(name)
        const short = Array.from(truncateMiddle(name, max))
        if (characters.length <= max) {
          expect(short).toEqual(characters)
          return
        }
        const cut = short.indexOf('…', Math.floor((max - 1) / 3))
        expect(short).toHaveLength(max)
        expect(characters.slice(0, cut)).toEqual(short.slice(0, cut))
        expect(characters.slice(characters.length - (max - 1 - cut))).toEqual(short.slice(cut + 1))
      }),
    )
    expect(truncateMiddle('_c_8f21aa07-77e1-lock-0000041877', 17)).toBe('_c_8f…-0000041877')
  })
})
