import { bundled } from './bundled'
import { createAll, numbered } from './fill'
import { startJavaClient } from './java-client'
import { startKazooClient } from './kazoo-client'
import type { Lab } from './lab'
import { type Program, startProgram } from './program'
import { type Figure, judged, type Row, told } from './row'
import { median } from './statistics'

/** Of our time to that of ZooKeeper's own client. */
const WALK_RATIO = 1.2
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

interface Rival {
  readonly name: string
  readonly budgeted: boolean
  readonly program: Program
}

const CLIENTS = [
  { name: "ZooKeeper's asynchronous Java client", budgeted: true, start: startJavaClient },
  { name: 'kazoo', budgeted: false, start: startKazooClient },
]

/** The same questions to all clients, in turns, on one server, in one run: only the ratio travels to other machines. */
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

    const started = [startProgram(process.execPath, [await bundled('client.ts'), ensemble.connect])]
    const missing: Figure[] = []
    const rivals: Rival[] = []
    for (const { name, budgeted, start } of CLIENTS) {
      try {
        const program = await start(ensemble.connect)
        started.push(program)
        rivals.push({ name, budgeted, program })
      } catch (error) {
        const measured = error instanceof Error ? error.message : String(error)
        missing.push({ what: `the same, against ${name}`, budget: '', measured, verdict: 'not measured' })
      }
    }
    const [ours] = started as [Program]
    try {
      return [
        ...(await compare('walk 100,111 znodes', `walk ${TREE}`, LEAVES + 111, WALK_RATIO, ours, rivals)),
        ...(await compare('read the data of 50,000', `get ${FLAT} ${READS}`, READS, null, ours, rivals)),
        ...(await compare('list 100,000 children', `list ${FLAT}`, LEAVES, null, ours, rivals)),
        ...missing,
      ]
    } finally {
      await Promise.all(started.map((program) => program.stop()))
    }
  },
}

/** Each client in turn, so that what else the machine does meets all of them. */
async function compare(
  what: string,
  question: string,
  count: number,
  ratioWanted: number | null,
  ours: Program,
  rivals: readonly Rival[],
): Promise<Figure[]> {
  const own = noTimes()
  const theirs = rivals.map((rival) => ({ ...rival, times: noTimes() }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const { program, times } of [...theirs, { program: ours, times: own }]) {
      const [counted, wallMs = 0, cpuMs = 0] = (await program.ask(question)).split(' ').map(Number)
      if (counted !== count) throw new Error(`${question}: ${counted} instead of ${count}`)
      if (round === 0) continue
      times.wall.push(wallMs)
      times.cpu.push(cpuMs)
    }
  }
  return theirs.map(({ name, budgeted, times }) => {
    const ratio = median(own.wall) / median(times.wall)
    const words = `${ratio.toFixed(2)} x: Zoolens ${timesInWords(own)}, ${name} ${timesInWords(times)}`
    const figure = `${what}, against ${name}`
    if (ratioWanted === null || !budgeted) return told(figure, words)
    return judged(figure, `<= ${ratioWanted} x`, words, ratio <= ratioWanted)
  })
}

function noTimes(): Times {
  return { wall: [], cpu: [] }
}

function timesInWords({ wall, cpu }: Times): string {
  return `${median(wall).toFixed(0)} ms (CPU ${median(cpu).toFixed(0)})`
}
