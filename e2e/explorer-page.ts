import { expect, type Locator, type Page } from '@playwright/test'
import { CLUSTER } from './fixtures'

/** The explorer as a person sees it: by roles and names only. */
export class ExplorerPage {
  constructor(readonly page: Page) {}

  /** Opens a znode by its address and waits until its tree shows it. */
  async open(
    path: string,
    options: { cluster?: string; tab?: 'data' | 'stat' | 'acl' | 'children' } = {},
  ): Promise<void> {
    const { cluster = CLUSTER, tab } = options
    const query = new URLSearchParams({ path, ...(tab ? { tab } : {}) })
    await this.page.goto(`/c/${cluster}?${query}`)
    await expect(this.tree).toBeVisible()
    await expect(this.row(path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1))).toBeVisible()
  }

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Znodes' })
  }

  row(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true })
  }

  /** Some child of the root: which ones are on the screen depends on what other specs have made. */
  get someRow(): Locator {
    return this.tree.getByRole('treeitem', { level: 2 }).first()
  }

  /** Opens the folder in the tree. */
  async expand(name: string): Promise<void> {
    await this.row(name).click()
    await this.tree.focus()
    await this.page.keyboard.press('ArrowRight')
    await expect(this.row(name)).toHaveAttribute('aria-expanded', 'true')
  }

  get editor(): Locator {
    return this.page.getByRole('region', { name: 'Znode', exact: true }).getByRole('textbox')
  }

  /** Replaces the whole text in the editor. */
  async type(text: string): Promise<void> {
    await this.editor.click()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(text)
  }

  /** Save, review, confirm. */
  async save(version: number): Promise<void> {
    await this.page.getByRole('button', { name: `Save as version ${version}` }).click()
    const review = this.page.getByRole('dialog', { name: 'Review before saving' })
    await review.getByRole('button', { name: `Save as version ${version}` }).click()
    await expect(review).toBeHidden()
  }
}
