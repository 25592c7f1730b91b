import { bundled } from './bundled'
import { createAll, numbered } from './fill'
import { startJavaClient } from './java-client'
import type { Lab } from './lab'
import { type Program, startProgram } from './program'
import { type Figure, judged, type Row, told } from './row'
import { median } from './statistics'

const RATIO = 1.2
/** The first round warms both up: the JVM compiles, V8 optimises. */
const ROUNDS = 4
const TREE = '/walk'
const FLAT = '/flat'
const READS = 50_000
const LEAVES = 100_000

interface Times {
  readonly wall: number[]
  readonly cpu: number[]
}

/** The same questions to both clients, in turns, on one server, in one run: only the ratio travels to other machines. */
export const walk: Row = {
  id: 'walk',
  async run(lab: Lab): Promise<Figure[]> {
    const { ensemble, other } = await lab.site(1)
    const branches = numbered(`${TREE}/`, 10, 1).flatMap((path) => numbered(`${path}/`, 10, 1))
    await createAll(other, [TREE, FLAT, ...numbered(`${TREE}/`, 10, 1)], null)
    await createAll(other, branches, null)
    await createAll(
      other,
      branches.flatMap((path) => numbered(`${path}/node-`, LEAVES / 100, 6)),
      Buffer.from('12345'),
    )
    await createAll(other, numbered(`${FLAT}/child-`, LEAVES, 7), Buffer.from('12345'))

    const ours = startProgram(process.execPath, [await bundled('client.ts'), ensemble.connect])
    let java: Program
    try {
      java = await startJavaClient(ensemble.connect)
    } catch (error) {
      await ours.stop()
      const reason = error instanceof Error ? error.message : String(error)
      return [{ what: 'walk 100,000 znodes', budget: `<= ${RATIO} x Java`, measured: reason, verdict: 'not measured' }]
    }
    try {
      return [
        await compare('walk 100,111 znodes', `walk ${TREE}`, LEAVES + 111, true, ours, java),
        await compare('read the data of 50,000', `get ${FLAT} ${READS}`, READS, false, ours, java),
        await compare('list 100,000 children', `list ${FLAT}`, LEAVES, false, ours, java),
      ]
    } finally {
      await Promise.all([ours.stop(), java.stop()])
    }
  },
}

async function compare(
  what: string,
  question: string,
  count: number,
  budgeted: boolean,
  ours: Program,
  java: Program,
): Promise<Figure> {
  const times = { ours: { wall: [], cpu: [] } as Times, java: { wall: [], cpu: [] } as Times }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [program, { wall, cpu }] of [
      [java, times.java],
      [ours, times.ours],
    ] as const) {
      const [counted, wallMs = 0, cpuMs = 0] = (await program.ask(question)).split(' ').map(Number)
      if (counted !== count) throw new Error(`${question}: ${counted} instead of ${count}`)
      if (round === 0) continue
      wall.push(wallMs)
      cpu.push(cpuMs)
    }
  }
  const ratio = median(times.ours.wall) / median(times.java.wall)
  const words = `${ratio.toFixed(2)} x: Zoolens ${timesInWords(times.ours)}, Java ${timesInWords(times.java)}`
  return budgeted
    ? judged(`${what}, against ZooKeeper's asynchronous Java client`, `<= ${RATIO} x`, words, ratio <= RATIO)
    : told(`${what}, against the same`, words)
}

function timesInWords({ wall, cpu }: Times): string {
  return `${median(wall).toFixed(0)} ms (CPU ${median(cpu).toFixed(0)})`
}
