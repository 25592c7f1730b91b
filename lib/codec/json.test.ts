import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonProblemInWords } from '@/lib/text/json-problems'
import { checkJson, formatJson, minifyJson } from './json'
import { scanJson } from './json-scan'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function tokens(text: string): string[] {
  const list: string[] = []
  expect(scanJson(text, 0, (_type, start, end) => list.push(text.slice(start, end)))).toBeNull()
  return list
}

function formatted(text: string): string {
  const result = formatJson(text)
  return result.ok ? result.text : expect.fail(jsonProblemInWords(result.problem))
}

function minified(text: string): string {
  const result = minifyJson(text)
  return result.ok ? result.text : expect.fail(jsonProblemInWords(result.problem))
}

const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ')
const validJson = fc.oneof(
  fc.json(),
  fc
    .tuple(fc.json(), fc.constantFrom(0, 1, 2, 8))
    .map(([text, indent]) => JSON.stringify(JSON.parse(text), null, indent)),
  fc.tuple(space, fc.json(), space).map((parts) => parts.join('')),
)
const nearlyJson = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'null',
      'x',
      ' ',
      '\n',
      '"\\u00e',
      '\x01',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

describe('checkJson', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.oneof(validJson, nearlyJson, fc.string()), (text) => {
        expect(checkJson(text) === null).toBe(parses(text))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['{"a": 1,}', 'Line 1, column 9: there is a comma before the closing bracket.'],
    ['[1, 2,\n]', 'Line 2, column 1: there is a comma before the closing bracket.'],
    ['{"a" 1}', 'Line 1, column 6: a colon is expected after the key.'],
    ['{a: 1}', 'Line 1, column 2: a key in double quotes is expected here.'],
    ['{"a":}', 'Line 1, column 6: a value is expected here.'],
    ['[1}', 'Line 1, column 3: a comma or the closing bracket is expected here.'],
    ['{]', 'Line 1, column 2: a key in double quotes is expected here.'],
    ['[1 2]', 'Line 1, column 4: a comma or the closing bracket is expected here.'],
    ['{"a": 1}\n{"b": 2}', 'Line 2, column 1: the value has ended, but more text follows.'],
    ['[01]', 'Line 1, column 2: this is not a number as JSON writes it.'],
    ['[NaN]', 'Line 1, column 2: this word is none of true, false and null.'],
    ['["\\x"]', 'Line 1, column 3: there is no such escape in a JSON string.'],
    ['["a\tb"]', 'Line 1, column 4: a control character in a string must be escaped.'],
    ['["a\nb"]', 'Line 1, column 4: the string does not end on its line.'],
    ['["a', 'Line 1, column 2: the string does not end on its line.'],
    ['[\r\n1', 'Line 2, column 2: the text ends before an array is closed.'],
    ['{"a":1', 'Line 1, column 7: the text ends before an object is closed.'],
    ['  ', 'Line 1, column 3: there is nothing but white space.'],
  ])('%j: %s', (text, words) => {
    const problem = checkJson(text)
    expect(problem && jsonProblemInWords(problem)).toBe(words)
  })

  it('survives 100,000 brackets, closed or not', () => {
    expect(checkJson('['.repeat(100_000))?.kind).toBe('unterminated-array')
    expect(checkJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeNull()
    expect(checkJson('{"a":'.repeat(100_000))?.kind).toBe('unterminated-object')
  })
})

describe('formatJson and minifyJson', () => {
  it('move white space only', () => {
    fc.assert(
      fc.property(validJson, (text) => {
        for (const rewritten of [formatted(text), minified(text)]) expect(tokens(rewritten)).toEqual(tokens(text))
        expect(minified(formatted(text))).toBe(minified(text))
        expect(formatted(minified(text))).toBe(formatted(text.trimEnd()))
        expect(formatted(formatted(text))).toBe(formatted(text))
      }),
    )
  })

  it('lay text out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text)
        expect(formatted(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
        expect(minified(JSON.stringify(value, null, 4))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('keep big numbers, spellings, the order of keys and their duplicates', () => {
    const text = '{"b":9007199254740993,"a":1.0,"2":-0,"1":1e400,"a":"\\u00e9\\/"}'
    expect(formatted(text)).toBe(
      '{\n  "b": 9007199254740993,\n  "a": 1.0,\n  "2": -0,\n  "1": 1e400,\n  "a": "\\u00e9\\/"\n}',
    )
    expect(minified(formatted(text))).toBe(text)
  })

  it('keep a byte order mark, the last line end and the kind of line ends', () => {
    expect(formatJson('\ufeff[1]\r\n', { lineSeparator: '\r\n', indent: '\t' })).toEqual({
      ok: true,
      text: '\ufeff[\r\n\t1\r\n]\r\n',
    })
  })

  it('refuse what is not JSON and say where', () => {
    expect(formatJson('[1,\n2')).toEqual({
      ok: false,
      problem: { kind: 'unterminated-array', at: 5, line: 2, column: 2 },
    })
    expect(minifyJson('{').ok).toBe(false)
  })

  it('refuse to blow a hostile value up', () => {
    const deep = formatJson('['.repeat(100_000) + ']'.repeat(100_000))
    expect(deep.ok ? deep.text.length : deep.problem.kind).toBe('too-deep')
    const wide = formatJson(`${'['.repeat(199)}${'1,'.repeat(500_000)}1${']'.repeat(199)}`)
    expect(wide.ok ? wide.text.length : wide.problem.kind).toBe('too-large')
  })
})
