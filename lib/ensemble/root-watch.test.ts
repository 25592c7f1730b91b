import { expect, test, vi } from 'vitest'
import type { Session } from '@/lib/zookeeper/session'
import { RootWatch } from './root-watch'

test('a watch that the ensemble was too long away for is registered when it is back', async () => {
  const addWatch = vi.fn<Session['addWatch']>()
  addWatch.mockRejectedValueOnce(new Error('nobody answered in time'))
  addWatch.mockResolvedValue({ remove: async () => undefined })
  const watch = new RootWatch(() => undefined)
  watch.attach({ addWatch } as unknown as Session)
  await expect(watch.ready()).rejects.toThrow('nobody answered in time')
  await watch.ready()
  await watch.ready()
  expect(addWatch).toHaveBeenCalledTimes(2)
})
