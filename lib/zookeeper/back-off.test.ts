import { describe, expect, it } from 'vitest'
import { BackOff } from './back-off'

function delays(backOff: BackOff, count: number, addresses: number, aliveMs: number | null): number[] {
  return Array.from({ length: count }, () => {
    const { delay } = backOff
    backOff.failed(addresses, aliveMs)
    return Math.round(delay)
  })
}

describe('BackOff', () => {
  it('tries every address at once, then waits longer with every round up to a quarter of the session', () => {
    expect(delays(new BackOff(60_000, () => 0), 14, 3, 30_000)).toEqual([
      0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000, 4000, 4000, 4000, 7500, 7500,
    ])
  })

  it('waits up to a minute once there is no session to save, step by step', () => {
    const backOff = new BackOff(60_000, () => 0)
    expect(delays(backOff, 5, 1, 10_000)).toEqual([0, 1000, 2000, 2500, 2500])
    expect(delays(backOff, 7, 1, null)).toEqual([2500, 5000, 10_000, 20_000, 40_000, 46_154, 46_154])
  })

  it('never tries more than once a second nor waits more than 60 s, by whatever chance', () => {
    const all = delays(new BackOff(60_000, () => 1), 20, 1, null)
    expect(all[0]).toBe(0)
    for (const delay of all.slice(1)) expect(delay).toBeGreaterThanOrEqual(1000)
    expect(Math.max(...all)).toBe(60_000)
    expect(Math.min(...delays(new BackOff(60_000, () => 0), 20, 1, 1000).slice(1))).toBe(1000)
  })

  it('tries the addresses that it learns of in the first round at once, too', () => {
    const backOff = new BackOff(60_000, () => 0)
    backOff.failed(2, null)
    expect(backOff.delay).toBe(0)
    backOff.failed(2, null)
    expect(backOff.delay).toBe(1000)
  })

  it('starts again after a connection that served', () => {
    const backOff = new BackOff(60_000, () => 0)
    delays(backOff, 5, 1, 30_000)
    backOff.reset()
    expect(delays(backOff, 3, 1, 30_000)).toEqual([0, 1000, 2000])
  })

  it('comes down to a second when there is a reason, and goes on from there', () => {
    const backOff = new BackOff(60_000, () => 0)
    backOff.hasten()
    expect(backOff.delay).toBe(0)
    delays(backOff, 5, 1, null)
    backOff.hasten()
    expect(backOff.delay).toBe(1000)
    backOff.failed(1, null)
    expect(backOff.delay).toBe(2000)
  })

  it('never waits longer than a session lasts: whoever looks is told within that time that the servers are back', () => {
    const all = delays(new BackOff(30_000, () => 1), 20, 1, null)
    expect(Math.max(...all)).toBe(30_000)
    expect(Math.max(...delays(new BackOff(500, () => 0), 20, 1, null))).toBe(1000)
  })
})
