import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Session, SessionInfo } from '@/lib/zookeeper/session'
import { LoadMeter } from './load-meter'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

/** A session that has sent so many requests, and nothing else. */
function fakeSession(load: { requests: number }) {
  let connected: (info: SessionInfo) => void = () => undefined
  const session = {
    get info() {
      return {
        status: 'connected',
        server: 'zk1:2181',
        sessionId: 0x100n,
        timeoutMs: 30_000,
        lastHeardAt: Date.now() - 40,
        lastZxid: 7n,
        connections: 3,
        nextAttemptAt: null,
        features: null,
        load: { inFlight: 2, queued: 3, watches: 1, notifications: 0, bytesIn: 10, bytesOut: 20, ...load },
      } as unknown as SessionInfo
    },
    onConnection(listener: (info: SessionInfo) => void) {
      connected = listener
      return () => undefined
    },
  } as unknown as Session
  return { session, connect: () => connected(session.info) }
}

it('tells each session, and the sums of those that the ensemble has made', () => {
  const meter = new LoadMeter()
  const live = fakeSession({ requests: 5 })
  meter.hold('live', live.session)
  meter.hold('bulk', fakeSession({ requests: 1 }).session)
  vi.advanceTimersByTime(1000)
  live.connect()
  vi.advanceTimersByTime(2000)
  live.connect()
  const load = meter.load()
  expect(load).toMatchObject({ sessions: 1, watches: 1, inFlight: 2, queued: 3 })
  expect(load.total).toEqual({ requests: 6, notifications: 0, bytesIn: 20, bytesOut: 40 })
  expect(load.held[0]).toMatchObject({ role: 'live', ageMs: 2000, heardAgoMs: 40, reconnects: 2, zxid: '0x7' })
  expect(load.held[1]).toMatchObject({ role: 'bulk', ageMs: null })
})

it('goes on counting when a session is made anew', () => {
  const meter = new LoadMeter()
  meter.hold('live', fakeSession({ requests: 100 }).session)
  meter.load()
  vi.advanceTimersByTime(1000)
  meter.hold('live', fakeSession({ requests: 20 }).session)
  expect(meter.load().total.requests).toBe(120)
  expect(meter.load().perSecond.requests).toBe(20)
  meter.release('live')
  expect(meter.load()).toMatchObject({ sessions: 0, held: [], total: { requests: 120 } })
})

it('gives the rate of the last five seconds, however often it is asked', () => {
  const meter = new LoadMeter()
  const count = { requests: 0 }
  meter.hold('live', fakeSession(count).session)
  for (let ms = 0; ms < 20_000; ms += 10) {
    vi.advanceTimersByTime(10)
    count.requests += ms < 10_000 ? 1 : 3
    meter.load()
  }
  expect(meter.load().perSecond.requests).toBeCloseTo(300, -1)
  vi.advanceTimersByTime(6000)
  meter.load()
  vi.advanceTimersByTime(6000)
  expect(meter.load().perSecond.requests).toBe(0)
})
