import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ensureBuild, PROJECT } from './build'
import { startZoolens } from './zoolens-server'

/** What a browser loads before anything is opened: kB of gzip, as the server would send it. */
const BUDGET_KB = 200

await ensureBuild((line) => process.stderr.write(`${line}\n`))
// Nothing listens there: the page itself does not need an ensemble to be sent.
const zoolens = await startZoolens({ env: { ZOOLENS_CONNECT: '127.0.0.1:1' } })
const html = await (await fetch(`${zoolens.url}/c/default`)).text().finally(() => zoolens.stop())

// nomodule: the polyfills that only browsers without modules load.
const scripts = [...html.matchAll(/<script\b([^>]*)\bsrc="(\/_next\/static\/[^"?]+)[^>]*>/g)]
  .filter(([tag]) => !/nomodule/i.test(tag))
  .map(([, , source]) => source as string)
let total = 0
for (const source of new Set(scripts)) {
  const bytes = gzipSync(await readFile(join(PROJECT, '.next', 'static', source.replace('/_next/static/', '')))).length
  total += bytes
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${source}`)
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  in all, of ${BUDGET_KB}`)
if (total === 0 || total > BUDGET_KB * 1000) process.exitCode = 1
