import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Random } from './random'
import { type Activity, pause } from './worker'

export const QUEUE = '/queues/invoices'
export const JOBS = '/jobs'
const FLAGS = '/config/features/flags.json'

/** Longer it never grows: its consumers may be slow, and a demo may run for days. */
const LONGEST_QUEUE = 40

/** Puts a batch of invoices at the end of the queue now and then; names as kazoo's Queue gives them, priority 100. */
export function producer(random: Random): Activity {
  return async (session, signal) => {
    const batch = random.between(8, 25)
    for (let count = 0; count < batch; count++) {
      const stat = await session.exists(QUEUE)
      if (signal.aborted || stat === null || stat.numChildren >= LONGEST_QUEUE) break
      const invoice = { invoice: random.between(100_000, 999_999), cents: random.between(500, 90_000), currency: 'EUR' }
      await session.create(`${QUEUE}/entry-100-`, Buffer.from(JSON.stringify(invoice)), {
        mode: 'persistent-sequential',
      })
      await pause(random.between(100, 400), signal)
    }
    await pause(random.between(4_000, 10_000), signal)
  }
}

/** Takes the invoice at the head. Two consumers may want the same one: the delete decides who gets it. */
export function consumer(random: Random): Activity {
  return async (session, signal) => {
    await pause(random.between(700, 1_500), signal)
    if (signal.aborted) return
    const { names } = await session.getChildren(QUEUE)
    const head = names.sort()[0]
    if (head === undefined) return
    const { stat } = await session.getData(`${QUEUE}/${head}`)
    await session.delete(`${QUEUE}/${head}`, stat.version).catch((error: unknown) => {
      if (!isZooKeeperError(error) || error.code !== 'NoNode') throw error
    })
  }
}

/** A job that says how far it is, and begins again when it is done. */
export function job(random: Random, name: string): Activity {
  return async (session, signal) => {
    await pause(random.between(800, 1_600), signal)
    if (signal.aborted) return
    const path = `${JOBS}/${name}/progress`
    const { data, stat } = await session.getData(path)
    const percent = Number.parseInt(data?.toString('utf8') ?? '', 10)
    const next = Number.isNaN(percent) || percent >= 100 ? 0 : Math.min(100, percent + random.between(1, 6))
    await session.setData(path, Buffer.from(`${next}%`), stat.version)
    const state = await session.getData(`${JOBS}/${name}/state`)
    const word = next === 100 ? 'done' : 'running'
    if (state.data?.toString('utf8') !== word) {
      await session.setData(`${JOBS}/${name}/state`, Buffer.from(word), state.stat.version)
    }
    if (next === 100) await pause(random.between(5_000, 15_000), signal)
  }
}

/** Turns one flag's share of users up or down. The rest of the text stays as it is, whoever wrote it. */
export function rollout(random: Random): Activity {
  return async (session, signal) => {
    await pause(random.between(8_000, 20_000), signal)
    if (signal.aborted) return
    const { data, stat } = await session.getData(FLAGS)
    const text = data?.toString('utf8') ?? ''
    const changed = text.replace(/("new-checkout"\s*:\s*\{[^}]*"percent"\s*:\s*)\d+/, `$1${random.between(1, 100)}`)
    if (changed !== text) await session.setData(FLAGS, Buffer.from(changed), stat.version)
  }
}
