import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Paced } from './paced'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('Paced', () => {
  it('runs at once when it was quiet, also a few times in a row', () => {
    const task = vi.fn()
    const paced = new Paced(task, 10)
    for (let i = 0; i < 3; i++) paced.request()
    expect(task).toHaveBeenCalledTimes(3)
  })

  it('runs no more than ten times in any second, and once more after the last request', () => {
    const ran: number[] = []
    let asked = 0
    let seen = 0
    const paced = new Paced(() => {
      ran.push(performance.now())
      seen = asked
    }, 10)
    for (let i = 0; i < 5_000; i++) {
      asked++
      paced.request()
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(1_000)
    expect(seen).toBe(5_000)
    expect(ran.length).toBeGreaterThan(25)
    for (const from of ran) expect(ran.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(10)
  })
})
