import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ToldConnection, ToldDump } from '@/lib/zookeeper/told'
import { expiresWithin } from './expiry-bound'

const TICK = 500
const client = (session: bigint, lastResponseAt: number | null): ToldConnection => ({
  ...{ session, client: 'c:1', establishedAt: null, timeoutMs: null, lastOperation: null },
  lastResponseAt,
})

/** A leader at a moment: each session was last heard some time ago and has its place in the queue as ExpiryQueue gives it. */
const leader = fc
  .record({
    now: fc.integer({ min: 100_000, max: 10_000_000 }),
    sessions: fc.array(
      fc.record({
        timeout: fc.integer({ min: 1000, max: 40_000 }),
        silence: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
    inText: fc.boolean(),
  })
  .map(({ now, sessions, inText }) => {
    const heard = sessions.map(({ timeout, silence }) => now - Math.floor(timeout * silence))
    const ends = sessions.map(({ timeout }, index) => (Math.floor(((heard[index] ?? 0) + timeout) / TICK) + 1) * TICK)
    const rounding = inText ? 1000 : 1
    const at = new Map(ends.map((end, index) => [BigInt(index), Math.floor(end / rounding) * rounding]))
    const timeouts = new Map(sessions.map(({ timeout }, index) => [BigInt(index), timeout]))
    const dump: ToldDump = {
      ephemerals: new Map(),
      expiries: { at, roundedDownBy: inText ? 1000 : 0, responseClock: !inText },
      timeouts: null,
    }
    const connections = heard.map((time, index) => client(BigInt(index), time))
    return { now, ends, dump, timeouts, connections }
  })

describe('at most so long until a session ends', () => {
  it('is never less than the truth, and never more than its time-out and a tick', () => {
    fc.assert(
      fc.property(leader, ({ now, ends, dump, timeouts, connections }) => {
        const bounds = expiresWithin(dump, timeouts, connections, TICK)
        expect(bounds?.size).toBe(ends.length)
        for (const [index, end] of ends.entries()) {
          const bound = bounds?.get(BigInt(index)) ?? -1
          expect(bound).toBeGreaterThanOrEqual(end - now)
          expect(bound).toBeLessThanOrEqual((timeouts.get(BigInt(index)) ?? 0) + TICK)
        }
      }),
    )
  })

  it('is exact when somebody was answered at this moment, by the clock that JSON tells', () => {
    const dump = {
      ephemerals: new Map(),
      expiries: { at: new Map([[7n, 90_500]]), roundedDownBy: 0, responseClock: true },
      timeouts: null,
    }
    expect(expiresWithin(dump, new Map([[7n, 8000]]), [client(1n, 90_000)], TICK)).toEqual(new Map([[7n, 500]]))
  })

  it('is the time-out and a tick where only a follower told', () => {
    const dump = { ephemerals: new Map(), expiries: null, timeouts: new Map([[7n, 8000]]) }
    expect(expiresWithin(dump, new Map(), [], TICK)).toEqual(new Map([[7n, 8500]]))
  })

  it('is not known without a time-out, a tick, or a clock', () => {
    const dump = {
      ephemerals: new Map(),
      expiries: { at: new Map([[7n, 90_000]]), roundedDownBy: 1000, responseClock: false },
      timeouts: null,
    }
    expect(expiresWithin(dump, new Map(), [client(1n, 5)], TICK)).toBeNull()
    expect(expiresWithin(dump, new Map([[7n, 8000]]), [], null)).toBeNull()
  })
})
