import { expect } from '@playwright/test'
import { ExplorerPage } from './explorer-page'
import { test } from './fixtures'
import { zkCli } from './sandbox/zk-cli'

const CHANGES = 200

/** The given share of the figures lies at or below what is returned. */
function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

test('what zkCli creates and changes is on the screen, and how soon', async ({ page, world, folder }, info) => {
  test.setTimeout(300_000)
  const explorer = new ExplorerPage(page)
  await world.other.create(`${folder}/value`, Buffer.from('v'))
  await explorer.open(`${folder}/value`)
  await expect(explorer.editor).toHaveText('v')

  // In the page: when the first frame with each new row, and each new value, had been painted.
  await page.evaluate(() => {
    const seen = new Map<string, number>()
    Object.assign(window, { seen })
    const painted = (key: string) => {
      if (seen.has(key)) return
      seen.set(key, 0)
      // A message that is sent from an animation frame is handled after that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => seen.set(key, performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    }
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role=treeitem]')) painted(row.getAttribute('aria-label') ?? '')
      painted(document.querySelector('.cm-content')?.textContent ?? '')
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })

  const cli = await zkCli(world.ensemble.connect)
  const waits = { created: [] as number[], changed: [] as number[] }
  for (let i = 0; i < CHANGES; i++) {
    const [kind, key, command] =
      i % 2 === 0
        ? // Each row sorts before the last: it appears at the top of the folder, in sight.
          (['created', `row-${999 - i}`, `create ${folder}/row-${999 - i} x`] as const)
        : (['changed', `value-${i}`, `set ${folder}/value value-${i}`] as const)
    await cli.run(command)
    const seenAt = await page.waitForFunction(
      (wanted) => (window as unknown as { seen: Map<string, number> }).seen.get(wanted) || null,
      key,
      { polling: 5 },
    )
    // ZooKeeper's own time of the change, same machine and same clock, in whole milliseconds.
    const stat = await world.other.exists(kind === 'created' ? `${folder}/${key}` : `${folder}/value`)
    waits[kind].push(((await seenAt.jsonValue()) as number) - Number(stat?.mtime))
    // A load of some five changes a second, which is what a person can follow; the wait is the generator's, not the test's.
    await new Promise((next) => setTimeout(next, 120))
  }
  await cli.close()
  for (const [kind, figures] of Object.entries(waits)) {
    expect(figures).toHaveLength(CHANGES / 2)
    const text = `${kind} -> pixel: p50 ${percentile(figures, 0.5).toFixed(0)} ms, p99 ${percentile(figures, 0.99).toFixed(0)} ms, n ${figures.length}`
    info.annotations.push({ type: 'measured', description: text })
    console.log(text)
  }
})

test('rows light up: created, changed, deleted, and below a closed folder', async ({ page, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/config`, Buffer.from('1'))
  await other.create(`${folder}/closed`, null)
  await other.create(`${folder}/closed/inside`, null)
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/config`)

  await other.setData(`${folder}/config`, Buffer.from('2'), 0)
  await expect(explorer.editor).toHaveText('2')
  await other.create(`${folder}/new`, null)
  await expect(explorer.row('new')).toBeVisible()
  await other.setData(`${folder}/new`, Buffer.from('12345'), 0)
  await expect(explorer.row('new')).toHaveAccessibleDescription(/5 B.*changed since you looked/)
  await other.setData(`${folder}/closed/inside`, Buffer.from('x'), 0)
  await expect(explorer.row('closed')).toHaveAccessibleDescription(/1 changed below/)
  await other.delete(`${folder}/new`, 1)
  // The tombstone: still there for a moment, said to be deleted, then gone.
  await expect(explorer.row('new')).toHaveAccessibleDescription('deleted')
  await expect(explorer.row('new')).toHaveCount(0)
})

test('the tree stays open and scrolled while rows come and go above it', async ({ page, world, folder }) => {
  const { other } = world
  for (let i = 0; i < 100; i++) await other.create(`${folder}/n${String(i).padStart(3, '0')}`, null)
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/n080`)
  const row = explorer.row('n080')
  const before = await row.boundingBox()
  for (let i = 0; i < 5; i++) await other.create(`${folder}/a${i}`, null)
  await expect(row).toHaveAttribute('aria-posinset', '86')
  expect((await row.boundingBox())?.y).toBe(before?.y)
})

test('two tabs share one stream, and a second takes over when the first closes', async ({ context, world, folder }) => {
  const { other } = world
  await other.create(`${folder}/value`, Buffer.from('1'))
  const streams: string[] = []
  context.on('request', (request) => {
    if (request.url().includes('/api/events')) streams.push(request.url())
  })
  const first = new ExplorerPage(await context.newPage())
  await first.open(`${folder}/value`)
  await expect(first.editor).toHaveText('1')
  const second = new ExplorerPage(await context.newPage())
  await second.open(`${folder}/value`)
  await expect(second.editor).toHaveText('1')
  await other.setData(`${folder}/value`, Buffer.from('2'), 0)
  await expect(first.editor).toHaveText('2')
  await expect(second.editor).toHaveText('2')
  expect(streams).toHaveLength(1)

  await first.page.close()
  await other.setData(`${folder}/value`, Buffer.from('3'), 1)
  await expect(second.editor).toHaveText('3')
  await expect.poll(() => streams.length).toBe(2)
})

test('what one changes oneself is told apart from what others change', async ({ page, world, folder }) => {
  await world.other.create(`${folder}/value`, Buffer.from('1'))
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/value`)
  await expect(explorer.editor).toHaveText('1')
  await explorer.type('mine')
  await explorer.save(1)
  await expect(explorer.row('value').getByText('you')).toBeVisible()
  await world.other.setData(`${folder}/value`, Buffer.from('theirs'), 1)
  await expect(explorer.editor).toHaveText('theirs')
  await expect(explorer.row('value').getByText('you')).toHaveCount(0)
})

test('without motion nothing fades: a still bar says the same', async ({ page, world, folder }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await world.other.create(`${folder}/value`, Buffer.from('1'))
  const explorer = new ExplorerPage(page)
  await explorer.open(folder)
  await explorer.expand(folder.slice(1))
  await expect(explorer.row('value')).toBeVisible()
  await world.other.setData(`${folder}/value`, Buffer.from('22'), 0)
  await expect(explorer.row('value')).toHaveAccessibleDescription(/2 B/)
  expect(await explorer.row('value').evaluate((row) => row.getAnimations({ subtree: true }).length)).toBe(0)
})
