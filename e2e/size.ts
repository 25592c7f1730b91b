// `npm run size`: what a browser loads before anything is opened, against its budget.
import { ensureBuild } from './build'
import { BUDGET_KB, firstLoad } from './first-load'

await ensureBuild((line) => process.stderr.write(`${line}\n`))
let total = 0
for (const { source, bytes } of await firstLoad()) {
  total += bytes
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${source}`)
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  in all, of ${BUDGET_KB}`)
if (total === 0 || total > BUDGET_KB * 1000) process.exitCode = 1
