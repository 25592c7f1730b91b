import { expect, type Page } from '@playwright/test'
import type { ConnectionView } from '@/lib/live/protocol'
import type { ConnectionResponse } from '@/lib/queries/responses'
import { describeError } from '@/lib/text/errors'
import type { Session } from '@/lib/zookeeper/session'
import { ExplorerPage } from './explorer-page'
import { CLUSTER, READ_ONLY_CLUSTER, UNREACHABLE_CLUSTER } from './fixtures'

/** Znodes of every kind that looks different, below the folder. */
export async function makeContent({ other }: { other: Session }, folder: string): Promise<void> {
  const secret = [{ scheme: 'digest', id: 'alice:kNRVOSHdLdQOPbcVM2zeCiMbWmQ=', permissions: 31 }]
  await other.create(`${folder}/config`, Buffer.from('{\n  "retries": 3,\n  "name": "a", "on": true, "of": null\n}\n'))
  await other.create(`${folder}/config/yaml`, Buffer.from('# of b\nname: b\nsize: 3\n'))
  await other.create(`${folder}/config/lock-0000000001`, Buffer.from('x'))
  await other.create(`${folder}/bytes`, Buffer.from([0, 255, 1, 254]))
  await other.create(`${folder}/null`, null)
  await other.create(`${folder}/empty`, Buffer.alloc(0))
  await other.create(`${folder}/ephemeral`, Buffer.from('mine'), { mode: 'ephemeral' })
  await other.create(`${folder}/bidi\u202e`, Buffer.from('b'))
  await other.create(`${folder}/secret`, Buffer.from('s'), { acl: secret })
}

export const dialogs = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

/** Shows the folder as if the ensemble that lives stood otherwise: for what takes long or much to bring about. */
async function pretend(page: Page, folder: string, differences: Partial<ConnectionView>): Promise<void> {
  const explorer = new ExplorerPage(page)
  await explorer.open(folder)
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible()
  await page.route('**/connection?*', async (route) => {
    const response = await route.fetch()
    const { connection } = (await response.json()) as ConnectionResponse
    await route.fulfill({ response, json: { connection: { ...connection, ...differences } } })
  })
  await explorer.open(folder)
}

/** What a page can look like, and how one gets there, given {@link makeContent} in the folder. */
export const PAGE_STATES: Readonly<Record<string, (page: Page, folder: string, other: Session) => Promise<void>>> = {
  'folders open, JSON in the editor': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config`)
    await explorer.expand('config')
    await expect(explorer.editor).toContainText('retries')
  },
  'the stat tab': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/config`, { tab: 'stat' })
    await expect(page.getByRole('region', { name: 'Stat' })).toBeVisible()
  },
  'the stat tab of an ephemeral znode': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/ephemeral`, { tab: 'stat' })
    await expect(page.getByText(/ephemeral, goes with session/)).toBeVisible()
  },
  'the ACL tab': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/config`, { tab: 'acl' })
    await expect(page.getByText('Anyone may do everything.')).toBeVisible()
  },
  'the children tab': async (page, folder) => {
    await new ExplorerPage(page).open(folder, { tab: 'children' })
    await expect(page.getByRole('grid', { name: 'Children' }).getByRole('row', { name: /^secret/ })).toBeVisible()
  },
  'bytes in hexadecimal': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/bytes`)
    await expect(page.getByRole('grid', { name: /in hexadecimal/ })).toBeVisible()
    await page.getByRole('gridcell', { name: 'ff', exact: true }).click()
  },
  'no data': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/null`)
    await expect(page.getByText('No data (null)')).toBeVisible()
  },
  'empty data': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/empty`)
    await expect(page.getByText('Empty: 0 bytes.')).toBeVisible()
  },
  'no permission': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/secret`)
    await expect(page.getByRole('alert').getByText('NoAuth')).toBeVisible()
    await explorer.tree.focus()
    await page.keyboard.press('ArrowRight')
    await expect(explorer.tree.getByText(/^NoAuth: /)).toBeVisible()
  },
  'a read-only ensemble in production': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config`, { cluster: READ_ONLY_CLUSTER })
    await expect(explorer.editor).toContainText('retries')
  },
  'a name with a hidden character': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/bidi\u202e`)
    await expect(explorer.editor).toHaveText('b')
  },
  'the filter of a folder without a match': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config`)
    await explorer.tree.focus()
    await page.keyboard.press('/')
    await page.keyboard.type('zzz')
    await expect(explorer.tree.getByText('No child contains “zzz”')).toBeVisible()
  },
  'going to a path': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.keyboard.press('Control+g')
    await page.keyboard.type(`${folder}/`)
    await expect(page.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('ArrowDown')
  },
  'the menu of a row': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config`)
    await explorer.row('config').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeVisible()
    await page.keyboard.press('ArrowDown')
  },
  'the menu of themes': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.getByRole('button', { name: 'Theme' }).click()
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible()
  },
  'the menu of ensembles': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.getByRole('button', { name: /: switch$/ }).click()
    await expect(page.getByRole('menuitemradio', { name: 'Frozen' })).toBeVisible()
  },
  'the menu of formats': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/config`)
    await page.getByRole('button', { name: 'Show as: JSON' }).click()
    await expect(page.getByRole('menuitemradio', { name: 'Hex' })).toBeVisible()
  },
  'the list of keys': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.getByRole('button', { name: 'Keyboard' }).click()
    await expect(dialogs(page)).toContainText('Go to a path')
  },
  'the create dialog with a bad name': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.getByRole('button', { name: 'New child…' }).click()
    await dialogs(page).getByRole('textbox', { name: 'Name' }).fill('a/b')
    await expect(dialogs(page)).toContainText('is a slash')
  },
  'the delete dialog': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/ephemeral`)
    await page.getByRole('button', { name: 'Delete…' }).click()
    await expect(dialogs(page)).toContainText('a live session owns it')
  },
  'the delete dialog of a folder': async (page, folder) => {
    await new ExplorerPage(page).open(`${folder}/config`)
    await page.getByRole('button', { name: 'Delete…' }).click()
    await expect(dialogs(page)).toContainText('It has 2 children')
  },
  'the review of an edit': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await explorer.type('# of b\nname: other\nsize: 3\n')
    await page.keyboard.press('Control+s')
    await expect(dialogs(page).getByRole('textbox')).toContainText('other')
  },
  'changed while editing': async (page, folder, other) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await explorer.type('mine')
    await other.setData(`${folder}/config/yaml`, Buffer.from('theirs'), 0)
    await expect(page.getByText('Changed while you were editing')).toBeVisible()
  },
  'a conflict': async (page, folder, other) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await explorer.type('# of b\nname: mine\nsize: 3\n')
    await other.setData(`${folder}/config/yaml`, Buffer.from('# of b\nname: theirs\nsize: 3\n'), 0)
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(dialogs(page).getByRole('textbox')).toHaveCount(3)
  },
  'deleted while editing': async (page, folder, other) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await explorer.type('mine')
    await other.delete(`${folder}/config/yaml`, 0)
    await page.getByRole('button', { name: 'What now…' }).click()
    await expect(dialogs(page)).toContainText('The znode was deleted')
  },
  'deleted while shown': async (page, folder, other) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await expect(explorer.editor).toContainText('name')
    await other.delete(`${folder}/config/yaml`, 0)
    await expect(page.getByText('This znode no longer exists.')).toBeVisible()
  },
  'a saved edit, told in a toast': async (page, folder) => {
    const explorer = new ExplorerPage(page)
    await explorer.open(`${folder}/config/yaml`)
    await explorer.type('mine')
    await explorer.save(1)
    await expect(page.getByText('Saved as version 1')).toBeVisible()
    // Toasts are there for a while; a person who looks at one keeps it.
    await page.getByText('Saved as version 1').hover()
  },
  'a problem, told in a toast': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.evaluate(() => {
      Clipboard.prototype.writeText = () => Promise.reject(new Error('not allowed'))
      document.execCommand = () => false
    })
    await page.getByRole('button', { name: 'Copy path' }).click()
    await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('did not allow copying')
  },
  'a missing znode': async (page, folder) => {
    await page.goto(`/c/${CLUSTER}?${new URLSearchParams({ path: `${folder}/missing` })}`)
    await expect(page.getByRole('alert').getByText('NoNode')).toBeVisible()
  },
  'an impossible path': async (page) => {
    await page.goto(`/c/${CLUSTER}?path=/a//b`)
    await expect(page.getByRole('alert').getByText('BadPath')).toBeVisible()
    await expect(new ExplorerPage(page).someRow).toBeVisible()
  },
  'an unreachable ensemble': async (page) => {
    await page.goto(`/c/${UNREACHABLE_CLUSTER}`)
    await expect(page.getByRole('status').filter({ hasText: 'ECONNREFUSED' })).toBeVisible()
    await expect(page.getByRole('alert').getByText('Unreachable')).toBeVisible({ timeout: 20_000 })
  },
  'the load we cause': async (page, folder) => {
    await new ExplorerPage(page).open(folder)
    await page.getByRole('button', { name: 'Live' }).click()
    await expect(dialogs(page)).toContainText('1 of at most 200')
    await expect(dialogs(page)).toContainText('3.9.')
  },
  'the load on an ensemble that cannot be reached': async (page) => {
    await page.goto(`/c/${UNREACHABLE_CLUSTER}`)
    await page.getByRole('button', { name: 'Unreachable' }).click()
    await expect(dialogs(page)).toContainText('0 of at most 2')
    await expect(dialogs(page)).toContainText(/next attempt in/)
  },
  'an ensemble that went back in time': async (page, folder) => {
    const rolledBack = { from: '0x500000a21', to: '0x300000010', at: Date.UTC(2026, 0, 2) }
    await pretend(page, folder, { rolledBack })
    await expect(page.getByRole('alert').filter({ hasText: 'epoch 5, change 2,593' })).toBeVisible()
  },
  'an ensemble that is live in part': async (page, folder) => {
    await pretend(page, folder, { liveness: 'shown only', limitation: 'old server', version: '3.5.10' })
    await expect(page.getByRole('status').filter({ hasText: 'ZooKeeper 3.5.10 has no recursive' })).toBeVisible()
  },
  'refused credentials': async (page, folder) => {
    await pretend(page, folder, { status: 'auth-failed', cause: describeError('AuthFailed', { server: 'zk1:2181' }) })
    await expect(page.getByRole('status').filter({ hasText: 'zk1:2181 refused the credentials' })).toBeVisible()
  },
  'a server without a quorum': async (page, folder) => {
    await pretend(page, folder, { status: 'read-only' })
    await expect(page.getByRole('status').filter({ hasText: 'answers reads only' })).toBeVisible()
  },
  'the list of ensembles': async (page) => {
    await page.goto('/')
    await expect(page.getByRole('link', { name: 'Open Frozen' })).toBeVisible()
  },
  'an unknown ensemble': async (page) => {
    await page.goto('/c/nope')
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  },
  'a page that failed': async (page, folder) => {
    // An answer that nobody foresaw: no stat in it.
    await page.route('**/api/clusters/*/node?*', (route) => route.fulfill({ json: { path: folder } }))
    await page.goto(`/c/${CLUSTER}?${new URLSearchParams({ path: folder })}`)
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}
