import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, lowerBound } from './sorted-names'

const name = fc.string({ minLength: 1, maxLength: 4 })

test('a changed list is what a set with the same changes holds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.array(fc.tuple(name, fc.boolean())), (start, changes) => {
      const before = [...start].sort()
      const result = applyChanges(before, new Map(changes))
      const model = new Set(start)
      for (const [changed, present] of new Map(changes)) {
        if (present) model.add(changed)
        else model.delete(changed)
      }
      expect(result.names).toEqual([...model].sort())
      expect(result.created).toEqual([...model].filter((item) => !start.includes(item)).sort())
      expect(result.deleted).toEqual(start.filter((item) => !model.has(item)).sort())
    }),
  )
})

test('lowerBound finds the first name that is not before', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name), name, (start, wanted) => {
      const sorted = [...start].sort()
      const found = sorted.findIndex((item) => item >= wanted)
      expect(lowerBound(sorted, wanted)).toBe(found === -1 ? sorted.length : found)
    }),
  )
})
