// A process that changes znodes at a steady rate. Arguments: connect string, root, folders, children per folder, writes a
// second, writes a request. A line "<seconds>" starts it; it answers "<writes> <ms>" when all are acknowledged.
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '@/lib/zookeeper/connect'
import { childPath } from './written-paths'

const STEP_MS = 10
/** So many requests may wait for their answers; a slower ensemble gets fewer writes, not a longer queue. */
const AT_ONCE = 48

const [servers = '', root = '/', ...numbers] = process.argv.slice(2)
const [folders = 1, children = 1, perSecond = 1, perRequest = 1] = numbers.map(Number)
const session = connect({ connect: servers, sessionTimeoutMs: 30_000 })

for await (const line of createInterface({ input: process.stdin })) {
  const startedAt = performance.now()
  const writes = await write(Number(line) * 1_000)
  console.log(`${writes} ${performance.now() - startedAt}`)
}
await session.close()

/** @throws ZooKeeperError: a write that failed would make the final state anybody's guess. */
async function write(forMs: number): Promise<number> {
  const startedAt = performance.now()
  const running = new Set<Promise<unknown>>()
  let sent = 0
  for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - startedAt) {
    while (sent + perRequest <= (elapsed * perSecond) / 1_000 && running.size < AT_ONCE) {
      const request = session.multi(Array.from({ length: perRequest }, (_, i) => change(sent + i)))
      running.add(request)
      void request.finally(() => running.delete(request))
      sent += perRequest
    }
    await delay(STEP_MS)
  }
  await Promise.all(running)
  return sent
}

/** Any znode, and a size that tells one state from most others. */
function change(number: number) {
  const path = childPath(root, Math.floor(Math.random() * folders), Math.floor(Math.random() * children))
  const data = Buffer.from(`${'.'.repeat(Math.floor(Math.random() * 900))}${number}`)
  return { type: 'set' as const, path, data, version: -1 }
}
