import { expect, test } from 'vitest'
import { compareBytes } from './byte-difference'

test.each([
  [[1, 2, 3], [1, 2, 3], -1, 0],
  [[1, 2, 3], [1, 9, 3], 1, 1],
  [[1, 2, 3], [1, 2], 2, 1],
  [[], [7, 7], 0, 2],
  [[1, 2], [9, 2, 3], 0, 2],
])('%j and %j', (before, after, firstAt, different) => {
  const result = compareBytes(Uint8Array.from(before), Uint8Array.from(after))
  expect(result).toEqual({ before: before.length, after: after.length, firstAt, different })
})

test('null has no bytes', () => {
  expect(compareBytes(null, Uint8Array.of(1))).toEqual({ before: 0, after: 1, firstAt: 0, different: 1 })
})
