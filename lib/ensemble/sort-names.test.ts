import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortNames } from './sort-names'

test('sorts like Array.sort, however many slices it takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 400 }),
      async (names, times) => {
        const many = Array.from({ length: times }, (_, i) => names.map((name) => name + ((i * 7_919) % times))).flat()
        expect(await sortNames(many)).toEqual([...many].sort())
      },
    ),
    { numRuns: 15 },
  )
})

test('leaves the list that it is given alone', async () => {
  const names = ['b', 'a']
  expect(await sortNames(names)).toEqual(['a', 'b'])
  expect(names).toEqual(['b', 'a'])
})

test('others have turns while a long list is sorted', async () => {
  const names = Array.from({ length: 300_000 }, (_, i) => `member-${(i * 7_919) % 300_000}`)
  let sorted = false
  const sorting = sortNames(names).then(() => {
    sorted = true
  })
  let turns = 0
  while (!sorted) {
    await turn()
    turns++
  }
  await sorting
  expect(turns).toBeGreaterThan(5)
})
