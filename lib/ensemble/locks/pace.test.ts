import { expect, it } from 'vitest'
import { Pace } from './pace'

it('never has more under way than it may, and serves everybody in turn', async () => {
  const pace = new Pace({ perSecond: 10_000, burst: 100, atOnce: 3 })
  const order: number[] = []
  let running = 0
  let most = 0
  const work = (index: number) => async () => {
    order.push(index)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    if (index === 5) throw new Error('one that fails')
    return index
  }
  const all = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => pace.run(1, work(index))))
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
  expect(most).toBe(3)
})

it('lets so much through in a second, after the burst', async () => {
  const pace = new Pace({ perSecond: 200, burst: 10, atOnce: 100 })
  const began = performance.now()
  await Promise.all(Array.from({ length: 50 }, () => pace.run(1, async () => undefined)))
  // 40 more than the burst take 200 ms; a clock that is a little off does no harm.
  expect(performance.now() - began).toBeGreaterThan(100)
})

it('what costs more than the burst is let through all the same', async () => {
  const pace = new Pace({ perSecond: 10_000, burst: 10, atOnce: 1 })
  await expect(pace.run(500, async () => 'done')).resolves.toBe('done')
})
