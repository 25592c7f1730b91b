// Another client that changes znodes at a steady rate, whatever happens to the servers. Arguments: connect string, root,
// directories, writes a second. The line "pause" is answered with the number of writes acknowledged so far when none is
// under way any more; "go" goes on.
import { createInterface } from 'node:readline'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

const STEP_MS = 10
const AT_ONCE = 48
const TIMEOUT = { timeoutMs: 4_000 }
const NAMES = 120

const [servers = '', root = '/', directories = '1', perSecond = '200'] = process.argv.slice(2)
let session = open()
let acknowledged = 0
let going = true
let owed = 0
let at = performance.now()
const running = new Set<Promise<void>>()

const timer = setInterval(() => {
  const now = performance.now()
  if (going) owed = Math.min(owed + ((now - at) * Number(perSecond)) / 1_000, AT_ONCE)
  at = now
  for (; going && owed >= 1 && running.size < AT_ONCE; owed -= 1) start()
}, STEP_MS)

for await (const line of createInterface({ input: process.stdin })) {
  going = line === 'go'
  if (!going) await Promise.all(running)
  console.log(acknowledged)
}
clearInterval(timer)
await Promise.all(running)
await session.close()

function open(): Session {
  const opened = connect({ connect: servers, sessionTimeoutMs: 20_000 })
  opened.onStatus(({ status }) => {
    if (status !== 'expired' || session !== opened) return
    session = open()
  })
  return opened
}

function start(): void {
  const write = change().then(
    () => void acknowledged++,
    // Refused, or lost with its server: what became of it, the tree itself tells.
    () => undefined,
  )
  running.add(write)
  void write.finally(() => running.delete(write))
}

/** Mostly new data; now and then a znode vanishes, appears, or is made anew in the place of itself. */
async function change(): Promise<unknown> {
  const directory = Math.floor(Math.random() * Number(directories))
  const path = `${root}/d${directory}/n${Math.floor(Math.random() * NAMES)}`
  const data = Buffer.from(String(acknowledged))
  const dice = Math.random()
  if (dice < 0.7) return session.setData(path, data, -1, TIMEOUT)
  if (dice < 0.8) return session.delete(path, -1, TIMEOUT)
  if (dice < 0.9) return session.create(path, data, { ...TIMEOUT, mode: dice < 0.85 ? 'ephemeral' : 'persistent' })
  return session.multi(
    [
      { type: 'delete', path, version: -1 },
      { type: 'create', path, data },
    ],
    TIMEOUT,
  )
}
