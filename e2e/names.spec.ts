import { expect } from '@playwright/test'
import { ExplorerPage } from './explorer-page'
import { test } from './fixtures'
import { watchForTrouble } from './page-trouble'

for (const name of [
  '__proto__',
  'constructor',
  '%2F',
  '%25',
  'a?b#c',
  'a&path=b&tab=stat',
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>'.replace('/', '\\'),
  "javascript:alert('1')",
  'two  spaces',
  'שלום עולם',
  'مرحبا',
  'a\u202eb\u2066c',
  'n'.repeat(250),
]) {
  const label = JSON.stringify(name.length > 40 ? `${name.slice(0, 10)}... (${name.length} characters)` : name)
  test(`a znode called ${label} is opened, shown as text, found again by its address, and edited`, async ({
    page,
    world,
    folder,
  }) => {
    const path = `${folder}/${name}`
    await world.other.create(path, Buffer.from('before'))
    await world.other.create(`${path}/child`, Buffer.from('of it'))
    const trouble = await watchForTrouble(page)
    const explorer = new ExplorerPage(page)
    await explorer.open(folder)
    await explorer.expand(folder.slice(1))
    // Roles' names have their white space squeezed.
    const row = explorer.row(name.replace(/ +/g, ' '))
    await row.click()
    await expect(row).toHaveAttribute('aria-selected', 'true')
    await expect(row).toHaveAttribute('aria-label', name)
    await expect(row).toContainText(shownAs(name))
    await expect(explorer.editor).toHaveText('before')
    expect(new URL(page.url()).searchParams.get('path')).toBe(path)

    await page.reload()
    await expect(row).toHaveAttribute('aria-selected', 'true')
    await expect(explorer.editor).toHaveText('before')
    await expect(page).toHaveTitle(`${name.replace(/ +/g, ' ')} · Test ensemble · Zoolens`)
    await expect(page.getByRole('navigation', { name: 'Path' }).locator('[aria-current]')).toContainText(
      shownAs(name).slice(0, 8),
    )

    await explorer.type(`after ${name}`)
    await explorer.save(1)
    await expect(page.getByText('Saved as version 1')).toBeVisible()
    const { data, stat } = await world.other.getData(path)
    expect([data?.toString(), stat.version]).toEqual([`after ${name}`, 1])
    await explorer.expand(name.replace(/ +/g, ' '))
    await explorer.row('child').click()
    await expect(explorer.editor).toHaveText('of it')

    await expect(page.locator('img, script:not([nonce]):not([src])')).toHaveCount(0)
    expect(trouble).toEqual([])
  })
}

/** Characters that cannot be seen are shown by their codes. */
function shownAs(name: string): string {
  return name.replace(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `U+${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
