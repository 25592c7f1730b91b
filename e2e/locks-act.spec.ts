import { expect, type Page } from '@playwright/test'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { expectAccessible } from './axe'
import { queueUp } from './curator-names'
import { CLUSTER, READ_ONLY_CLUSTER, test, type World } from './fixtures'
import { KeyboardOnly } from './keyboard-only'
import { until } from './sandbox/until'

/** Two clients of their own: one that holds the lock and one that waits for it. */
async function contend(world: World, folder: string, data: string | null) {
  const lock = `${folder}/lock`
  await world.other.create(lock, null)
  const [holds, waits] = [0, 1].map(() => connect({ connect: world.ensemble.connect, sessionTimeoutMs: 10_000 })) as [
    Session,
    Session,
  ]
  const holder = await queueUp(holds, lock, data)
  const waiter = await queueUp(waits, lock)
  await waits.oneShot.exists(holder)
  return { lock, holder, waiter, holds, waits, end: () => Promise.all([holds.close(), waits.close()]) }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const menuOf = (page: Page, path: string) =>
  page.getByRole('button', { name: `What to do with ${nameOf(path)}` }).first()

async function open(page: Page, lock: string, cluster = CLUSTER): Promise<void> {
  await page.goto(`/c/${cluster}/locks?path=${encodeURIComponent(lock)}`)
}

test('ask a revocable lock to release: its client hears of it', async ({ page, world, folder }) => {
  test.slow()
  const { lock, holder, holds, end } = await contend(world, folder, null)
  let told = 0
  holds.oneShot.onEvent(() => {
    told++
  })
  // What Curator does for a lock that was made revocable: the owner watches its own znode.
  await holds.oneShot.exists(holder)
  await open(page, lock)
  await expect(page.getByText('revocable').first()).toBeVisible({ timeout: 20_000 })
  const keys = new KeyboardOnly(page)
  await menuOf(page, holder).focus()
  await keys.press('Enter')
  const item = page.getByRole('menuitem', { name: 'Ask to release…' })
  await keys.downTo(item)
  await keys.press('Enter')
  const question = page.getByRole('alertdialog', { name: 'Ask it to release?' })
  await expect(question).toContainText(holder)
  const ask = question.getByRole('button', { name: 'Ask to release' })
  await expect(ask).toBeEnabled()
  await expectAccessible(page)
  await keys.tabTo(ask)
  await keys.press('Enter')
  await expect(question).toBeHidden()
  await until('its client is told', async () => told === 1)
  const { data } = await world.other.getData(holder)
  expect(data?.toString()).toBe('__REVOKE__')
  await end()
})

test('delete a holder: says who it is and who is next, and the next one gets it', async ({ page, world, folder }) => {
  const { lock, holder, waiter, end } = await contend(world, folder, '10.9.8.7')
  await open(page, lock)
  await menuOf(page, holder).click()
  await expect(page.getByRole('menuitem', { name: 'Ask to release…' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Delete znode…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete the znode of this contender?' })
  await expect(question).toContainText('two may believe that they hold it')
  await expect(question).toContainText('10.9.8.7')
  await expect(question).toContainText('waits for it, is told at once')
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByText(`Deleted ${holder}`)).toBeVisible()
  await expect(page.locator(`[data-contender="${nameOf(waiter)}"]`)).toContainText('holds')
  expect(await world.other.exists(holder)).toBeNull()
  await end()
})

test('nothing is deleted but the very znode that was shown', async ({ page, world, folder }) => {
  const { lock, holder, holds, end } = await contend(world, folder, '10.9.8.7')
  await open(page, lock)
  await menuOf(page, holder).click()
  await page.getByRole('menuitem', { name: 'Delete znode…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Delete' })).toBeEnabled()

  // The page cannot read what happens from here on: it goes by what it has shown.
  await page.route('**/node?*', (route) => route.abort())
  await world.other.delete(holder, -1)
  const { path } = await holds.create(holder, Buffer.from('another'), { mode: 'ephemeral' })
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(question).toContainText('was deleted and created anew')
  await page.unroute('**/node?*')
  expect((await world.other.getData(path)).data?.toString()).toBe('another')
  await end()
})

test('a read-only cluster offers neither', async ({ page, world, folder }) => {
  const { lock, holder, end } = await contend(world, folder, '10.9.8.7')
  await open(page, lock, READ_ONLY_CLUSTER)
  await menuOf(page, holder).click()
  await expect(page.getByRole('menuitem', { name: 'Open znode' })).toBeEnabled()
  await expect(page.getByRole('menuitem', { name: 'Delete znode…' })).toBeDisabled()
  await end()
})
