import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { CHROMIUM_FLAGS, findChromium } from '../browser'
import { type SandboxEnsemble, startEnsemble } from '../sandbox/ensemble'
import { startZoolens, type ZoolensServer } from '../zoolens-server'
import { LoadPeak } from './load-peak'

/** Three servers, as in production; or one with memory for millions of znodes, where three would fill the machine. */
export type Size = 1 | 3

/** An ensemble, a Zoolens that looks at nothing else, and another client. */
export interface Site {
  readonly size: Size
  readonly ensemble: SandboxEnsemble
  readonly zoolens: ZoolensServer
  readonly other: Session
  readonly peak: LoadPeak
}

export const CLUSTER = 'bench'

const COLLECT_GARBAGE = new URL('collect-garbage.mjs', import.meta.url).href

/** What the rows measure on: started when a row asks for it, one ensemble at a time, so that none disturbs another. */
export class Lab {
  #site: Site | null = null
  #browser: Browser | null = null

  async site(size: Size): Promise<Site> {
    if (this.#site?.size === size) return this.#site
    await this.#leaveSite()
    const ensemble = await startEnsemble({
      servers: size,
      // ZooKeeper's usual setting; shorter ticks would end sessions while the machine is full of work.
      tickTimeMs: 2_000,
      ...(size === 1 ? { jvmFlags: ['-Xmx3g'] } : {}),
    })
    const zoolens = await startZoolens({
      clusters: [{ id: CLUSTER, name: 'Bench', connect: ensemble.connect }],
      env: { NODE_OPTIONS: `--import=${COLLECT_GARBAGE}` },
    })
    const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 30_000 })
    this.#site = { size, ensemble, zoolens, other, peak: new LoadPeak(`${zoolens.url}/api/clusters/${CLUSTER}`) }
    return this.#site
  }

  async browser(): Promise<Browser> {
    this.#browser ??= await chromium.launch({
      executablePath: await findChromium(),
      // The thumb of the scrollbar is there to be dragged.
      ignoreDefaultArgs: ['--hide-scrollbars'],
      args: [...CHROMIUM_FLAGS],
    })
    return this.#browser
  }

  /** A browser's first visit: nothing cached, one tab. Closes with `page.context().close()`. */
  async open(site: Site, path: string): Promise<Page> {
    const context = await (await this.browser()).newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    const page = await context.newPage()
    // What the loader of TypeScript wraps functions in does not exist in the page that evaluates them.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named' })
    await page.goto(`${site.zoolens.url}/c/${CLUSTER}?${new URLSearchParams({ path })}`)
    await page.locator(`[role=treeitem][data-path="${path}"]`).waitFor()
    return page
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#leaveSite()
  }

  async #leaveSite(): Promise<void> {
    const site = this.#site
    this.#site = null
    if (site === null) return
    await site.other.close()
    await site.zoolens.stop()
    await site.ensemble.stop()
  }
}

/** A file beside this one. */
export function benchFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
