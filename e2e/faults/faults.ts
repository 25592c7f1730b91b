// `npm run faults`: every fault on real servers, measured. `npm run faults F1 F5` causes only those.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeMachine, load } from '../bench/machine'
import { PROJECT } from '../build'
import { findZooKeeper } from '../sandbox/zookeeper-home'
import { F13, F14, F15 } from './changed-while-away'
import { F4 } from './expiry'
import { type Fault, failed, type Line } from './fault'
import { F19 } from './foreign-servers'
import { F17 } from './hostile-server'
import { F9 } from './quorum'
import { F24 } from './restarts'
import { F11, F12 } from './rollback'
import { F1, F2, F3 } from './server-loss'
import { F21 } from './servers-change'
import { F5, F6 } from './silence'
import { F8 } from './slow-server'
import { type Measured, table } from './table'
import { F18 } from './turned-away'

const FAULTS: readonly Fault[] = [F1, F2, F3, F4, F5, F6, F8, F9, F11, F12, F13, F14, F15, F17, F18, F19, F21, F24]

async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const unknown = wanted.find((id) => !FAULTS.some((fault) => fault.id === id))
  if (unknown !== undefined) throw new Error(`No fault is called ${unknown}: ${FAULTS.map(({ id }) => id).join(', ')}.`)
  const faults = wanted.length === 0 ? FAULTS : FAULTS.filter(({ id }) => wanted.includes(id))

  const measured: Measured[] = []
  for (const fault of faults) measured.push({ fault, load: load(), lines: await measure(fault) })
  const { version } = await findZooKeeper()
  const machine = `${new Date().toISOString().slice(0, 16)}Z, ${describeMachine()}, ZooKeeper ${version}`
  const report = `${machine}\n\n${table(measured)}`
  const folder = join(PROJECT, 'e2e', '.output')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'faults.md'), report)
  process.stdout.write(`\n${report}`)
  if (measured.some(({ lines }) => lines.some(({ verdict }) => verdict === 'missed'))) process.exitCode = 1
}

async function measure(fault: Fault): Promise<Line[]> {
  const startedAt = performance.now()
  say(`${fault.id} ${fault.what} (load average ${load()})`)
  const lines = await fault.run().catch(failed)
  for (const { demanded, measured, verdict } of lines) say(`  ${verdict}: ${demanded}: ${measured}`)
  say(`  took ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  return lines
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
