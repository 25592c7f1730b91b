import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { ensureBuild, PROJECT } from './build'
import { ExplorerPage } from './explorer-page'
import { test } from './fixtures'
import { startEnsemble } from './sandbox/ensemble'
import { startWorkload } from './sandbox/workload/workload'
import { startZoolens } from './zoolens-server'

const PICTURES = join(PROJECT, 'e2e', '.output', 'pictures')
/** Where the README has its picture; replaced only when somebody asks for it. */
const COMMITTED = join(PROJECT, 'e2e', 'pictures')

test('what the demo shows: live content that a newcomer opens, reads and sees change', async ({ page }) => {
  test.setTimeout(300_000)
  await ensureBuild()
  const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 2000 })
  const workload = await startWorkload({ connect: ensemble.connect, contenders: 12, bigFolder: 2000 })
  const zoolens = await startZoolens({
    clusters: [{ id: 'demo', name: 'Demo ensemble', color: '#2f6f4e', connect: ensemble.connect }],
  })
  try {
    const explorer = new ExplorerPage(page)
    // The only ensemble: straight into it.
    await page.goto(zoolens.url)
    await expect(page).toHaveURL(/\/c\/demo$/)
    for (const folder of ['config', 'locks', 'services', 'queues', 'jobs', 'election']) {
      await expect(explorer.row(folder)).toBeVisible()
    }
    // Work goes on where nobody looks.
    await expect(explorer.row('locks')).toHaveAccessibleDescription(/changed below/)

    await explorer.expand('locks')
    await explorer.expand('settlement')
    const first = explorer.tree.getByRole('treeitem', { name: /-lock-/ }).first()
    await expect(first).toHaveAccessibleDescription(/ephemeral, sequential/)
    // A turn is over, and the next contender's begins.
    await expect(
      explorer.tree.getByRole('treeitem', { name: /-lock-/ }).and(page.locator('[aria-disabled]')),
    ).not.toHaveCount(0)

    await explorer.expand('config')
    await explorer.expand('checkout')
    await explorer.row('settings.json').click()
    await expect(explorer.editor).toContainText('9007199254740993')
    await expect(page.getByText('Live', { exact: true })).toBeVisible()

    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      const path = join(PICTURES, `explorer-${theme}.png`)
      await page.screenshot({ path })
      if (process.env.ZOOLENS_KEEP_PICTURES) {
        await mkdir(COMMITTED, { recursive: true })
        await copyFile(path, join(COMMITTED, `explorer-${theme}.png`))
      }
    }
  } finally {
    await zoolens.stop()
    await workload.stop()
    await ensemble.stop()
  }
})
