import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { until } from '../sandbox/until'
import type { Lab } from './lab'
import { type Figure, judged, type Row } from './row'
import { percentile } from './statistics'

/** Of each kind. */
const CHANGES = 200
/** Some five changes a second, never in step with anybody's timer. */
const PAUSE_MS = { least: 150, most: 250 }
const BUDGET = { p50: 50, p99: 250 }

interface Change {
  readonly kind: 'created' | 'changed'
  /** What appears on the screen. */
  readonly key: string
  /** ZooKeeper's own time of the change, ms since 1970. */
  readonly at: number
}

/** Another client creates a row, and changes the value that is open, in turns. */
export const changeToPixel: Row = {
  id: 'change-to-pixel',
  async run(lab: Lab): Promise<Figure[]> {
    const { other, ...site } = await lab.site(3)
    const folder = '/pixel'
    await other.create(folder, null)
    await other.create(`${folder}/value`, Buffer.from('v'))
    const page = await lab.open({ other, ...site }, `${folder}/value`)
    await page.locator('.cm-content', { hasText: 'v' }).waitFor()
    await notePaints(page)

    const changes: Change[] = []
    for (let i = 0; i < CHANGES; i++) {
      // Each row sorts before the last: it appears at the top of the folder, in sight.
      const key = `row-${String(CHANGES - i).padStart(4, '0')}`
      const { stat } = await other.create(`${folder}/${key}`, Buffer.from('x'))
      changes.push({ kind: 'created', key, at: Number(stat?.ctime) })
      await pause()
      const changed = await other.setData(`${folder}/value`, Buffer.from(`value-${i}`), i)
      changes.push({ kind: 'changed', key: `value-${i}`, at: Number(changed.mtime) })
      await pause()
    }
    const last = changes.at(-1)?.key ?? ''
    await until('the last change is on the screen', async () => (await paints(page)).has(last))
    const seen = await paints(page)
    await page.context().close()

    return (['created', 'changed'] as const).map((kind) => {
      const waits = waitsOf(
        changes.filter((change) => change.kind === kind),
        seen,
      )
      const p50 = percentile(waits, 0.5)
      const p99 = percentile(waits, 0.99)
      return judged(
        `${kind === 'created' ? 'a created row' : 'a changed value'}: change in ZooKeeper -> pixel`,
        `p50 < ${BUDGET.p50} ms, p99 < ${BUDGET.p99} ms`,
        `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, n ${waits.length}`,
        p50 < BUDGET.p50 && p99 < BUDGET.p99,
      )
    })
  },
}

/** ms until each state, or one that came after it and took its place, was on the screen. */
function waitsOf(changes: readonly Change[], seen: ReadonlyMap<string, number>): number[] {
  const waits: number[] = []
  let painted = Number.POSITIVE_INFINITY
  for (const { key, at, kind } of changes.toReversed()) {
    const own = seen.get(key) ?? Number.POSITIVE_INFINITY
    // A row stays: nothing takes its place.
    painted = kind === 'created' ? own : Math.min(own, painted)
    waits.push(painted - at)
  }
  return waits
}

function pause(): Promise<void> {
  return delay(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least))
}

/** In the page: when the first frame with each new row, and each new value, had been painted, ms since 1970. */
async function notePaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const paints = new Map<string, number>()
    Object.assign(window, { paints })
    const seen = new Set<string>()
    const note = (key: string) => {
      if (seen.has(key)) return
      seen.add(key)
      // A message that is sent from an animation frame is handled after that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => void paints.set(key, performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    }
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role=treeitem]')) note(row.getAttribute('aria-label') ?? '')
      note(document.querySelector('.cm-content')?.textContent ?? '')
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
}

async function paints(page: Page): Promise<ReadonlyMap<string, number>> {
  return new Map(await page.evaluate(() => [...(window as unknown as { paints: Map<string, number> }).paints]))
}
