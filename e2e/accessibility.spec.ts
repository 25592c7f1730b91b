import { expect } from '@playwright/test'
import { expectAccessible, violations } from './axe'
import { ExplorerPage } from './explorer-page'
import { test } from './fixtures'
import { dialogs, makeContent, PAGE_STATES } from './page-states'

test.beforeEach(async ({ page }) => {
  // Colours are judged when they have arrived, not on the way.
  await page.emulateMedia({ reducedMotion: 'reduce' })
})

for (const [state, reach] of Object.entries(PAGE_STATES)) {
  test(`axe finds nothing: ${state}`, async ({ page, world, folder }) => {
    await makeContent(world, folder)
    await reach(page, folder, world.other)
    await expectAccessible(page)
  })
}

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`axe finds nothing while rows light up (motion: ${reducedMotion})`, async ({ page, world, folder }) => {
    test.slow()
    await makeContent(world, folder)
    await page.emulateMedia({ reducedMotion })
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config`)
    let working = true
    const { other } = world
    const work = (async () => {
      for (let i = 0; working; i++) {
        await other.setData(`${folder}/empty`, Buffer.from(String(i)), -1)
        const { path } = await other.create(`${folder}/made-${i}`, null)
        await other.setData(`${folder}/config/yaml`, Buffer.from(String(i)), -1)
        if (i > 2) await other.delete(`${folder}/made-${i - 3}`, -1)
        await expect(explorer.row(path.slice(path.lastIndexOf('/') + 1))).toBeAttached()
      }
    })()
    await expect(explorer.row('empty')).toHaveAccessibleDescription(/changed since you looked/)
    await expect(explorer.row('config')).toHaveAccessibleDescription(/changed below/)
    try {
      await expectAccessible(page)
    } finally {
      working = false
      await work
    }
  })
}

test('with forced colours the selection, the focus and the highlighted item of a menu are still to be seen', async ({
  page,
  world,
  folder,
}) => {
  await makeContent(world, folder)
  await page.emulateMedia({ forcedColors: 'active' })
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/config`)
  await explorer.row('config').click()
  await expect(explorer.row('config')).toHaveCSS('border-top-width', '1px')
  await expect(explorer.row('bytes')).toHaveCSS('border-top-width', '0px')
  await explorer.tree.focus()
  await page.keyboard.press('ArrowUp')
  await expect(explorer.row('bytes')).toHaveCSS('outline-width', '2px')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[role=menuitemradio][data-highlighted]')).toHaveCSS('outline-style', 'solid')
  expect(await violations(page)).toEqual([])
})

test('at 200 % zoom nothing is cut off or scrolls sideways', async ({ page, world, folder }) => {
  await makeContent(world, folder)
  // 1440 x 900 at 200 %.
  await page.setViewportSize({ width: 720, height: 450 })
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/config`)
  await expect(explorer.editor).toContainText('retries')
  const cutOff = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, input:not([type=file]):not([aria-hidden]), [role=tab]')]
        .filter((control) => control.checkVisibility() && !control.classList.contains('sr-only'))
        .filter((control) => {
          const { left, right, top, bottom } = control.getBoundingClientRect()
          return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight
        })
        .map((control) => control.getAttribute('aria-label') ?? control.textContent),
    )
  const sideways = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await sideways()).toBe(0)
  expect(await cutOff()).toEqual([])
  await explorer.type('{}')
  await page.keyboard.press('Control+s')
  await expect(dialogs(page).getByRole('button', { name: 'Save as version 1' })).toBeInViewport({ ratio: 1 })
  expect(await sideways()).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('whatever can be clicked is at least 24 px wide and high', async ({ page, world, folder }) => {
  await makeContent(world, folder)
  const explorer = new ExplorerPage(page)
  await explorer.open(`${folder}/config`)
  await explorer.expand('config')
  await expect(explorer.editor).toContainText('retries')
  const small = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'a[href], button, input, [role=treeitem], [role=tab], [role^=menuitem], [role=option]',
        ),
      ]
        .filter((target) => target.checkVisibility() && !target.matches('.sr-only, [aria-hidden]'))
        .map((target) => {
          const { width, height } = target.getBoundingClientRect()
          return { name: target.getAttribute('aria-label') ?? target.textContent, width, height }
        })
        .filter(({ width, height }) => width < 24 || height < 24),
    )
  for (const tab of ['Data', 'Stat', 'ACL', 'Children']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible()
    expect(await small(), tab).toEqual([])
  }
  await explorer.row('config').click({ button: 'right' })
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await small(), 'menu').toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keyboard' }).click()
  await expect(dialogs(page)).toBeVisible()
  expect(await small(), 'help').toEqual([])
})
