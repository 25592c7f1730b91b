import { type Browser, chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../browser'

/** A page that a person keeps open, and what they would see of a fault. */
export class BrowserPage {
  static async open(url: string): Promise<BrowserPage> {
    const browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] })
    const page = await browser.newPage()
    await page.goto(url)
    const opened = new BrowserPage(browser, page)
    await opened.live(60_000)
    // Gone when the page is loaded again.
    await page.evaluate(() => Object.assign(window, { faultsMark: true }))
    return opened
  }

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Resolves when the page says that what it shows is live; with the time. */
  async live(timeoutMs = 30_000): Promise<number> {
    await this.page.getByText('Live', { exact: true }).waitFor({ timeout: timeoutMs })
    return Date.now()
  }

  /** Resolves when it no longer says so. */
  async notLive(timeoutMs = 30_000): Promise<number> {
    await this.page.getByText('Live', { exact: true }).waitFor({ state: 'hidden', timeout: timeoutMs })
    return Date.now()
  }

  async shows(row: string, timeoutMs = 30_000): Promise<void> {
    const tree = this.page.getByRole('tree', { name: 'Znodes' })
    await tree.getByRole('treeitem', { name: row, exact: true }).waitFor({ timeout: timeoutMs })
  }

  wasReloaded(): Promise<boolean> {
    return this.page.evaluate(() => !('faultsMark' in window))
  }

  close(): Promise<void> {
    return this.browser.close()
  }
}
