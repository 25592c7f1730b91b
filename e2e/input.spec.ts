import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, type Page, type Request } from '@playwright/test'
import { ExplorerPage } from './explorer-page'
import { CLUSTER, NOT_ZOOKEEPER_CLUSTER, test, UNREACHABLE_CLUSTER } from './fixtures'
import { watchForTrouble } from './page-trouble'
import { startEnsemble } from './sandbox/ensemble'
import { zkCli } from './sandbox/zk-cli'
import { startZoolens } from './zoolens-server'

/** jute.maxbuffer's default is 0xfffff for a whole request: what is around the data takes some of it. */
const FITS = 1_048_000
const MEBIBYTE = 1_048_576

const clusterPage = (cluster: string, path: string) => `/c/${cluster}?${new URLSearchParams({ path })}`

/** The failure that is shown: its code, what happened, what to do. */
const failure = (page: Page, code: string) =>
  page.getByRole('alert').filter({ has: page.getByText(code, { exact: true }) })

const bodyOf = async (request: Request) => (await (await request.response())?.text()) ?? ''

/** The bytes that the Download button gives. */
async function downloaded(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download', exact: true }).click(),
  ])
  return readFile(await download.path())
}

test('an unknown cluster is said to be unknown, with the way to those that there are', async ({ page }) => {
  const response = await page.goto('/c/nope?path=/')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await expect(page.getByText('ZOOLENS_CONFIG')).toBeVisible()
  await page.getByRole('link', { name: 'To the ensembles' }).click()
  await page.getByRole('link', { name: 'Open Test ensemble' }).click()
  await expect(new ExplorerPage(page).tree).toBeVisible()
})

test('a missing znode is said to be missing, the tree opens what there is above it, and it appears when it is made', async ({
  page,
  world,
  folder,
}) => {
  const explorer = new ExplorerPage(page)
  await page.goto(clusterPage(CLUSTER, `${folder}/a/b`))
  const missing = failure(page, 'NoNode')
  await expect(missing).toContainText(`There is no znode ${folder}/a/b.`)
  await expect(missing).toContainText('open the nearest ancestor that exists')
  await expect(explorer.row(folder.slice(1))).toBeVisible()
  await missing.getByRole('button', { name: 'Open the parent' }).click()
  await expect(missing).toContainText(`There is no znode ${folder}/a.`)
  await world.other.create(`${folder}/a`, Buffer.from('here now'))
  await expect(explorer.editor).toHaveText('here now')
})

for (const [path, words] of [
  ['/a//b', 'two slashes in a row, at character 4'],
  ['/a/', 'ends with a slash'],
  ['/a/../b', 'has ".." as a name, at character 4'],
  ['/./a', 'has "." as a name'],
  ['/a\u0007b', 'control character U+0007'],
  ['/a\u0000b', 'control character U+0000'],
  ['/a\u0085b', 'control character U+0085'],
  ['/a\ud83d\ude00b', 'U+1F600'],
  ['a/b', 'does not start with a slash'],
] as const) {
  test(`the path ${JSON.stringify(path)} in the address is refused in words, and the tree stays usable`, async ({
    page,
  }) => {
    const trouble = await watchForTrouble(page)
    const reads: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/node?')) reads.push(request.url())
    })
    await page.goto(clusterPage(CLUSTER, path))
    const refused = failure(page, 'BadPath')
    await expect(refused).toContainText(words)
    await expect(new ExplorerPage(page).someRow).toBeVisible()
    expect(reads).toEqual([])
    await refused.getByRole('button', { name: 'Open /' }).click()
    await expect(refused).toHaveCount(0)
    await expect(page.getByRole('tab', { name: 'Data' })).toBeVisible()
    expect(trouble).toEqual([])
  })
}

test('without READ permission nothing of a znode is shown but that, and its siblings are unharmed', async ({
  page,
  world,
  folder,
}) => {
  const explorer = new ExplorerPage(page)
  // Everything for alice; anybody may create children, so that there is something to list.
  const acl = [
    { scheme: 'digest', id: 'alice:kNRVOSHdLdQOPbcVM2zeCiMbWmQ=', permissions: 31 },
    { scheme: 'world', id: 'anyone', permissions: 4 },
  ]
  await world.other.create(`${folder}/secret`, Buffer.from('the password'), { acl })
  await world.other.create(`${folder}/secret/hidden-child`, null)
  await world.other.create(`${folder}/sibling`, Buffer.from('readable'))
  const seen: Promise<string>[] = []
  page.on('requestfinished', (request) => {
    if (request.url().includes('/api/clusters/')) seen.push(bodyOf(request))
  })

  await explorer.open(`${folder}/secret`)
  await expect(failure(page, 'NoAuth')).toContainText(`The ACL of ${folder}/secret does not allow this`)
  await expect(failure(page, 'NoAuth')).toContainText('Give Zoolens credentials that the ACL names')
  await expect(page.getByText('No data (null)')).toHaveCount(0)

  await explorer.tree.focus()
  await page.keyboard.press('ArrowRight')
  await expect(explorer.tree.getByText(/^NoAuth: /)).toBeVisible()
  await expect(explorer.row('secret')).toHaveAccessibleDescription(/no READ permission/)
  await explorer.row('sibling').click()
  await expect(explorer.editor).toHaveText('readable')
  await expect(explorer.row('sibling')).toHaveAccessibleDescription('persistent, 8 B')

  const bodies = (await Promise.all(seen)).join('\n')
  expect(bodies).toContain(Buffer.from('readable').toString('base64'))
  expect(bodies).not.toContain(Buffer.from('the password').toString('base64'))
  expect(bodies).not.toContain('hidden-child')
})

test('an unreachable ensemble is told by its real cause and a remedy, and the other ensembles are unharmed', async ({
  page,
}) => {
  await page.goto(clusterPage(UNREACHABLE_CLUSTER, '/'))
  const banner = page.getByRole('status').filter({ hasText: 'Unreachable.' })
  await expect(banner).toContainText('Unreachable')
  await expect(banner).toContainText('127.0.0.1:1')
  await expect(banner).toContainText('ECONNREFUSED')
  await expect(banner).toContainText('start the server, or correct the port')
  await page.getByRole('button', { name: 'Ensemble Nowhere: switch' }).click()
  await page.getByRole('menuitemradio', { name: 'Test ensemble' }).click()
  await expect(new ExplorerPage(page).someRow).toBeVisible()
  await expect(banner).toHaveCount(0)
})

test('a host that is no ZooKeeper is told to be none, and which port is wanted', async ({ page }) => {
  await page.goto(clusterPage(NOT_ZOOKEEPER_CLUSTER, '/'))
  const banner = page.getByRole('status').filter({ hasText: 'NotZooKeeper' })
  await expect(banner).toContainText('answers, but not as ZooKeeper does')
  await expect(banner).toContainText('the client port is wanted (usually 2181)')
})

test('a server that takes the connection and then says nothing is not waited for in silence', async ({
  page,
  world,
}) => {
  expect(world.zoolens.url).not.toBe('')
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()))
  })
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const zoolens = await startZoolens({
    clusters: [{ id: 'silent', name: 'Silent', color: '#8a5a00', connect: `127.0.0.1:${port}` }],
  })
  try {
    await page.goto(`${zoolens.url}/c/silent?path=/`)
    const banner = page.getByRole('main').locator('..').getByRole('status').filter({ hasText: 'Unreachable.' })
    await expect(banner).toContainText(`127.0.0.1:${port}`, { timeout: 20_000 })
    await expect(banner).toContainText('it accepts connections but does not answer')
    expect(sockets.size).toBeGreaterThan(0)
  } finally {
    await zoolens.stop()
    for (const socket of sockets) socket.destroy()
    silent.close()
  }
})

test('the largest value that fits is saved and read back byte for byte', async ({ page, world, folder }) => {
  const path = `${folder}/large`
  await world.other.create(path, Buffer.from('small'))
  const explorer = new ExplorerPage(page)
  await explorer.open(path)
  for (const [version, bytes] of [
    [1, randomBytes(FITS)],
    [2, Buffer.from('a line of 16 b.\n'.repeat(FITS / 16))],
  ] as const) {
    await page.getByLabel('File to upload').setInputFiles({ name: 'v', mimeType: 'text/plain', buffer: bytes })
    const review = page.getByRole('dialog', { name: 'Review before saving' })
    await review.getByRole('button', { name: `Save as version ${version}` }).click()
    await expect(review).toBeHidden({ timeout: 20_000 })
    expect((await world.other.getData(path)).data?.equals(bytes)).toBe(true)
    await page.reload()
    await expect(page.getByText('1,048,000 bytes')).toBeVisible()
    expect((await downloaded(page)).equals(bytes)).toBe(true)
  }
})

for (const [size, bytes] of [
  ['1,048,576 bytes', Buffer.from('a line of 16 b.\n'.repeat(MEBIBYTE / 16))],
  ['1,048,577 bytes', randomBytes(MEBIBYTE + 1)],
] as const) {
  test(`a value of ${size} is refused with the reason, the edit stays, and nothing is overwritten`, async ({
    page,
    world,
    folder,
  }) => {
    const path = `${folder}/too-large`
    await world.other.create(path, Buffer.from('small'))
    const explorer = new ExplorerPage(page)
    await explorer.open(path)
    await page.getByLabel('File to upload').setInputFiles({ name: 'v', mimeType: 'text/plain', buffer: bytes })
    const review = page.getByRole('dialog', { name: 'Review before saving' })
    await review.getByRole('button', { name: 'Save as version 1' }).click()
    await expect(failure(page, 'TooLarge')).toContainText(path, { timeout: 20_000 })
    await expect(failure(page, 'TooLarge')).toContainText('jute.maxbuffer')
    await review.getByRole('button', { name: 'Back to editing' }).click()
    await expect(review).toBeHidden()
    await expect(page.getByText(size, { exact: false }).first()).toBeVisible()
    expect((await downloaded(page)).equals(bytes)).toBe(true)
    const { data, stat } = await world.other.getData(path)
    expect([data?.toString(), stat.version]).toEqual(['small', 0])
  })
}

test('values of 1 MiB and one byte more, where servers allow them, are read whole', async ({ page, world }) => {
  test.setTimeout(300_000)
  expect(world.zoolens.url).not.toBe('')
  const ensemble = await startEnsemble({ servers: 1, jvmFlags: ['-Djute.maxbuffer=4194304'] })
  const cli = await zkCli(ensemble.connect)
  const zoolens = await startZoolens({
    clusters: [{ id: 'roomy', name: 'Roomy', color: '#0b6e5f', connect: ensemble.connect }],
  })
  try {
    for (const size of [MEBIBYTE, MEBIBYTE + 1]) {
      const value = 'v'.repeat(size)
      await cli.run(`create /n${size} ${value}`)
      await page.goto(`${zoolens.url}/c/roomy?path=/n${size}`)
      await expect(page.getByText(`${size.toLocaleString('en')} bytes`)).toBeVisible()
      expect((await downloaded(page)).toString() === value).toBe(true)
    }
  } finally {
    await zoolens.stop()
    await cli.close()
    await ensemble.stop()
  }
})
