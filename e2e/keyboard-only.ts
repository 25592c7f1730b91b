import { expect, type Locator, type Page } from '@playwright/test'
import { ExplorerPage } from './explorer-page'

/** What cannot be reached with so many Tabs is as good as out of reach. */
const MOST_TABS = 40

/** Somebody without a mouse. After every key the focus must be somewhere, on the screen, and to be seen. */
export class KeyboardOnly {
  constructor(readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      await this.expectFocusToBeSeen()
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
    await this.expectFocusToBeSeen()
  }

  /** Goes on with Tab, or back with Shift+Tab, whichever way it lies, until the control has the focus. */
  async tabTo(control: Locator): Promise<void> {
    const key = (await control.evaluate(liesBehindFocus)) ? 'Tab' : 'Shift+Tab'
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      if (await control.evaluate(hasFocus)) return
      await this.press(key)
    }
    await expect(control, `reached with ${MOST_TABS} Tabs`).toBeFocused()
  }

  /** Goes down the open menu to one of its items. */
  async downTo(item: Locator): Promise<void> {
    await expect(item).toBeVisible()
    for (let items = 0; items < MOST_TABS && !(await item.evaluate(hasFocus)); items++) await this.press('ArrowDown')
    await expect(item).toBeFocused()
  }

  async expectFocusToBeSeen(): Promise<void> {
    await expect.poll(() => this.page.evaluate(whereFocusIs), { message: 'where the focus is' }).toMatch(/^seen:/)
  }
}

const hasFocus = (element: Element) => element === document.activeElement

const liesBehindFocus = (element: Element) =>
  ((document.activeElement ?? document.body).compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0

/** "seen: ..." or why the person at the keyboard does not see where they are. Runs in the page. */
function whereFocusIs(): string {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return 'lost'
  const active = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
  const shown = active ?? focused
  const what = `${shown.tagName} ${shown.getAttribute('role') ?? ''} ${shown.getAttribute('aria-label') ?? shown.textContent?.slice(0, 40)}`
  const { left, top, right, bottom, width, height } = shown.getBoundingClientRect()
  if (width === 0 || height === 0 || right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight)
    return `off the screen: ${what}`
  // Around the row that the keys act on, or around the list that they are in.
  const outlined = [shown, focused].some((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const caret = focused.isContentEditable || focused.matches('input:not([type=checkbox]), textarea')
  // Menus mark the item that has the focus, or that the input refers to, by its background; a new one has none yet.
  const marked = shown.hasAttribute('data-highlighted') || shown.getAttribute('role') === 'menu'
  return outlined || caret || marked ? `seen: ${what}` : `not to be seen: ${what}`
}

/** The row on which the keys of the tree act. */
export const activeRow = (page: Page) =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.getAttribute('data-path') ?? null
  })

export const expectActive = (page: Page, path: string) => expect.poll(() => activeRow(page)).toBe(path)

/** Opens the page and goes to the tree as somebody would who has only keys. */
export async function start(page: Page, path: string): Promise<{ explorer: ExplorerPage; keys: KeyboardOnly }> {
  const explorer = new ExplorerPage(page)
  const keys = new KeyboardOnly(page)
  await explorer.open(path)
  await keys.press('Tab')
  await expect(page.getByRole('button', { name: 'Skip to the tree' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Skip to the tree' })).toBeInViewport()
  await keys.press('Enter')
  await expect(explorer.tree).toBeFocused()
  await expectActive(page, path)
  return { explorer, keys }
}

/** Every use of a mouse is an error in the page. */
export async function unplugMouse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown', 'mousemove', 'wheel'])
      addEventListener(
        type,
        (event) => {
          if (event.isTrusted) throw new Error(`a ${type} from a mouse`)
        },
        { capture: true },
      )
  })
}
