import { queueFor } from './queue-for'
import type { Random } from './random'
import { type Activity, pause } from './worker'

export const LOCK = '/locks/settlement'
export const ELECTION = '/election/scheduler'

/** Takes its turn on the lock over and over, as a program with Curator's InterProcessMutex does. */
export function contender(random: Random, host: string, holdMs: number): Activity {
  return (session, signal) => {
    // Curator's default data is the address of the client.
    const place = { directory: LOCK, lockName: 'lock-', uuid: random.uuid(), data: Buffer.from(host) }
    return queueFor(session, place, signal, () => pause(holdMs, signal))
  }
}

/** Stands for election, and resigns after a term, as a program with Curator's LeaderLatch that is deployed anew. */
export function candidate(random: Random, id: string): Activity {
  return (session, signal) => {
    const place = { directory: ELECTION, lockName: 'latch-', uuid: random.uuid(), data: Buffer.from(id) }
    return queueFor(session, place, signal, () => pause(random.between(30_000, 60_000), signal))
  }
}
