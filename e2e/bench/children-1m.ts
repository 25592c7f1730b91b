import type { Page } from '@playwright/test'
import { until } from '../sandbox/until'
import { createAll, numbered } from './fill'
import { framesDuring } from './frames'
import { CLUSTER, type Lab } from './lab'
import { browserHeap, openFolder } from './painted'
import { type Figure, judged, type Row, told } from './row'
import { serverMemory } from './server-metrics'
import { megabytes } from './statistics'

const CHILDREN = 1_000_000
const FOLDER = '/million'
const FIRST_ROWS_MS = 3_000
const BROWSER_MB = 150
const FRAMES_A_SECOND = 60
const WHEEL_MS = 4_000

export const children1m: Row = {
  id: 'children-1m',
  async run(lab: Lab): Promise<Figure[]> {
    const site = await lab.site(1)
    await site.other.create(FOLDER, null)
    const startedAt = performance.now()
    // Twenty characters, about what services and queues call their znodes.
    await createAll(site.other, numbered(`${FOLDER}/member-`, CHILDREN, 13), Buffer.from('12345'))
    const created = performance.now() - startedAt

    const page = await lab.open(site, FOLDER)
    const opened = await openFolder(page, FOLDER, 60_000)
    const wheel = await framesDuring(page, () => turnWheel(page))
    const column = await takeThumb(page)
    const drag = await framesDuring(page, () => dragThumb(page, column))
    const last = await lastRow(page)
    const heap = await browserHeap(page)
    const { heap: serverHeap, rss } = await serverMemory(site.zoolens)
    await page.context().close()
    const right = last.name === `member-${String(CHILDREN - 1).padStart(13, '0')}` && last.position === CHILDREN

    return [
      told(
        `make ${CHILDREN.toLocaleString('en')} znodes through lib/zookeeper`,
        `${(created / 1_000).toFixed(0)} s, ${Math.round(CHILDREN / (created / 1_000)).toLocaleString('en')} a second`,
      ),
      judged(
        'open a node with 1,000,000 children: first rows',
        `< ${FIRST_ROWS_MS / 1_000} s`,
        `${opened.names.toFixed(0)} ms, with their stats ${opened.stats.toFixed(0)} ms`,
        opened.names < FIRST_ROWS_MS,
      ),
      judged(
        'scroll through it with the wheel',
        `${FRAMES_A_SECOND} frames a second`,
        wheel.words,
        Math.round(wheel.perSecond) >= FRAMES_A_SECOND,
      ),
      judged(
        'drag the thumb to the middle and to the end',
        `${FRAMES_A_SECOND} frames a second`,
        drag.words,
        Math.round(drag.perSecond) >= FRAMES_A_SECOND,
      ),
      judged('the last row', 'reached, and right', `${last.name}, ${last.position} of ${last.setSize}`, right),
      judged(
        "the browser's heap, garbage collected",
        `< ${BROWSER_MB} MB`,
        `${megabytes(heap)} MB`,
        megabytes(heap) < BROWSER_MB,
      ),
      told("Zoolens' memory, garbage collected", `heap ${megabytes(serverHeap)} MB, resident ${megabytes(rss)} MB`),
    ]
  },
}

async function turnWheel(page: Page): Promise<void> {
  const { x, y } = await treeBox(page)
  await page.mouse.move(x + 60, y + 200)
  const endAt = performance.now() + WHEEL_MS
  // Each turn is answered when the page has handled it: about one a frame.
  while (performance.now() < endAt) await page.mouse.wheel(0, 240)
}

/** Puts the mouse on the thumb of the scrollbar, which is at its top. @returns the x of the bar. */
async function takeThumb(page: Page): Promise<number> {
  const tree = page.getByRole('tree')
  const top = (): Promise<number> => tree.evaluate((element) => element.scrollTop)
  const { x, y, width } = await treeBox(page)
  const column = x + width - 7
  // Where the arrow above it ends is the platform's business.
  for (let below = 4; below < 60; below += 4) {
    await tree.focus()
    await page.keyboard.press('Home')
    await until('the tree is at its top', async () => (await top()) === 0)
    await page.mouse.move(column, y + below)
    await page.mouse.down()
    await page.mouse.move(column, y + below + 20, { steps: 4 })
    // One pixel of the bar is hundreds of rows; an arrow or the track scroll some.
    const taken = await until('the thumb moves', async () => (await top()) > 100_000, { timeoutMs: 300 }).catch(
      () => false,
    )
    if (taken) return column
    await page.mouse.up()
  }
  throw new Error('no thumb to drag at the top of the scrollbar')
}

/** From the top to the middle, and on to the very end, a hundred small moves each. */
async function dragThumb(page: Page, column: number): Promise<void> {
  const { y, height } = await treeBox(page)
  await page.mouse.move(column, y + height / 2, { steps: 100 })
  await page.mouse.move(column, y + height + 20, { steps: 100 })
  await page.mouse.up()
}

async function treeBox(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.getByRole('tree').boundingBox()
  if (box === null) throw new Error(`no tree of ${CLUSTER} on the screen`)
  return box
}

/** The lowest znode on the screen once it is no longer loading. */
async function lastRow(page: Page): Promise<{ name: string; position: number; setSize: number }> {
  const last = await page.waitForFunction(
    (count) => {
      const row = document.querySelector(`[role=treeitem][aria-posinset="${count}"]`)
      return row === null ? null : { name: row.getAttribute('aria-label') ?? '', setSize: Number(row.ariaSetSize) }
    },
    CHILDREN,
    { timeout: 10_000 },
  )
  return { position: CHILDREN, ...((await last.jsonValue()) as { name: string; setSize: number }) }
}
