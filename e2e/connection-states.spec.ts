import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { connect } from '@/lib/zookeeper/connect'
import { expectAccessible } from './axe'
import { startExpiringServer } from './expiring-server'
import { ExplorerPage } from './explorer-page'
import { CLUSTER, test } from './fixtures'
import { dialogs } from './page-states'
import { startEnsemble } from './sandbox/ensemble'
import { startZoolens } from './zoolens-server'

const LONG = { timeout: 40_000 }

const banner = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
})

test('the load we cause: opened by mouse and by keyboard, it moves by itself and costs the ensemble nothing', async ({
  page,
  world,
  folder,
}) => {
  await new ExplorerPage(page).open(folder)
  const badge = page.getByRole('button', { name: 'Live' })
  await badge.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'The load we cause' })
  await expect(panel).toContainText('1 of at most 200')
  const session = (await (await page.request.get(`/api/clusters/${CLUSTER}/connection`)).json()).connection
  await expect(panel).toContainText(session.sessionId)
  await expect(panel).toContainText(session.server)
  await expect(panel).toContainText(`ZooKeeper${session.version}`)

  const row = (name: string) => panel.getByRole('row', { name }).getByRole('cell').last()
  const notifications = Number((await row('Notifications').textContent())?.replaceAll(',', ''))
  const requests = await row('Requests').textContent()
  await expect(panel).toContainText(/Last heard(\d+ ms|1 s) ago/)
  await world.other.setData(folder, Buffer.from('changed'), 0)
  await expect
    .poll(async () => Number((await row('Notifications').textContent())?.replaceAll(',', '')), LONG)
    .toBeGreaterThan(notifications)
  // The znode that is open is read again after its change, and nothing else is asked for the panel's sake.
  expect(Number((await row('Requests').textContent())?.replaceAll(',', ''))).toBeLessThan(
    Number(requests?.replaceAll(',', '')) + 10,
  )
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(badge).toBeFocused()

  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /session/ })
    .click()
  await expect(panel).toBeVisible()
})

test('a server that stands still and then dies: stale, reconnecting and unreachable, each in words', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 1, tickTimeMs: 3000 })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Failing', connect: ensemble.connect }] })
  const [server] = ensemble.servers
  try {
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test`)
    await expect(explorer.row('zookeeper')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Live' })).toBeVisible()
    server?.pause()
    await expect(banner(page, /^Stale\./)).toBeVisible(LONG)
    await expect(banner(page, /^Reconnecting\..*Zoolens connects again by itself/)).toBeVisible(LONG)
    await expectAccessible(page)
    await server?.kill()
    await expect(banner(page, /^Unreachable\..*nothing listens on this port/)).toBeVisible(LONG)
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Unreachable/ }).click()
    await expect(dialogs(page)).toContainText(/next attempt in/, LONG)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await server?.restart()
    await expect(page.getByRole('button', { name: 'Live' })).toBeVisible(LONG)
    await expect(explorer.row('zookeeper')).toBeVisible()
  } finally {
    await zoolens.stop()
    await ensemble.stop()
  }
})

test('a session that has expired is said to be the one of Zoolens', async ({ page }) => {
  test.setTimeout(300_000)
  const server = await startExpiringServer()
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Expiring', connect: server.connect }] })
  try {
    await page.goto(`${zoolens.url}/c/test`)
    await expect(page.getByRole('button', { name: 'Live' })).toBeVisible(LONG)
    server.expire()
    await expect(banner(page, /^Session expired\..*the session of Zoolens/)).toBeVisible(LONG)
    await expectAccessible(page)
  } finally {
    await zoolens.stop()
    await server.close()
  }
})

test('a server with too many connections is told from one that is away', async ({ page }) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 1, settings: { maxClientCnxns: '1' } })
  const hog = connect({ connect: ensemble.connect })
  await hog.exists('/')
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Full', connect: ensemble.connect }] })
  try {
    await page.goto(`${zoolens.url}/c/test`)
    await expect(banner(page, /^Unreachable\..*maxClientCnxns/)).toBeVisible(LONG)
    await expectAccessible(page)
  } finally {
    await zoolens.stop()
    await hog.close()
    await ensemble.stop()
  }
})

test('a server before 3.6: what is open is live, and the rest is said not to be', async ({ page }) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 1, version: '3.5.10' })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Old', connect: ensemble.connect }] })
  const other = connect({ connect: ensemble.connect })
  try {
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test`)
    const notice = banner(page, /^Only what is open is live\.\s*ZooKeeper 3\.5\.10/)
    await expect(notice).toBeVisible(LONG)
    await expectAccessible(page)
    await other.create('/new', null)
    await expect(explorer.row('new')).toBeVisible(LONG)
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await expect(notice).toHaveCount(0)
    await page.reload()
    await expect(explorer.row('new')).toBeVisible(LONG)
    await expect(page.getByRole('contentinfo')).toContainText('only what is open is live')
    await expect(notice).toHaveCount(0)
    await page.getByRole('button', { name: 'Live' }).click()
    await expect(dialogs(page)).toContainText('without persistent and recursive watches (3.6.0)')
    await expectAccessible(page)
  } finally {
    await other.close()
    await zoolens.stop()
    await ensemble.stop()
  }
})

test('an ensemble that was restored from an older snapshot is said to have gone back in time', async ({ page }) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 1 })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Restored', connect: ensemble.connect }] })
  const other = connect({ connect: ensemble.connect })
  const [server] = ensemble.servers
  if (!server) throw new Error('no server')
  const data = join(server.folder, 'data')
  const old = join(server.folder, 'old-data')
  try {
    const explorer = new ExplorerPage(page)
    await other.create('/kept', null)
    await server.stop()
    await cp(data, old, { recursive: true })
    await server.restart()
    await page.goto(`${zoolens.url}/c/test`)
    await expect(explorer.row('kept')).toBeVisible(LONG)
    for (let i = 0; i < 20; i++) await other.create(`/lost-${i}`, null)
    await expect(explorer.row('lost-19')).toBeVisible(LONG)
    await other.close()
    await server.stop()
    await rm(data, { recursive: true })
    await cp(old, data, { recursive: true })
    await server.restart()
    const alert = page.getByRole('alert').filter({ hasText: 'The ensemble went back in time.' })
    await expect(alert).toBeVisible(LONG)
    await expect(alert).toContainText(/found at zxid 0x[0-9a-f]+ \(epoch 0, change \d+\)/)
    await expect(explorer.row('lost-19')).toHaveCount(0)
    await expect(explorer.row('kept')).toBeVisible()
    await expectAccessible(page)
    await alert.getByRole('button', { name: 'Dismiss' }).click()
    await expect(alert).toHaveCount(0)
  } finally {
    await other.close()
    await zoolens.stop()
    await ensemble.stop()
  }
})
