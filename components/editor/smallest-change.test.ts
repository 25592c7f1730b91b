import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestChange } from './smallest-change'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀'), maxLength: 30 })

test('applying the change gives the new text', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, insert } = smallestChange(before, after)
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after)
    }),
  )
})

test('what did not change is not touched', () => {
  expect(smallestChange('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' })
  expect(smallestChange('same', 'same')).toEqual({ from: 4, to: 4, insert: '' })
})
