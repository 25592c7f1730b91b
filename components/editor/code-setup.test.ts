import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineSeparatorOf } from '@/lib/codec/line-separator'
import { keepLineEndings } from './code-setup'

const lines = fc.array(fc.tuple(fc.constantFrom('', 'a', ' b', '\ufeff', 'é'), fc.constantFrom('\n', '\r\n', '\r')))
const text = fc.oneof(
  lines.map((list) => list.map((parts) => parts.join('')).join('')),
  fc.tuple(lines, fc.constantFrom('\n', '\r\n', '\r')).map(([list, end]) => list.map(([line]) => line + end).join('')),
)

const open = (value: string) => EditorState.create({ doc: value, extensions: keepLineEndings(lineSeparatorOf(value)) })

test('every text comes out of the editor as it went in, whatever its line endings', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(open(value).sliceDoc()).toBe(value)
    }),
  )
})

test('what is typed touches only its own line', () => {
  fc.assert(
    fc.property(text, (value) => {
      const state = open(value)
      expect(state.update({ changes: { from: 0, insert: 'typed' } }).state.sliceDoc()).toBe(`typed${value}`)
    }),
  )
})

test('a new line ends as the others do', () => {
  const state = open('a\r\nb')
  expect(state.lineBreak).toBe('\r\n')
  expect(open('a\r\nb\nc').lineBreak).toBe('\n')
})
