import { afterEach, expect, test, vi } from 'vitest'
import { loadPart } from './load-part'

afterEach(() => vi.useRealTimers())

test('a part that the server could not send is asked for again until it comes', async () => {
  vi.useFakeTimers()
  const away = Object.assign(new Error('Failed to load chunk'), { name: 'ChunkLoadError' })
  const load = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(away)
    .mockRejectedValueOnce(away)
    .mockResolvedValue('part')
  const loaded = loadPart(load)
  await vi.runAllTimersAsync()
  expect(await loaded).toBe('part')
  expect(load).toHaveBeenCalledTimes(3)
})

test('broken code is no reason to ask again', async () => {
  await expect(loadPart(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken')
})
