import type { Page } from '@playwright/test'

interface Renders {
  /** Animation frames a second before which the tree, or anything on the page, had changed. */
  readonly tree: number
  readonly page: number
}

interface Counts {
  tree: number
  page: number
}

/** Counts the frames that had something new to draw while `work` goes on. Fading colours are no change of the page. */
export async function rendersDuring(page: Page, work: () => Promise<void>): Promise<Renders> {
  await page.evaluate(() => {
    const renders: Counts = { tree: 0, page: 0 }
    Object.assign(window, { renders })
    const observe = (element: Element | null, key: keyof Counts) => {
      let counted = false
      new MutationObserver(() => {
        if (counted) return
        counted = true
        renders[key]++
        requestAnimationFrame(() => {
          counted = false
        })
      }).observe(element as Element, { subtree: true, childList: true, characterData: true, attributes: true })
    }
    observe(document.querySelector('[role=tree]'), 'tree')
    observe(document.body, 'page')
  })
  const startedAt = performance.now()
  const counts = (): Promise<Counts> => page.evaluate(() => (window as unknown as { renders: Counts }).renders)
  await work()
  const { tree, page: all } = await counts()
  const seconds = (performance.now() - startedAt) / 1_000
  return { tree: tree / seconds, page: all / seconds }
}
