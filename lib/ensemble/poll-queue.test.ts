import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PollQueue } from './poll-queue'

const names = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, index) => `r${from + index}`))

test('all get their turn before one gets it again', () => {
  const queue = new PollQueue()
  expect(queue.next(names(0, 5), 2)).toEqual(['r0', 'r1'])
  expect(queue.next(names(0, 5), 2)).toEqual(['r2', 'r3'])
  expect(queue.next(names(0, 5), 2)).toEqual(['r4', 'r0'])
  expect(queue.next(names(0, 2), 5)).toEqual(['r1', 'r0'])
})

test('who stays is reached in time, whoever comes and goes', () => {
  const staying = names(1000, 1020)
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), { minLength: 30 })
  fc.assert(
    fc.property(steps, (passing) => {
      const queue = new PollQueue()
      const last = new Map<string, number>()
      let longest = 0
      passing.forEach(([from, length], turn) => {
        // Twenty that stay, and at most forty others: ten at a time reach everybody within six turns.
        const present = new Set([...staying, ...names(from, from + length)])
        for (const name of queue.next(present, 10)) last.set(name, turn)
        for (const name of staying) longest = Math.max(longest, turn - (last.get(name) ?? -1))
      })
      expect(longest).toBeLessThanOrEqual(6)
    }),
  )
})
