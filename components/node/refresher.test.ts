import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefresher } from './refresher'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first call reads at once, a storm of calls a few times, and the last state is read', async () => {
  let state = 0
  const seen: number[] = []
  const { refresh } = createRefresher(async () => void seen.push(state), 100)
  for (state = 1; state <= 1000; state += 1) {
    refresh()
    await vi.advanceTimersByTimeAsync(1)
  }
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen[0]).toBe(1)
  expect(seen.at(-1)).toBeGreaterThanOrEqual(1000)
  expect(seen.length).toBeLessThanOrEqual(12)
})

test('a change during a read is read again afterwards, also when the read fails', async () => {
  const finish: ((error?: Error) => void)[] = []
  const read = vi.fn(
    () => new Promise<void>((resolve, reject) => finish.push((error) => (error ? reject(error) : resolve()))),
  )
  const { refresh } = createRefresher(read, 100)
  refresh()
  refresh()
  refresh()
  expect(read).toHaveBeenCalledTimes(1)
  finish[0]?.(new Error('cut'))
  await vi.advanceTimersByTimeAsync(100)
  expect(read).toHaveBeenCalledTimes(2)
})

test('nothing is read after stop', async () => {
  const read = vi.fn(async () => undefined)
  const { refresh, stop } = createRefresher(read, 100)
  refresh()
  refresh()
  stop()
  await vi.advanceTimersByTimeAsync(1000)
  refresh()
  expect(read).toHaveBeenCalledTimes(1)
})
