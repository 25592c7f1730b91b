import { expect } from '@playwright/test'
import { connect } from '@/lib/zookeeper/connect'
import { ExplorerPage } from './explorer-page'
import { test } from './fixtures'
import { startEnsemble } from './sandbox/ensemble'
import { startZoolens } from './zoolens-server'

const AT_ONCE = { timeout: 20_000 }

/** Writes as a client does that may have lost the same server, or its leader: again, unless it turns out to be done. */
async function insist(write: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    if (!(await isDone())) await write()
  }).toPass(AT_ONCE)
}

test('the server we browse is killed: the view says so, moves on, and ends equal to what another client reads', async ({
  page,
}, info) => {
  test.setTimeout(300_000)
  // An ensemble of its own: what is broken here must not break for others.
  const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 500 })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Failing', connect: ensemble.connect }] })
  const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000 })
  try {
    await other.create('/folder', null)
    for (let i = 0; i < 30; i++) await other.create(`/folder/n${i}`, Buffer.from(String(i)))
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test?path=/folder/n7`)
    await expect(explorer.editor).toHaveText('7')
    await expect(explorer.row('n7')).toBeVisible()

    const ours = await (await page.request.get(`${zoolens.url}/api/clusters/test/connection`)).json()
    const server = ensemble.servers.find(({ connect }) => connect === ours.connection.server)
    if (!server) throw new Error(`no such server: ${ours.connection.server}`)
    const killedAt = Date.now()
    await server.kill()

    // Changes go on while the browser's way to the ensemble is being mended.
    await insist(
      () => other.setData('/folder/n7', Buffer.from('changed meanwhile'), 0),
      async () => (await other.exists('/folder/n7'))?.version === 1,
    )
    await insist(
      () => other.create('/folder/born', null),
      async () => (await other.exists('/folder/born')) !== null,
    )
    await insist(
      () => other.delete('/folder/n3', 0),
      async () => (await other.exists('/folder/n3')) === null,
    )

    await expect(page.getByText('Reconnected', { exact: true })).toBeVisible(AT_ONCE)
    const seconds = ((Date.now() - killedAt) / 1000).toFixed(1)
    await expect(explorer.editor).toHaveText('changed meanwhile', AT_ONCE)
    await expect(explorer.row('born')).toBeVisible()
    await expect(explorer.row('n3')).toHaveCount(0, AT_ONCE)
    await expect(page.getByText('Live', { exact: true })).toBeVisible(AT_ONCE)
    info.annotations.push({ type: 'measured', description: `kill -9 -> reconnected on screen: ${seconds} s` })
    console.log(`kill -9 -> reconnected on screen: ${seconds} s`)

    const { names } = await other.getChildren('/folder')
    const shown = await explorer.tree
      .getByRole('treeitem')
      .evaluateAll((rows) =>
        rows.filter((row) => row.getAttribute('aria-level') === '3').map((row) => row.getAttribute('aria-label')),
      )
    expect(shown).toEqual(names.sort())
    await server.restart()
  } finally {
    await other.close()
    await zoolens.stop()
    await ensemble.stop()
  }
})

test('a server that stands still is shown as stale with its age, and no quorum is said', async ({ page }) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 2000 })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'Failing', connect: ensemble.connect }] })
  try {
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test`)
    await expect(explorer.row('zookeeper')).toBeVisible()
    await Promise.all(ensemble.servers.map((server) => server.pause()))
    await expect(page.getByText(/^(Stale|Reconnecting)\./)).toBeVisible({ timeout: 10_000 })
    await expect(page.getByText(/What you see (is|may be)/)).toBeVisible()
    // What was read stays on the screen.
    await expect(explorer.row('zookeeper')).toBeVisible()
    await Promise.all(ensemble.servers.map((server) => server.resume()))
    await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 })
  } finally {
    await zoolens.stop()
    await ensemble.stop()
  }
})

test('Zoolens itself is stopped and started: the page says so and goes on by itself', async ({ page }) => {
  test.setTimeout(300_000)
  const ensemble = await startEnsemble({ servers: 1 })
  const clusters = [{ id: 'test', name: 'One', connect: ensemble.connect }]
  let zoolens = await startZoolens({ clusters })
  const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000 })
  try {
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test`)
    await expect(explorer.row('zookeeper')).toBeVisible()
    const port = Number(new URL(zoolens.url).port)
    await zoolens.stop()
    await expect(page.getByText('Zoolens is not answering.', { exact: true })).toBeVisible(AT_ONCE)
    await other.create('/meanwhile', null)
    zoolens = await startZoolens({ clusters, port })
    await expect(page.getByText('Live', { exact: true })).toBeVisible(AT_ONCE)
    await expect(explorer.row('meanwhile')).toBeVisible(AT_ONCE)
  } finally {
    await other.close()
    await zoolens.stop()
    await ensemble.stop()
  }
})

test('stopping Zoolens ends its sessions at once, so that nothing is left on the ensemble', async ({ page }) => {
  const ensemble = await startEnsemble({ servers: 1 })
  const zoolens = await startZoolens({ clusters: [{ id: 'test', name: 'One', connect: ensemble.connect }] })
  try {
    const explorer = new ExplorerPage(page)
    await page.goto(`${zoolens.url}/c/test`)
    await expect(explorer.row('zookeeper')).toBeVisible()
    const admin = `http://127.0.0.1:${ensemble.servers[0]?.adminPort}/commands/mntr`
    const sessions = async () => (await (await fetch(admin)).json()).global_sessions as number
    expect(await sessions()).toBe(1)
    await zoolens.stop()
    expect(await sessions()).toBe(0)
  } finally {
    await zoolens.stop()
    await ensemble.stop()
  }
})
