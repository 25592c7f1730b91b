import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AttemptPace } from './attempt-pace'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const LIVE = { role: 'live' }
const BULK = { role: 'bulk' }

it('holds up nobody who is alone, nor the first round', () => {
  const pace = new AttemptPace()
  expect(pace.book(LIVE, 1000)).toBe(1000)
  expect(pace.book(LIVE, 1300)).toBe(1300)
  expect(pace.book(BULK, 0)).toBe(0)
})

it('keeps the attempts of two sessions a second apart, and lets a short wait come before a long one', () => {
  const pace = new AttemptPace()
  expect(pace.book(LIVE, 1200)).toBe(1200)
  expect(pace.book(BULK, 1000)).toBe(2200)
  const other = new AttemptPace()
  other.book(LIVE, 60_000)
  expect(other.book(BULK, 1000)).toBe(1000)
})

it('counts an attempt that was made a moment ago', () => {
  const pace = new AttemptPace()
  pace.book(LIVE, 1000)
  vi.advanceTimersByTime(1400)
  expect(pace.book(BULK, 300)).toBe(600)
})

it('forgets a session that has ended', () => {
  const pace = new AttemptPace()
  pace.book(LIVE, 1000)
  pace.release(LIVE)
  expect(pace.book(BULK, 1000)).toBe(1000)
})

it('never lets any two be nearer than a second, and never sooner than asked', () => {
  const booking = fc.record({ session: fc.integer({ min: 0, max: 4 }), delay: fc.integer({ min: 1, max: 5000 }) })
  fc.assert(
    fc.property(fc.array(booking, { maxLength: 30 }), (bookings) => {
      const pace = new AttemptPace()
      const sessions = [{}, {}, {}, {}, {}]
      const booked = new Map<number, number>()
      for (const { session, delay } of bookings) {
        const wait = pace.book(sessions[session] as object, delay)
        expect(wait).toBeGreaterThanOrEqual(delay)
        booked.set(session, wait)
        const times = [...booked.values()].sort((a, b) => a - b)
        for (let i = 1; i < times.length; i++)
          expect(times[i] as number).toBeGreaterThanOrEqual((times[i - 1] as number) + 999.99)
      }
    }),
  )
})
