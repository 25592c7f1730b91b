import type { Page } from '@playwright/test'

/** What the probes below leave in the page; times are performance.now(), ms. */
interface Opening {
  clickedAt: number
  namesAt: number
  statsAt: number
}

export interface OpeningTimes {
  /** From the click to the frame in which every visible row of the folder has its name, ms. */
  readonly names: number
  /** The same, until every one of them has its stat too, ms. */
  readonly stats: number
}

/**
 * Clicks the caret of a closed folder's row and measures until its rows are painted.
 * The folder must hold more childless children, with data, than fit on the screen.
 */
export async function openFolder(page: Page, path: string, timeoutMs: number): Promise<OpeningTimes> {
  const caret = page.locator(`[role=treeitem][data-path="${path}"] [data-caret]`)
  await caret.waitFor()
  await page.evaluate((folder) => {
    const opening: Opening = { clickedAt: 0, namesAt: 0, statsAt: 0 }
    Object.assign(window, { opening })
    const onClick = (event: Event) => {
      opening.clickedAt = event.timeStamp
    }
    addEventListener('click', onClick, { capture: true, once: true })
    const noted = new Set<string>()
    const afterPaint = (key: 'namesAt' | 'statsAt') => {
      if (noted.has(key)) return
      noted.add(key)
      // A message that is sent from an animation frame is handled after that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          opening[key] = performance.now()
        }
        port2.postMessage(null)
      })
    }
    const tree = document.querySelector('[role=tree]') as HTMLElement
    const look = () => {
      const own = tree.querySelector(`[data-path="${CSS.escape(folder)}"]`)
      if (opening.clickedAt === 0 || own === null) return
      const { bottom } = tree.getBoundingClientRect()
      const { bottom: top, height } = own.getBoundingClientRect()
      const visible = [...tree.querySelectorAll(`[data-path^="${CSS.escape(folder)}/"]`)].filter(
        (row) => row.getBoundingClientRect().top < bottom,
      )
      if (visible.length < Math.floor((bottom - top) / height)) return
      afterPaint('namesAt')
      if (visible.every((row) => /\d B/.test(row.lastElementChild?.textContent ?? ''))) afterPaint('statsAt')
    }
    new MutationObserver(look).observe(tree, { subtree: true, childList: true, characterData: true, attributes: true })
  }, path)
  await caret.click()
  const done = await page.waitForFunction(
    () => {
      const { opening } = window as unknown as { opening: Opening }
      return opening.statsAt > 0 && opening.namesAt > 0 ? opening : null
    },
    undefined,
    { timeout: timeoutMs },
  )
  const { clickedAt, namesAt, statsAt } = (await done.jsonValue()) as Opening
  return { names: namesAt - clickedAt, stats: statsAt - clickedAt }
}

/** The browser's JavaScript heap after a garbage collection, bytes. */
export async function browserHeap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  await devtools.detach()
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}
