import { describe, expect, it } from 'vitest'
import { BackOff } from './back-off'

function delays(backOff: BackOff, count: number, sessionTimeoutMs: number): number[] {
  return Array.from({ length: count }, () => {
    const delay = backOff.delay(sessionTimeoutMs)
    backOff.failed()
    return delay
  })
}

describe('BackOff', () => {
  it('tries every server at once, then waits longer with every round up to a quarter of the session', () => {
    expect(delays(new BackOff(3, () => 0), 14, 30_000)).toEqual([
      0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000, 4000, 4000, 4000, 7500, 7500,
    ])
  })

  it('never tries more than once a second nor waits more than 60 s and the jitter', () => {
    const all = delays(new BackOff(1, () => 1), 20, 4_000_000)
    expect(all[0]).toBe(0)
    for (const delay of all.slice(1)) expect(delay).toBeGreaterThanOrEqual(1000)
    expect(Math.max(...all)).toBe(78_000)
  })

  it('starts again after a connection that served', () => {
    const backOff = new BackOff(1, () => 0)
    delays(backOff, 5, 30_000)
    backOff.reset()
    expect(delays(backOff, 3, 30_000)).toEqual([0, 1000, 2000])
  })
})
