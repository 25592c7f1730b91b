import { expect, test } from 'vitest'
import { liveTurns } from './live-turns'
import { lockHistory, lockView, NOW, queueOf } from './lock-fixture'
import { barAt, laneTop, layOutTimeline, MOST_LANES } from './timeline-layout'

const layout = (differences: Partial<Parameters<typeof layOutTimeline>[0]> = {}) =>
  layOutTimeline({
    turns: liveTurns(lockHistory(20), lockView({ contenders: [] })),
    gaps: [],
    watchedSince: NOW - 60_000,
    from: NOW - 20_000,
    to: NOW,
    width: 1_000,
    ...differences,
  })

test('one lane a session; what was before the picture begins at its edge', () => {
  const { lanes, bars } = layout()
  expect(lanes).toHaveLength(6)
  expect(bars).toHaveLength(20)
  expect(bars[0]?.start).toBe(0)
  for (const { start, end } of bars) expect(end).toBeGreaterThan(start)
})

test('a place on the picture is the turn that is drawn there, and no other', () => {
  const shown = layout()
  for (const bar of shown.bars) {
    const hit = barAt(shown, { x: bar.end - 1, y: laneTop(bar.lane, shown) + 1 })
    expect(hit?.lane).toBe(bar.lane)
    expect(hit === null ? false : hit.start <= bar.end - 1 && hit.end >= bar.end - 1).toBe(true)
  }
  expect(barAt(shown, { x: 500, y: 10_000 })).toBeNull()
})

test('before anybody looked, and in a gap, nothing is claimed: it is hatched', () => {
  const { gaps } = layout({ watchedSince: NOW - 15_000, gaps: [{ from: NOW - 8_000, to: NOW - 6_000 }] })
  expect(gaps).toEqual([
    { x: 600, width: 100 },
    { x: 0, width: 250 },
  ])
})

test('of more sessions than there is room for, those that held last are drawn, and the others counted', () => {
  const turns = liveTurns(lockHistory(0, { turns: [] }), lockView({ contenders: queueOf(99) }))
  const { lanes, lanesNotDrawn, bars } = layout({ turns })
  expect(lanes).toHaveLength(MOST_LANES)
  expect(lanesNotDrawn).toBe(100 - MOST_LANES)
  expect(bars.some(({ turn }) => turn.heldAt !== null)).toBe(true)
})

test('the newest view ends the turns of those who are gone, and begins those that the record does not have yet', () => {
  const history = lockHistory(3)
  const view = lockView({ contenders: queueOf(1, 90_000) })
  const turns = liveTurns(history, view)
  expect(turns.filter(({ endedAt }) => endedAt === null).map(({ name }) => name)).toEqual(
    view.contenders.map(({ name }) => name),
  )
})

test('who held before anybody looked is shown to hold from then on, and said to have held before', () => {
  const [holder] = queueOf(0)
  const view = lockView({ contenders: [{ ...(holder as NonNullable<typeof holder>), heldSince: null }] })
  const [turn] = liveTurns(lockHistory(0, { turns: [] }), view)
  expect(turn).toMatchObject({ heldAt: NOW - 60_000, heldBefore: true })
})
