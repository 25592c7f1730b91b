// A process that reads through lib/zookeeper what it is asked for, a line each, and answers "<count> <ms> <CPU ms>":
// "walk /path" lists the znode and all below it and counts them, "list /path" counts the children of one,
// "get /path n" reads the data of its children, in turns, n times.
import { createInterface } from 'node:readline'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

/** Requests handed to the session at a time, as many as Walk.java hands to its own. */
const WINDOW = 256

const [servers = ''] = process.argv.slice(2)
const session = connect({ connect: servers, sessionTimeoutMs: 30_000 })
const lines = createInterface({ input: process.stdin })

for await (const line of lines) {
  const [what = '', path = '/', times = '0'] = line.split(' ')
  const names = what === 'get' ? (await session.getChildren(path)).names : []
  const startedAt = performance.now()
  const startedCpu = process.cpuUsage()
  const count =
    what === 'walk'
      ? await walk(session, path)
      : what === 'list'
        ? await list(path)
        : await get(path, names, Number(times))
  const wall = performance.now() - startedAt
  const { user, system } = process.cpuUsage(startedCpu)
  console.log(`${count} ${wall} ${(user + system) / 1_000}`)
}
await session.close()

async function list(path: string): Promise<number> {
  return (await session.getChildren(path)).names.length
}

function walk(reader: Session, root: string): Promise<number> {
  const waiting = [root]
  return pump(waiting, async (path) => {
    const { names } = await reader.getChildren(path)
    for (const name of names) waiting.push(`${path}/${name}`)
  })
}

function get(path: string, names: readonly string[], times: number): Promise<number> {
  const paths = Array.from({ length: times }, (_, i) => `${path}/${names[i % names.length]}`)
  return pump(paths, (child) => session.getData(child))
}

/** Works on all of `waiting`, which may grow meanwhile, a window at a time. Resolves with how many there were. */
function pump(waiting: readonly string[], work: (path: string) => Promise<unknown>): Promise<number> {
  return new Promise((resolve, reject) => {
    let at = 0
    let inFlight = 0
    const next = (): void => {
      inFlight--
      goOn()
    }
    const goOn = (): void => {
      for (; inFlight < WINDOW && at < waiting.length; at++) {
        inFlight++
        work(waiting[at] as string).then(next, reject)
      }
      if (inFlight === 0) resolve(at)
    }
    goOn()
  })
}
