import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findTyped, heldPaths, sortedPaths } from './list-order'
import { summary } from './lock-fixture'

const path = fc.stringMatching(/^\/[a-c]{1,2}$/)
const distinct = fc.uniqueArray(path, { maxLength: 12 })

test('while it is held, a list keeps every row in its place and puts what is new behind', () => {
  fc.assert(
    fc.property(distinct, distinct, (shown, sorted) => {
      const held = heldPaths(shown, sorted)
      expect(held.slice(0, shown.length)).toEqual(shown)
      expect(new Set(held)).toEqual(new Set([...shown, ...sorted]))
      expect(new Set(held).size).toBe(held.length)
    }),
  )
})

test('a list that is held does not grow for ever', () => {
  const gone = Array.from({ length: 600 }, (_, i) => `/gone-${i}`)
  expect(heldPaths(gone, ['/a'])).toEqual(['/a'])
})

test('pinned before the others, each part in the order of the server', () => {
  fc.assert(
    fc.property(distinct, distinct, (paths, pins) => {
      const pinned = new Set(pins)
      const sorted = sortedPaths(
        paths.map((one) => summary(one)),
        pinned,
        '',
      )
      const expected = [...paths.filter((one) => pinned.has(one)), ...paths.filter((one) => !pinned.has(one))]
      expect(sorted).toEqual(expected)
    }),
  )
})

test('typing finds the beginning of a path or of its last name, from where one is and around', () => {
  const paths = ['/locks/a', '/jobs/b', '/locks/c']
  expect(findTyped(paths, 1, 'c')).toBe(2)
  expect(findTyped(paths, 2, '/jobs')).toBe(1)
  expect(findTyped(paths, 0, 'x')).toBe(-1)
})
