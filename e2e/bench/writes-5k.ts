import type { Page } from '@playwright/test'
import { formatBytes } from '@/lib/znode/bytes'
import type { Session } from '@/lib/zookeeper/session'
import { until } from '../sandbox/until'
import { createAll } from './fill'
import type { Lab } from './lab'
import { browserHeap, openFolder } from './painted'
import { startScript } from './program'
import { rendersDuring } from './renders'
import { type Figure, judged, type Row, told } from './row'
import { serverMemory } from './server-metrics'
import { megabytes } from './statistics'
import { childPath, folderPath } from './written-paths'

const ROOT = '/busy'
const CHILDREN = 1_000
const PER_SECOND = 5_000
const PER_REQUEST = 25
const SECONDS = 20
const RENDERS = 10
/** More growth than this, after a garbage collection, is not flat. */
const GROWTH_MB = 30
const SETTLE_MS = 20_000

export const writes5k: Row = {
  id: 'writes-5k',
  async run(lab: Lab): Promise<Figure[]> {
    const site = await lab.site(3)
    const { other, zoolens, peak } = site
    const folder = folderPath(ROOT, 0)
    const children = Array.from({ length: CHILDREN }, (_, child) => childPath(ROOT, 0, child))
    await createAll(other, [ROOT, folder], null)
    await createAll(other, children, Buffer.from('1'))
    const writer = startScript('writer.ts', [
      site.ensemble.connect,
      ROOT,
      '1',
      ...[CHILDREN, PER_SECOND, PER_REQUEST].map(String),
    ])

    const page = await lab.open(site, folder)
    await openFolder(page, folder, 20_000)
    // A value that changes is open beside the rows that change.
    const open = children[3] as string
    await page.locator(`[role=treeitem][data-path="${open}"]`).click()
    await page.locator('.cm-content').waitFor()
    const before = { browser: await browserHeap(page), server: await serverMemory(zoolens) }
    let writes = 0
    let ms = 0
    const renders = await peak.during(() =>
      rendersDuring(page, async () => {
        ;[writes = 0, ms = 0] = (await writer.ask(String(SECONDS))).split(' ').map(Number)
      }),
    )
    await writer.stop()

    const settled = await settle(page, other, children, open)
    const wrong = await compareAllRows(page, other, folder)
    const after = { browser: await browserHeap(page), server: await serverMemory(zoolens) }
    await page.context().close()
    const growth = megabytes(after.browser - before.browser)
    const serverGrowth = megabytes(after.server.heap - before.server.heap)
    return [
      told(
        'writes a second under an open folder of 1,000',
        `${Math.round((writes * 1_000) / ms).toLocaleString('en')}`,
      ),
      judged(
        'renders of the tree a second meanwhile',
        `<= ${RENDERS}`,
        `${renders.tree.toFixed(1)} (of the whole page ${renders.page.toFixed(1)})`,
        renders.tree <= RENDERS,
      ),
      judged(
        'no final state lost',
        'every row and the open value equal what another client reads',
        `${wrong.length} of ${CHILDREN.toLocaleString('en')} rows differ${wrong.length > 0 ? ` (${wrong.slice(0, 3).join('; ')})` : ''}; the rows on the screen and the value were right ${settled.toFixed(0)} ms after the last write`,
        wrong.length === 0,
      ),
      judged(
        "the browser's memory",
        `flat: grows < ${GROWTH_MB} MB`,
        `${megabytes(before.browser)} -> ${megabytes(after.browser)} MB of heap`,
        growth < GROWTH_MB,
      ),
      judged(
        "Zoolens' memory",
        `flat: grows < ${GROWTH_MB} MB`,
        `${megabytes(before.server.heap)} -> ${megabytes(after.server.heap)} MB of heap`,
        serverGrowth < GROWTH_MB,
      ),
    ]
  },
}

/** Resolves with the time until the rows on the screen and the open value are what another client reads, ms. */
async function settle(page: Page, other: Session, children: readonly string[], open: string): Promise<number> {
  const startedAt = performance.now()
  const sizes = await sizesOf(other, children)
  const { data } = await other.getData(open)
  await until(
    'the last state is on the screen',
    async () => {
      const rows = await shownSizes(page)
      const value = await page.locator('.cm-content').textContent()
      return value === data?.toString() && rows.every(([path, size]) => sizes.get(path) === size)
    },
    { timeoutMs: SETTLE_MS, everyMs: 20 },
  )
  return performance.now() - startedAt
}

/** Goes through the whole folder by keyboard. @returns the rows that show something else than another client reads. */
async function compareAllRows(page: Page, other: Session, folder: string): Promise<string[]> {
  const { names } = await other.getChildren(folder)
  const sizes = await sizesOf(
    other,
    names.map((name) => `${folder}/${name}`),
  )
  const shown = new Map<string, string>()
  await page.getByRole('tree').focus()
  await page.keyboard.press('Home')
  for (let step = 0; shown.size < sizes.size && step < sizes.size; step++) {
    await until(
      'the rows have their stats',
      async () => {
        const rows = await shownSizes(page)
        for (const [path, size] of rows) if (sizes.has(path)) shown.set(path, size)
        return rows.length > 0 && rows.every(([path, size]) => !sizes.has(path) || sizes.get(path) === size)
      },
      { timeoutMs: 3_000, everyMs: 20 },
    ).catch(() => undefined)
    await page.keyboard.press('PageDown')
  }
  return [...sizes].flatMap(([path, size]) =>
    shown.get(path) === size ? [] : [`${path} shows ${shown.get(path) ?? 'nothing'} instead of ${size}`],
  )
}

async function sizesOf(other: Session, paths: readonly string[]): Promise<Map<string, string>> {
  const stats = await Promise.all(paths.map(async (path) => [path, await other.exists(path)] as const))
  return new Map(stats.map(([path, stat]) => [path, formatBytes(stat?.dataLength ?? -1)]))
}

/** The childless rows that are mounted, and the size that each shows. */
function shownSizes(page: Page): Promise<[string, string][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[role=treeitem][data-path]')].flatMap((row): [string, string][] =>
      row.hasAttribute('aria-expanded')
        ? []
        : [[row.getAttribute('data-path') ?? '', row.lastElementChild?.textContent ?? '']],
    ),
  )
}
