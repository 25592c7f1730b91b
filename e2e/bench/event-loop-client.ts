// A process that asks a server for long answers, a line each ("names", "value", "results", "errors", "events", "request"), and
// answers "<longest turn of its event loop> <most CPU in one turn>", milliseconds.
import { createInterface } from 'node:readline'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import type { Operation } from '@/lib/zookeeper/session-operations'
import { EVENTS, MANY } from './event-loop-server'

const [server = ''] = process.argv.slice(2)
const MIB = 1024 * 1024
const options = { timeoutMs: 60_000 }
const session = connect({
  connect: server,
  sessionTimeoutMs: 30_000,
  replyLimits: { soft: 256 * MIB, hard: 512 * MIB },
})

const paths = Array.from({ length: MANY }, (_, index) => `/${index}`)
const deletes = paths.map((path): Operation => ({ type: 'delete', path, version: 0 }))
const full = paths.map((path): Operation => ({ type: 'set', path, version: 0, data: Buffer.alloc(1) }))

const CASES: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  names: () => session.getChildren('/names', options),
  value: () => session.getData('/value', options),
  results: () => session.multi(deletes, options),
  errors: () =>
    session.multiRead(
      paths.map((path) => ({ type: 'getData' as const, path })),
      options,
    ),
  events: listen,
  request: () => session.multi(full, options),
}

async function listen(): Promise<void> {
  let heard = 0
  const all = new Promise<void>((resolve) => {
    void session.addWatch('/', 'recursive', () => {
      heard += 1
      if (heard === EVENTS) resolve()
    })
  })
  await session.exists('/events', options)
  await all
}

interface Longest {
  wall: number
  cpu: number
}

/** Asks itself for a turn over and over: what comes between two of them is one turn's work. Milliseconds. */
async function longestTurn(work: () => Promise<unknown>): Promise<Longest> {
  const longest = { wall: 0, cpu: 0 }
  let last = performance.now()
  let used = process.cpuUsage()
  let over = false
  const measure = (): void => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(used)
    longest.wall = Math.max(longest.wall, now - last)
    longest.cpu = Math.max(longest.cpu, (user + system) / 1000)
    used = process.cpuUsage()
    last = performance.now()
  }
  const turn = (): void => {
    measure()
    if (!over) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  over = true
  measure()
  return longest
}

await session.exists('/')
for await (const line of createInterface({ input: process.stdin })) {
  const { wall, cpu } = await longestTurn(async () => CASES[line]?.(session))
  console.log(`${wall} ${cpu}`)
}
await session.close()
