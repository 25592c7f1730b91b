import fc from 'fast-check'
import { expect, it } from 'vitest'
import { grantTimes, type InLine } from './turn-times'

const one = (queuedAt: number | null, endedAt: number | null, lane: InLine['lane'] = null): InLine => ({
  queuedAt,
  endedAt,
  lane,
})

it('one at a time: whoever is next has it from the moment the one before went', () => {
  expect(grantTimes([one(null, 50), one(10, 60), one(20, null), one(30, null)], 1)).toEqual([
    null,
    50,
    60,
    Number.POSITIVE_INFINITY,
  ])
})

it('who gives up in the middle of the line hands nothing on', () => {
  expect(grantTimes([one(0, null), one(10, 20), one(15, null)], 1)).toEqual([
    0,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ])
})

it('readers wait for writers only, writers for all', () => {
  const line = [one(0, 40, 'shared'), one(1, 50, 'shared'), one(2, 70, 'exclusive'), one(3, null, 'shared')]
  expect(grantTimes(line, 1)).toEqual([0, 1, 50, 70])
})

it('is, for any number of permits, the earliest moment at which fewer than that many of those before are left', () => {
  const line = fc.array(fc.record({ queuedAt: fc.nat(100), stay: fc.nat(100) }), { maxLength: 12 })
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 4 }), (people, permits) => {
      const inLine = people.map(({ queuedAt, stay }) => one(queuedAt, queuedAt + stay))
      const expected = inLine.map(({ queuedAt }, index) => {
        const before = inLine.slice(0, index).map(({ endedAt }) => endedAt as number)
        const moments = [queuedAt as number, ...before].sort((a, b) => a - b)
        return moments.find(
          (at) => at >= (queuedAt as number) && before.filter((endedAt) => endedAt > at).length < permits,
        )
      })
      expect(grantTimes(inLine, permits)).toEqual(expected)
    }),
  )
})
