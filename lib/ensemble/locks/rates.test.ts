import { expect, it } from 'vitest'
import type { Stat } from '@/lib/znode/stat'
import { CreateRate, MinuteCount, spansOf } from './rates'

it('counts the last minute, and says nothing before it has seen some of it', () => {
  const count = new MinuteCount(0)
  count.add(1000)
  expect(count.perMinute(2000)).toBeNull()
  count.add(29_000)
  expect(count.perMinute(30_000)).toBe(4)
  expect(count.perMinute(70_000)).toBe(1)
  expect(count.perMinute(200_000)).toBe(0)
})

const stat = (cversion: number, numChildren: number, czxid = 1n) => ({ cversion, numChildren, czxid }) as Stat

it('tells how fast znodes are made from the counter of the directory, which starts over with a new directory', () => {
  const rate = new CreateRate()
  rate.observe(stat(3, 3), 0)
  expect(rate.perMinute(stat(3, 3), 1000)).toBeNull()
  // 20 creates and 20 deletes later.
  expect(rate.perMinute(stat(43, 3), 60_000)).toBe(20)
  rate.observe(stat(1, 1, 2n), 61_000)
  expect(rate.perMinute(stat(1, 1, 2n), 62_000)).toBeNull()
})

it('gives exact percentiles', () => {
  expect(spansOf([])).toEqual({ samples: 0, p50: null, p95: null, longest: null })
  expect(spansOf([5, 1, 4, 2, 3])).toEqual({ samples: 5, p50: 3, p95: 5, longest: 5 })
})
