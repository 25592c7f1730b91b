// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { type ClockSample, LockClock, useServerNow } from './lock-clock'

const HOUR = 3_600_000
let shown = 0

function Probe() {
  shown = useServerNow()
  return <span>probe</span>
}

const clock = (sample: ClockSample | null, view: ClockSample) => (
  <LockClock sample={sample} view={view}>
    <Probe />
  </LockClock>
)

/** How far the shown clock is from this browser's, to the minute. */
const offset = () => Math.abs(Math.round((shown - Date.now()) / 60_000))

beforeEach(cleanup)

test('a quiet lock whose view is old does not turn the clock back', () => {
  const now = Date.now()
  render(clock(null, { server: now - HOUR, browser: now }))
  expect(screen.getByText('probe')).toBeTruthy()
  expect(offset()).toBe(0)
})

test('a browser whose clock is wrong shows ages by the clock of the server, of the answers by the fastest', () => {
  const now = Date.now()
  const view = { server: now - 2 * HOUR, browser: now }
  const { rerender } = render(clock({ server: now - HOUR, browser: now }, view))
  expect(offset()).toBe(60)
  rerender(clock({ server: now - HOUR - 300_000, browser: now }, view))
  expect(offset()).toBe(60)
})
