// A process that keeps many locks changing. Arguments: connect string, root (exists already), locks, contenders of each,
// milliseconds that each turn lasts. Says "ready" when all queue up. Ends, and says "<turns> <ms>" of the time since, when
// its input ends; then its sessions are closed, and the directories are empty.

import { connect } from '@/lib/zookeeper/connect'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import { until } from '../sandbox/until'
import { curatorMutex } from '../sandbox/workload/places'
import { queueFor } from '../sandbox/workload/queue-for'
import { Random } from '../sandbox/workload/random'
import { type Activity, pause, startWorker } from '../sandbox/workload/worker'

const [servers = '', root = '/', ...numbers] = process.argv.slice(2)
const [locks = 1, contenders = 1, holdMs = 1_000] = numbers.map(Number)
const directories = Array.from({ length: locks }, (_, i) => `${root}/lock-${String(i).padStart(4, '0')}`)

const session = connect({ connect: servers })
for (const path of directories) {
  await session.create(path, null).catch((error: unknown) => {
    if (!isZooKeeperError(error) || error.code !== 'NodeExists') throw error
  })
}
/** Turns since the beginning of the directory: the counter of its sequence numbers. */
const creates = async () => {
  const stats = await Promise.all(directories.map((path) => session.exists(path)))
  return stats.reduce((sum, stat) => sum + (stat === null ? 0 : (stat.cversion + stat.numChildren) / 2), 0)
}

// One client for each place in a queue, and each client in every lock: so a session never waits behind itself.
const workers = Array.from({ length: contenders }, (_, client) =>
  startWorker({
    connect: servers,
    sessionTimeoutMs: 30_000,
    activities: directories.map((directory, lock) => turns(directory, client, new Random(client * locks + lock + 1))),
  }),
)

await until(
  'everybody queues up',
  async () => {
    const stats = await Promise.all(directories.map((path) => session.exists(path)))
    return stats.every((stat) => (stat?.numChildren ?? 0) >= contenders - 1)
  },
  { timeoutMs: 120_000, everyMs: 500 },
)
const before = { turns: await creates(), at: performance.now() }
console.log('ready')
process.stdin.resume()
await new Promise((resolve) => process.stdin.once('end', resolve))
console.log(`${(await creates()) - before.turns} ${Math.round(performance.now() - before.at)}`)
await Promise.all(workers.map((worker) => worker.stop()))
await session.close()

function turns(directory: string, client: number, random: Random): Activity {
  const address = `10.30.0.${client + 1}`
  return (of, signal) => queueFor(of, curatorMutex(random, directory, address), signal, () => pause(holdMs, signal))
}
