import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import { ExplorerPage } from './explorer-page'
import { READ_ONLY_CLUSTER, test } from './fixtures'
import { startZoolens } from './zoolens-server'

test('a value is edited, reviewed and saved, byte for byte', async ({ page, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/limits.json`, Buffer.from('{"ledgerId":9007199254740993}'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/limits.json`)
  await expect(explorer.editor).toContainText('9007199254740993')
  await explorer.type('{"ledgerId":9007199254740995}')
  await explorer.save(1)
  const { data, stat } = await other.getData(`${folder}/limits.json`)
  expect(data?.toString()).toBe('{"ledgerId":9007199254740995}')
  expect(stat.version).toBe(1)
})

test('10,000 random bytes are uploaded, saved, reloaded and downloaded equal', async ({ page, world, folder }) => {
  const { other } = world
  const bytes = randomBytes(10_000)
  await other.create(`${folder}/binary`, Buffer.from([0xff, 0xfe, 0x00]))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/binary`)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload…' }).click()
  await (await chooser).setFiles({ name: 'random.bin', mimeType: 'application/octet-stream', buffer: bytes })
  // A file is reviewed at once: there is nothing to type.
  await page
    .getByRole('dialog', { name: 'Review before saving' })
    .getByRole('button', { name: 'Save as version 1' })
    .click()
  await expect(page.getByText('version 1 · changed')).toBeVisible()
  expect((await other.getData(`${folder}/binary`)).data?.equals(bytes)).toBe(true)

  await page.reload()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const stream = await (await download).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  // It is no UTF-8, so there is nothing to type into.
  await expect(explorer.editor).toHaveCount(0)
})

test('what is wrong with a text is told with its place, and is saved if one wants', async ({ page, world, folder }) => {
  const { other } = world
  const faults = [
    ['limits.json', '{"a": 1,}', 'Not valid JSON: Line 1, column 9: there is a comma before the closing bracket.'],
    ['limits.yaml', 'a: 1\nb: 2\na: 3\n', 'Not valid YAML: Line 3, column 1: Map keys must be unique.'],
    ['limits.xml', '<a>\n<b></a>', 'Not valid XML: Line 2, column 4: </b> is expected here.'],
  ] as const
  const explorer = new ExplorerPage(page)
  for (const [name, value, sentence] of faults) {
    await other.create(`${folder}/${name}`, Buffer.from(value))
    await explorer.open(`${folder}/${name}`)
    await expect(page.getByText(sentence)).toBeVisible()
  }
  await explorer.type('<a>\n<b/></a>')
  await expect(page.getByText('Not valid XML')).toHaveCount(0)
  await explorer.type('<a>')
  await expect(page.getByText('Not valid XML: Line 1, column 1: <a> is never closed.')).toBeVisible()
  await explorer.save(1)
  expect((await other.getData(`${folder}/limits.xml`)).data?.toString()).toBe('<a>')
})

test('a concurrent edit loses neither side: keep mine, with theirs seen', async ({ page, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('base'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`)
  await expect(explorer.editor).toHaveText('base')
  await explorer.type('mine')
  await other.setData(`${folder}/value`, Buffer.from('theirs'), 0)
  await expect(page.getByText('Changed while you were editing')).toBeVisible()
  await expect(explorer.editor).toHaveText('mine')

  await page.getByRole('button', { name: 'Compare' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody else was faster' })
  for (const side of ['base', 'theirs', 'mine']) await expect(conflict.getByText(side, { exact: true })).toBeVisible()
  expect((await other.getData(`${folder}/value`)).data?.toString()).toBe('theirs')
  await conflict.getByRole('button', { name: 'Keep mine (overwrites version 1)' }).click()
  await expect.poll(async () => (await other.getData(`${folder}/value`)).data?.toString()).toBe('mine')
  expect((await other.getData(`${folder}/value`)).stat.version).toBe(2)
})

test('a concurrent edit loses neither side: take theirs, and bring mine back', async ({ page, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('base'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`)
  await explorer.type('mine')
  await other.setData(`${folder}/value`, Buffer.from('theirs'), 0)
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Take theirs' }).click()
  await expect(explorer.editor).toHaveText('theirs')
  expect((await other.getData(`${folder}/value`)).stat.version).toBe(1)
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(explorer.editor).toHaveText('mine')
})

test('a concurrent edit loses neither side: merge by lines', async ({ page, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('one\ntwo\nthree\n'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`)
  await explorer.type('one\ntwo\nTHREE\n')
  await other.setData(`${folder}/value`, Buffer.from('ONE\ntwo\nthree\n'), 0)
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await explorer.save(2)
  expect((await other.getData(`${folder}/value`)).data?.toString()).toBe('ONE\ntwo\nTHREE\n')
})

test('a znode that is deleted while one edits keeps the text, and can be made again with it', async ({
  page,
  world,
  folder,
}) => {
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('base'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`)
  await explorer.type('mine')
  await other.delete(`${folder}/value`, 0)
  await expect(page.getByText('Deleted while you were editing')).toBeVisible()
  await expect(explorer.editor).toHaveText('mine')
  await page.getByRole('button', { name: 'What now…' }).click()
  await page.getByRole('button', { name: 'Create it again' }).click()
  await expect.poll(async () => (await other.exists(`${folder}/value`)) !== null).toBe(true)
  expect((await other.getData(`${folder}/value`)).data?.toString()).toBe('mine')
})

test('an edit is kept while one looks at another znode', async ({ page, world, folder }) => {
  await world.other.create(`${folder}/a`, Buffer.from('a'))
  await world.other.create(`${folder}/b`, Buffer.from('b'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/a`)
  await explorer.type('half-written')
  await explorer.row('b').click()
  await expect(explorer.editor).toHaveText('b')
  await explorer.row('a').click()
  await expect(explorer.editor).toHaveText('half-written')
})

test('a child is created and deleted, with the facts shown first', async ({ page, world, folder }) => {
  const { other } = world
  const explorer = new ExplorerPage(page)
  await explorer.open(folder)
  await page.getByRole('button', { name: 'New child…' }).click()
  const create = page.getByRole('dialog')
  await create.getByLabel('Name').fill('a/b')
  await expect(create.getByText(/is a slash/)).toBeVisible()
  await create.getByLabel('Name').fill('child')
  await create.getByRole('textbox', { name: 'Data' }).fill('hello')
  await create.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(explorer.row('child')).toBeVisible()
  expect((await other.getData(`${folder}/child`)).data?.toString()).toBe('hello')

  await explorer.row('child').click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const confirm = page.getByRole('alertdialog')
  await expect(confirm.getByText('Test ensemble')).toBeVisible()
  await expect(confirm.getByText('5 bytes')).toBeVisible()
  await confirm.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.poll(() => other.exists(`${folder}/child`)).toBeNull()
  await expect(explorer.row('child')).toHaveCount(0)
})

test('a znode with children is not deleted, and the dialog says why', async ({ page, world, folder }) => {
  await world.other.create(`${folder}/full`, null)
  await world.other.create(`${folder}/full/child`, null)
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/full`)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await expect(page.getByRole('alertdialog').getByText(/child/).first()).toBeVisible()
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0)
})

test('a read-only cluster is read-only on the server too', async ({ page, world, folder }) => {
  test.setTimeout(300_000)
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('base'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`, { cluster: READ_ONLY_CLUSTER })
  await expect(explorer.editor).toHaveAttribute('aria-readonly', 'true')
  await expect(page.getByRole('button', { name: 'Delete…' })).toHaveAttribute('aria-disabled', 'true')

  // A real save, sent to where nothing may be written: the gate is on the server, whatever a page shows.
  await explorer.open(`${folder}/value`)
  await explorer.type('mine')
  await page.route('**/c/**', async (route) => {
    const request = route.request()
    if (request.method() !== 'POST') return route.fallback()
    return route.continue({ postData: request.postData()?.replaceAll('"test"', `"${READ_ONLY_CLUSTER}"`) ?? '' })
  })
  await page.getByRole('button', { name: 'Save as version 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save as version 1' }).click()
  await expect(page.getByText('ReadOnly', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Back to editing' }).click()
  await expect(explorer.editor).toHaveText('mine')

  const everywhere = await startZoolens({
    clusters: [{ id: 'test', name: 'Test', connect: world.ensemble.connect }],
    env: { ZOOLENS_READ_ONLY: 'true' },
  })
  await page.goto(`${everywhere.url}/c/test?path=${folder}/value`)
  await expect(explorer.editor).toHaveAttribute('aria-readonly', 'true')
  await everywhere.stop()
  expect((await other.getData(`${folder}/value`)).stat.version).toBe(0)
})
