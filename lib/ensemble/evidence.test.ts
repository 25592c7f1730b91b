import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Informant } from '@/lib/zookeeper/informant'
import type { Session } from '@/lib/zookeeper/session'
import { EvidenceGatherer } from './evidence'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A server that takes its time to list its watches. */
function gatherer(watchesMs: number) {
  const state = { rounds: 0, underWay: 0, most: 0, watchesMs }
  const told = <T>(value: T) => ({ value, complete: true })
  const informant: Informant = {
    connections: async () => told([]),
    async watches() {
      state.rounds += 1
      state.underWay += 1
      state.most = Math.max(state.most, state.underWay)
      await new Promise((resolve) => setTimeout(resolve, state.watchesMs))
      state.underWay -= 1
      return told(new Map([['/a', new Set([BigInt(state.rounds)])]]))
    },
    dump: async () => told({ ephemerals: new Map(), expiries: null, timeouts: null }),
    facts: async () => told({ id: '1', tickTimeMs: 500, otherPort: false }),
    quorum: async () => told({ state: 'standalone' as const, learners: null }),
  }
  const session = {
    info: { lastZxid: 7n },
    getConfig: async () => ({ config: { members: [] } }),
  } as unknown as Session
  const evidence = new EvidenceGatherer(
    {
      connect: { connect: '127.0.0.1:2181' },
      live: () => session,
      own: () => new Set(),
      countTraffic: () => undefined,
    },
    { informants: () => ({ admin: null, words: informant }) },
  )
  const ask = async (maxAgeMs: number) => {
    const answer = evidence.current(maxAgeMs)
    await vi.advanceTimersByTimeAsync(state.watchesMs)
    const { evidence: found } = await answer
    return [...(found.watches?.get('/a') ?? [])].map(Number)
  }
  return { evidence, state, ask }
}

it('asks once for all who ask at a time, and nobody while nobody asks', async () => {
  const { evidence, state, ask } = gatherer(10)
  expect(await Promise.all([ask(0), ask(0), ask(1000)])).toEqual([[1], [1], [1]])
  expect(state).toMatchObject({ rounds: 1, most: 1 })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(state.rounds).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
  expect(evidence.latest.evidence).toMatchObject({ upTo: 7n, watchesOfAll: true, connectionsOfAll: true })
})

it('lets the servers rest for two seconds, and tells how old the last is meanwhile', async () => {
  const { evidence, state, ask } = gatherer(10)
  await ask(0)
  const { askedAt } = evidence.latest
  await vi.advanceTimersByTimeAsync(1900)
  expect(await ask(0)).toEqual([1])
  expect(evidence.latest.askedAt).toBe(askedAt)
  await vi.advanceTimersByTimeAsync(200)
  expect(await ask(5000)).toEqual([1])
  expect(await ask(0)).toEqual([2])
  expect(state.rounds).toBe(2)
})

it('lets a server rest twenty times as long as it listed its watches', async () => {
  const { state, ask } = gatherer(1000)
  await ask(0)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(await ask(0)).toEqual([1])
  await vi.advanceTimersByTimeAsync(2000)
  expect(await ask(0)).toEqual([2])
  expect(state.rounds).toBe(2)
})

it('forgets what it knows when the ensemble went back in time, what is under way too', async () => {
  const { evidence, ask } = gatherer(10)
  await ask(0)
  evidence.clear()
  expect(evidence.latest.evidence.watches).toBeNull()
  await vi.advanceTimersByTimeAsync(3000)
  const answer = evidence.current(0)
  evidence.clear()
  await vi.advanceTimersByTimeAsync(10)
  expect((await answer).evidence.watches).toBeNull()
  expect(evidence.latest.view.asOf).toBeNull()
})
