import { expect, type Page } from '@playwright/test'
import { toHex } from '@/lib/znode/stat'
import { connect } from '@/lib/zookeeper/connect'
import { expectAccessible } from './axe'
import { queueUp } from './curator-names'
import { CLUSTER, READ_ONLY_CLUSTER, test } from './fixtures'
import { KeyboardOnly, unplugMouse } from './keyboard-only'

const table = (page: Page) => page.getByRole('grid', { name: 'Sessions' })
const detail = (page: Page) => page.getByRole('region', { name: 'Session', exact: true })

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
})

test('finds a client by what it owns, and says what would vanish with it, by keyboard only', async ({
  page,
  world,
  folder,
}) => {
  test.slow()
  await unplugMouse(page)
  const lock = `${folder}/lock`
  await world.other.create(lock, null)
  const [first, second] = [0, 1].map(() => connect({ connect: world.ensemble.connect, sessionTimeoutMs: 10_000 }))
  if (!first || !second) throw new Error('no clients')
  const holder = await queueUp(first, lock)
  await first.create(`${folder}/alive`, Buffer.from('x'), { mode: 'ephemeral' })
  const waiter = await queueUp(second, lock)
  const keys = new KeyboardOnly(page)
  await page.goto(`/c/${CLUSTER}?path=${folder}`)
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/sessions$/)
  await keys.expectFocusToBeSeen()
  await expect(page).toHaveTitle('Sessions · Test ensemble · Zoolens')
  await expect(table(page)).toBeVisible()
  await keys.press('F6')
  await expect(table(page)).toBeFocused()
  await keys.press('/')
  const filter = page.getByRole('textbox', { name: /^Filter by session/ })
  await expect(filter).toBeFocused()
  await keys.type(`${folder}/alive`)
  await expect(page.getByRole('status').filter({ hasText: '1 of' })).toBeVisible()
  await keys.press('ArrowDown')
  await expect(table(page)).toBeFocused()
  await keys.press('Enter')
  const id = toHex(first.info.sessionId)
  await expect(page).toHaveURL(new RegExp(`session=${id}`))
  await expect(detail(page).getByRole('heading', { name: id })).toBeVisible()
  const vanishing = detail(page).getByRole('list', { name: '2 ephemeral znodes would vanish' })
  await expect(vanishing.getByRole('link', { name: `${folder}/alive` })).toBeVisible()
  await expect(vanishing.getByRole('link', { name: holder })).toBeVisible()
  const passing = detail(page).getByRole('list', { name: '1 lock would pass on' })
  await expect(passing.getByRole('link', { name: lock })).toBeVisible({ timeout: 20_000 })
  await expect(passing.getByTitle(waiter.slice(waiter.lastIndexOf('/') + 1))).toBeVisible()

  await keys.press('F6')
  await expect(detail(page).getByRole('button', { name: 'Close' })).toBeFocused()
  await keys.press('Enter')
  await expect(table(page)).toBeFocused()
  await expect(page).toHaveURL(/\/sessions$/)
  await Promise.all([first.close(), second.close()])
})

test('axe finds nothing, with one session shown and with none', async ({ page, world, folder }) => {
  await world.other.create(`${folder}/mine`, null, { mode: 'ephemeral' })
  await page.goto(`/c/${CLUSTER}/sessions`)
  await expect(table(page)).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/c/${CLUSTER}/sessions?session=${toHex(world.other.info.sessionId)}`)
  await expect(detail(page)).toContainText('would vanish')
  await expectAccessible(page)
  await page.goto(`/c/${CLUSTER}/sessions?session=0x123`)
  await expect(detail(page)).toContainText('Session 0x123 is not known')
  await expectAccessible(page)
  // That took longer than silence is taken for life.
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible()
  await expect(page.getByText('Nothing has been heard')).toHaveCount(0)
})

test('pages: links, keys, the same page of another ensemble, and back to where one was', async ({ page, folder }) => {
  await page.goto(`/c/${CLUSTER}?path=${folder}`)
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await expect(pages.getByRole('link', { name: 'Browse' })).toHaveAttribute('aria-current', 'page')
  await pages.getByRole('link', { name: 'Locks' }).click()
  await expect(page).toHaveURL(new RegExp(`/c/${CLUSTER}/locks$`))
  await expect(pages.getByRole('link', { name: 'Locks' })).toHaveAttribute('aria-current', 'page')
  await expect(pages.getByRole('link', { name: 'Locks' })).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(new RegExp(`/c/${CLUSTER}/sessions$`))
  await page.getByRole('button', { name: 'Ensemble Test ensemble: switch' }).click()
  await page.getByRole('menuitemradio', { name: 'Frozen' }).click()
  await expect(page).toHaveURL(new RegExp(`/c/${READ_ONLY_CLUSTER}/sessions$`))
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`/c/${CLUSTER}/sessions$`))
  await expect(page.getByRole('button', { name: 'Ensemble Test ensemble: switch' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page).toHaveURL(new RegExp(`/c/${CLUSTER}\\?path=${folder}$`))

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/sessions$/)
  const goTo = page.getByRole('combobox', { name: 'Go to path' })
  await page.keyboard.press(':')
  await expect(goTo).toBeFocused()
  await page.keyboard.type('/zookeeper')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/c/${CLUSTER}\\?path=/zookeeper$`))
})

test('the owner of an ephemeral znode leads to its session', async ({ page, world, folder }) => {
  await world.other.create(`${folder}/mine`, null, { mode: 'ephemeral' })
  await page.goto(`/c/${CLUSTER}?path=${folder}/mine&tab=stat`)
  await page.getByRole('link', { name: /goes with session/ }).click()
  const id = toHex(world.other.info.sessionId)
  await expect(page).toHaveURL(new RegExp(`/sessions\\?session=${id}$`))
  await expect(detail(page).getByRole('link', { name: `${folder}/mine` })).toBeVisible()
})
