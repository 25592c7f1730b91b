import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PROJECT } from './build'
import { startZoolens } from './zoolens-server'

/** What a browser loads before anything is opened: kB of gzip, as the server would send it. */
export const BUDGET_KB = 200

export interface LoadedScript {
  /** As the page names it. */
  readonly source: string
  /** gzip */
  readonly bytes: number
}

/** The scripts that the explorer's page names. Needs ensureBuild. */
export async function firstLoad(): Promise<LoadedScript[]> {
  // Nothing listens there: the page itself does not need an ensemble to be sent.
  const zoolens = await startZoolens({ env: { ZOOLENS_CONNECT: '127.0.0.1:1' } })
  const html = await (await fetch(`${zoolens.url}/c/default`)).text().finally(() => zoolens.stop())

  // nomodule: the polyfills that only browsers without modules load.
  const sources = [...html.matchAll(/<script\b([^>]*)\bsrc="(\/_next\/static\/[^"?]+)[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, , source]) => source as string)
  return Promise.all(
    [...new Set(sources)].map(async (source) => {
      const script = await readFile(join(PROJECT, '.next', 'static', source.replace('/_next/static/', '')))
      return { source, bytes: gzipSync(script).length }
    }),
  )
}
