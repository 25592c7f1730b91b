import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowWindow, SPACER_LIMIT } from './window'

const ROW = 26

/** What a browser does with the element: clamps scrollTop, tells of it, draws rows at their translateY. */
class Browser {
  top = 0
  constructor(
    readonly rows: RowWindow,
    readonly viewport: number,
  ) {
    rows.resize(viewport)
    this.commit()
  }
  commit(): void {
    this.top = Math.min(this.top, this.max)
    while (this.rows.pendingTop !== null) {
      this.top = Math.min(Math.max(0, this.rows.pendingTop), this.max)
      this.rows.placed(this.top)
    }
    this.rows.scrolled(this.top)
  }
  get max(): number {
    return Math.max(0, this.rows.snapshot.spacerHeight - this.viewport)
  }
  wheel(pixels: number): void {
    this.drag(this.top + pixels)
  }
  drag(top: number): void {
    this.top = Math.min(Math.max(0, top), this.max)
    this.rows.scrolled(this.top)
    this.commit()
  }
  rest(): void {
    this.rows.settle()
    this.commit()
  }
  /** Pixel of the screen at which a row stands. */
  screen(row: number): number {
    return row * ROW + this.rows.snapshot.shift - this.top
  }
}

const open = (rowCount: number, viewport = 600) => new Browser(new RowWindow({ rowCount, rowHeight: ROW }), viewport)

describe('RowWindow', () => {
  it('scrolls a list of ten million rows by the pixel, both ways', () => {
    const browser = open(10_000_000)
    browser.rows.scrollToRow(5_000_000, 'start')
    browser.commit()
    expect(browser.screen(5_000_000)).toBe(0)
    for (let tick = 0; tick < 20; tick++) browser.wheel(260)
    expect(browser.screen(5_000_200)).toBeCloseTo(0)
    browser.rest()
    expect(browser.screen(5_000_200)).toBeCloseTo(0)
    for (let tick = 0; tick < 40; tick++) browser.wheel(-260)
    expect(browser.screen(4_999_800)).toBeCloseTo(0)
  })

  it('shows the last row at the end of the element and the first at its beginning', () => {
    const browser = open(10_000_000)
    browser.drag(SPACER_LIMIT)
    expect(browser.rows.snapshot.last).toBe(10_000_000)
    expect(browser.screen(9_999_999)).toBeCloseTo(600 - ROW)
    browser.drag(0)
    expect(browser.screen(0)).toBe(0)
  })

  it('wheels from far inside to the very top without a jump, though the element is shorter than the list', () => {
    const browser = open(1_000_000)
    browser.rows.scrollToRow(4_000, 'start')
    browser.commit()
    let before = browser.rows.offset
    for (let tick = 0; tick < 1_040; tick++) {
      browser.wheel(-100)
      expect(before - browser.rows.offset).toBeCloseTo(Math.min(100, before))
      before = browser.rows.offset
    }
    expect(browser.rows.offset).toBe(0)
  })

  it('flies while the thumb is dragged and until it rests, and not for the wheel', () => {
    const browser = open(1_000_000)
    let published = 0
    browser.rows.subscribe(() => published++)
    browser.wheel(300)
    expect(browser.rows.snapshot.flying).toBe(false)
    browser.drag(4_000_000)
    browser.wheel(300)
    expect(browser.rows.snapshot.flying).toBe(true)
    published = 0
    browser.rest()
    expect(browser.rows.snapshot.flying).toBe(false)
    expect(published).toBeGreaterThan(0)
  })

  it('keeps the row under the viewport when rows come in above while somebody scrolls', () => {
    const browser = open(1_000)
    browser.wheel(400)
    browser.wheel(400)
    const at = browser.screen(30)
    browser.rows.update(1_010, browser.rows.offset + 10 * ROW)
    expect(browser.rows.pendingTop).toBeNull()
    browser.commit()
    expect(browser.screen(40)).toBe(at)
    browser.rest()
    expect(browser.screen(40)).toBe(at)
    expect(browser.rows.snapshot.shift).toBe(0)
  })

  it('moves only as far as needed to show a row', () => {
    const browser = open(1_000)
    browser.rows.scrollToRow(5)
    expect(browser.rows.pendingTop).toBeNull()
    browser.rows.scrollToRow(100)
    browser.commit()
    expect(browser.screen(100)).toBe(600 - ROW)
    browser.rows.scrollToRow(50, 'center')
    browser.commit()
    expect(browser.screen(50)).toBe(287)
  })

  it('gives the same snapshot while nothing that is drawn changes', () => {
    const browser = open(1_000)
    browser.wheel(ROW * 20)
    const { snapshot } = browser.rows
    browser.wheel(1)
    browser.wheel(1)
    expect(browser.rows.snapshot.first).toBe(snapshot.first)
    expect(browser.rows.snapshot.shift).toBe(0)
  })

  const step = fc.oneof(
    fc.record({ type: fc.constant('wheel' as const), by: fc.integer({ min: -599, max: 599 }) }),
    fc.record({ type: fc.constant('drag' as const), by: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ type: fc.constant('row' as const), by: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ type: fc.constant('count' as const), by: fc.integer({ min: 0, max: 3_000_000 }) }),
    fc.record({ type: fc.constant('rest' as const), by: fc.constant(0) }),
  )

  it('never leaves the screen empty and never moves rows by itself, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), fc.array(step, { maxLength: 40 }), (rowCount, steps) => {
        const browser = open(rowCount)
        let count = rowCount
        for (const { type, by } of steps) {
          const before = browser.rows.offset
          const end = Math.max(0, count * ROW - 600)
          if (type === 'wheel') {
            browser.wheel(by)
            expect(Math.abs(browser.rows.offset - Math.min(Math.max(0, before + by), end))).toBeLessThan(2)
          } else if (type === 'drag') browser.drag(by * browser.max)
          else if (type === 'row' && count > 0) {
            const row = Math.floor(by * (count - 1))
            browser.rows.scrollToRow(row, 'start')
            browser.commit()
            if (row * ROW <= end) expect(browser.screen(row)).toBeCloseTo(0, 3)
          } else if (type === 'count') {
            count = by
            browser.rows.update(count)
            browser.commit()
          } else if (type === 'rest') {
            browser.rest()
            expect(Math.abs(browser.rows.offset - before)).toBeLessThan(1)
          }
          const { first, last, spacerHeight, shift } = browser.rows.snapshot
          expect(spacerHeight).toBe(Math.min(count * ROW, SPACER_LIMIT))
          expect(first).toBeGreaterThanOrEqual(0)
          expect(last).toBeLessThanOrEqual(count)
          // The rows mounted cover the viewport, as far as there are rows.
          expect(first === 0 || first * ROW + shift <= browser.top).toBe(true)
          expect(last === count || last * ROW + shift >= browser.top + 600).toBe(true)
          expect(last - first).toBeLessThanOrEqual(600 / ROW + 20)
        }
      }),
      { numRuns: 300 },
    )
  })
})
