import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect } from './detect'
import { encodeUtf8, sameBytes } from './utf8'

const encode = (text: string) => new TextEncoder().encode(text)

describe('detect', () => {
  it.each([
    ['', 'empty'],
    ['{"a": 1}', 'json'],
    ['\ufeff {"a": 1}\n', 'json'],
    ['[]', 'json'],
    ['[1, {"a": null}]', 'json'],
    ['{"a": 1,}', 'json'],
    ['{}', 'json'],
    ['[section]\nkey=value\n', 'properties'],
    ['# comment\n! comment\ndb.url=jdbc:x\ndb.user = me\n\n', 'properties'],
    ['db.url=a\\\n  continued\ndb.user=b\ndb.pass=c', 'properties'],
    ['---\nfoo', 'yaml'],
    ['# rates\nrates:\n  eur: 1.08\n  usd: 1\nlist:\n  - a\n  - b: c\n', 'yaml'],
    ['- a\n- b\n', 'yaml'],
    ['host: 10.0.0.1', 'yaml'],
    ['<?xml version="1.0"?>\n<a/>', 'xml'],
    ['  <config>\n</config>', 'xml'],
    ['<img src=x onerror=alert(1)>', 'xml'],
    ['42', 'text'],
    ['true', 'text'],
    ['"quoted"', 'text'],
    ['10.0.0.1:2181', 'text'],
    ['2026-03-02T09:14:07Z', 'text'],
    ['- a dash in prose', 'text'],
    ['a < b', 'text'],
    ['<', 'text'],
    ['[not json', 'text'],
    ['{not json}', 'text'],
    ['Everything is fine.\nReally.', 'text'],
    ['   \n', 'text'],
  ])('%j is %s', (text, format) => {
    expect(detect(encode(text))).toMatchObject({ format, isUtf8: true, text, editableAsText: true, notEditable: null })
  })

  it.each([
    ['a big-endian int', [0, 0, 0, 5]],
    ['a protobuf message that is valid UTF-8', [0x0a, 0x03, 0x61, 0x62, 0x63, 0x10, 0x01]],
    ['an escape sequence', [0x1b, 0x5b, 0x33, 0x31, 0x6d]],
    ['C1 controls', [0xc2, 0x9b, 0x61]],
    ['DEL', [0x7f]],
  ])('%s is UTF-8, but binary', (_name, bytes) => {
    expect(detect(Uint8Array.from(bytes))).toMatchObject({
      format: 'binary',
      isUtf8: true,
      editableAsText: false,
      notEditable: 'control-characters',
    })
  })

  it.each([
    ['gzip', [0x1f, 0x8b, 0x08, 0x00]],
    ['Java serialisation', [0xac, 0xed, 0x00, 0x05]],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
  ])('%s is not UTF-8', (_name, bytes) => {
    expect(detect(Uint8Array.from(bytes))).toMatchObject({
      format: 'binary',
      isUtf8: false,
      text: null,
      editableAsText: false,
      notEditable: 'not-utf8',
    })
  })

  it('tells mixed line ends apart, which an editor would level', () => {
    expect(detect(encode('a: 1\r\nb: 2\n'))).toMatchObject({
      format: 'yaml',
      lineSeparator: 'mixed',
      editableAsText: false,
      notEditable: 'mixed-lines',
    })
    expect(detect(encode('a: 1\r\nb: 2\r\n'))).toMatchObject({ lineSeparator: '\r\n', editableAsText: true })
  })

  it('never calls a value editable that an editor of lines would change', () => {
    const piece = fc.constantFrom('a', '\n', '\r', '\r\n', '\ufeff', '\0', 'é', '😀', '{', '=')
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(piece, { maxLength: 12 }).map((parts) => encode(parts.join(''))),
    )
    fc.assert(
      fc.property(value, (bytes) => {
        const { editableAsText, text, lineSeparator } = detect(bytes)
        if (!editableAsText) return
        if (text === null || lineSeparator === 'mixed') return expect.fail('not a text of one kind of lines')
        const saved = encodeUtf8(text.replace(/\r\n|\r|\n/g, lineSeparator))
        expect(saved !== null && sameBytes(saved, bytes)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['brackets', '['],
    ['braces', '{"a":'],
    ['dashes', '- '],
    ['spaces', ' '],
    ['tags', '<a '],
    ['words', 'a '],
    ['quotes', '"'],
    ['keys', 'k=v\n'],
    ['line ends', '\r'],
    ['indents', ' \t'],
  ])('is quick with 1 MiB of %s', (_name, part) => {
    const bytes = encode(part.repeat(Math.ceil(1_048_576 / part.length)))
    const start = performance.now()
    detect(bytes)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
