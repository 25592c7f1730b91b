import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64'
import { hexRow, hexRowCount } from './hex'
import { lineSeparatorOf } from './line-separator'
import { positionOf } from './position'
import { decodeUtf8, encodeUtf8, sameBytes } from './utf8'

const bytes = fc.uint8Array({ maxLength: 200 })
const text = fc.string({ unit: 'binary' })

describe('base64', () => {
  it('agrees with Node in both directions', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const encoded = toBase64(value)
        expect(encoded).toBe(Buffer.from(value).toString('base64'))
        expect(sameBytes(fromBase64(encoded), value)).toBe(true)
      }),
    )
  })

  it('joins its parts without a seam', () => {
    const large = Uint8Array.from({ length: 1_048_577 }, (_, at) => (at * 31) ^ (at >> 8))
    expect(toBase64(large)).toBe(Buffer.from(large).toString('base64'))
    expect(sameBytes(fromBase64(toBase64(large)), large)).toBe(true)
  })

  it('refuses what is not base64', () => {
    expect(() => fromBase64('a*b=')).toThrow()
  })
})

describe('utf8', () => {
  it('gives text only for bytes that it gives back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          text.map((value) => new TextEncoder().encode(value)),
        ),
        (value) => {
          const decoded = decodeUtf8(value)
          if (decoded === null)
            expect(Buffer.from(Buffer.from(value).toString('utf8')).equals(Buffer.from(value))).toBe(false)
          else expect(encodeUtf8(decoded)).toEqual(new Uint8Array(value))
        },
      ),
    )
  })

  it('keeps a byte order mark', () => {
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)
    expect(decodeUtf8(marked)).toBe('\ufeffa')
    expect(encodeUtf8('\ufeffa')).toEqual(marked)
  })

  it.each([
    ['overlong slash', [0xc0, 0xaf]],
    ['encoded surrogate', [0xed, 0xa0, 0x80]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['cut off', [0x61, 0xe2, 0x82]],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
  ])('refuses %s', (_name, value) => {
    expect(decodeUtf8(Uint8Array.from(value))).toBeNull()
  })

  it('refuses to write half a surrogate pair', () => {
    expect(encodeUtf8('a\ud83d')).toBeNull()
    expect(encodeUtf8('\ude00\ud83d')).toBeNull()
    expect(encodeUtf8('😀')).toEqual(Uint8Array.of(0xf0, 0x9f, 0x98, 0x80))
  })
})

describe('hex', () => {
  it('shows every byte once, in order', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const rows = Array.from({ length: hexRowCount(value.length) }, (_, row) => hexRow(value, row))
        expect(rows.flatMap(({ cells }) => cells).join('')).toBe(Buffer.from(value).toString('hex'))
        expect(rows.map(({ ascii }) => ascii).join('')).toBe(
          Buffer.from(value)
            .toString('latin1')
            .replace(/[^ -~]/g, '.'),
        )
        expect(rows.map(({ offset }) => Number.parseInt(offset, 16))).toEqual(rows.map((_, row) => row * 16))
      }),
    )
  })

  it('shows a row', () => {
    expect(hexRow(Uint8Array.from(Buffer.from('0123456789abcdefABC\0')), 1)).toEqual({
      offset: '00000010',
      cells: ['41', '42', '43', '00'],
      ascii: 'ABC.',
    })
  })
})

describe('lines', () => {
  const lines = fc.array(fc.constantFrom('a', '', 'b\u2028c', '\u0085'), { minLength: 1, maxLength: 6 })

  it('knows how lines end', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const), (parts, separator) => {
        const joined = parts.join(separator)
        expect(lineSeparatorOf(joined)).toBe(parts.length === 1 ? '\n' : separator)
        expect(positionOf(joined, joined.length)).toEqual({
          line: parts.length,
          column: (parts.at(-1) ?? '').length + 1,
        })
      }),
    )
  })

  it.each(['a\nb\r\n', 'a\r\nb\n', 'a\rb\n', '\n\r', '\r\r\n'])('calls %j mixed', (value) => {
    expect(lineSeparatorOf(value)).toBe('mixed')
  })
})
