// `npm run bench`: every budget, measured against real servers in a real browser. `npm run bench -- children-1m` measures
// one row, several names several rows.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureBuild, PROJECT } from '../build'
import { findZooKeeper } from '../sandbox/zookeeper-home'
import { browsers50 } from './browsers-50'
import { changeToPixel } from './change-to-pixel'
import { children1k } from './children-1k'
import { children1m } from './children-1m'
import { eventLoop } from './event-loop'
import { firstLoadRow } from './first-load'
import { guest } from './guest'
import { Lab } from './lab'
import { describeMachine, load } from './machine'
import type { Row } from './row'
import { type Measured, table } from './table'
import { walk } from './walk'
import { writes5k } from './writes-5k'

/** Those on one ensemble follow each other, so that it is started once. */
const ROWS: readonly Row[] = [
  firstLoadRow,
  changeToPixel,
  children1k,
  writes5k,
  browsers50,
  guest,
  children1m,
  walk,
  eventLoop,
]

async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const unknown = wanted.find((id) => !ROWS.some((row) => row.id === id))
  if (unknown !== undefined) throw new Error(`No row is called ${unknown}: ${ROWS.map(({ id }) => id).join(', ')}.`)
  const rows = wanted.length === 0 ? ROWS : ROWS.filter(({ id }) => wanted.includes(id))

  await ensureBuild(say)
  const lab = new Lab()
  try {
    const figures: Measured[] = []
    for (const row of rows) figures.push(...(await measure(row, lab)))
    const { version } = await findZooKeeper()
    const machine = `${new Date().toISOString().slice(0, 16)}Z, ${describeMachine()}, Chromium ${(await lab.browser()).version()}, ZooKeeper ${version}`
    const report = `${machine}\n\n${table(figures)}`
    const folder = join(PROJECT, 'e2e', '.output')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'bench.md'), report)
    process.stdout.write(`\n${report}`)
    if (figures.some(({ verdict }) => verdict === 'missed' || verdict === 'not measured')) process.exitCode = 1
  } finally {
    await lab.close()
  }
}

async function measure(row: Row, lab: Lab): Promise<Measured[]> {
  const before = load()
  const startedAt = performance.now()
  say(`${row.id} (load average ${before})`)
  // One row that fails takes none of the others with it.
  const figures = await row.run(lab).catch((error: unknown) => {
    const measured = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
    return [{ what: row.id, budget: '', measured, verdict: 'not measured' as const }]
  })
  for (const { what, measured, verdict } of figures) say(`  ${verdict}: ${what}: ${measured}`)
  say(`  took ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  return figures.map((figure) => ({ ...figure, load: before }))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
