import { createAll, numbered } from './fill'
import type { Lab } from './lab'
import { openFolder } from './painted'
import { type Figure, judged, type Row } from './row'
import { median } from './statistics'

const CHILDREN = 1_000
/** One folder a time: each is new to Zoolens, so that nothing comes from its mirror. */
const TIMES = 7
const BUDGET_MS = 300

export const children1k: Row = {
  id: 'children-1k',
  async run(lab: Lab): Promise<Figure[]> {
    const site = await lab.site(3)
    const folders = numbered('/thousand', TIMES, 1)
    await createAll(site.other, folders, null)
    for (const folder of folders) {
      await createAll(site.other, numbered(`${folder}/child-`, CHILDREN, 6), Buffer.from('12345'))
    }
    const stats: number[] = []
    for (const folder of folders) {
      const page = await lab.open(site, folder)
      stats.push((await openFolder(page, folder, 20_000)).stats)
      await page.context().close()
    }
    const worst = Math.max(...stats)
    return [
      judged(
        'open a node with 1,000 children, stats included',
        `< ${BUDGET_MS} ms`,
        `${median(stats).toFixed(0)} ms (median of ${TIMES}, worst ${worst.toFixed(0)})`,
        median(stats) < BUDGET_MS,
      ),
    ]
  },
}
