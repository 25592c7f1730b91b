import { expect, it, vi } from 'vitest'
import { type Recomputed, RecomputeQueue } from './recompute-queue'

function one(isViewed: boolean, log: string[], name: string, intervalMs = 0): Recomputed {
  return { isViewed, intervalMs, recompute: () => log.push(name) }
}

it('works out each once, what is looked at first', async () => {
  const queue = new RecomputeQueue()
  const log: string[] = []
  const listed = one(false, log, 'listed')
  const viewed = one(true, log, 'viewed')
  queue.mark(listed)
  queue.mark(viewed)
  queue.mark(viewed)
  await vi.waitFor(() => expect(log).toEqual(['viewed', 'listed']))
})

it('what changes again is worked out again, and what is dropped is not', async () => {
  const queue = new RecomputeQueue()
  const log: string[] = []
  const again = one(true, log, 'again', 5)
  const dropped = one(true, log, 'dropped')
  queue.mark(again)
  queue.mark(dropped)
  queue.drop(dropped)
  await vi.waitFor(() => expect(log).toEqual(['again']))
  queue.mark(again)
  await vi.waitFor(() => expect(log).toEqual(['again', 'again']))
})
