import type { Session } from '@/lib/zookeeper/session'
import { curatorLatch, curatorMutex, curatorReadLock, curatorWriteLock, kazooLock } from './places'
import { type Place, queueFor } from './queue-for'
import type { Random } from './random'
import { type Activity, pause } from './worker'

export const LOCK = '/locks/settlement'
export const ELECTION = '/election/scheduler'
export const PRICING = '/election/pricing'
export const CATALOGUE = '/locks/catalogue'
export const WAREHOUSE = '/locks/warehouse'
/** Has a child that is no contender and blocks them all. */
export const INVENTORY = '/locks/inventory'
export const ACCOUNTS = '/locks/accounts'
export const LEDGER = '/locks/ledger'

/** Takes its turn on a lock over and over, as a program with Curator's InterProcessMutex does. */
export function contender(random: Random, host: string, holdMs: number, directory = LOCK): Activity {
  return takesTurns(
    () => curatorMutex(random, directory, host),
    () => holdMs,
  )
}

/** Stands for election, and resigns after a term, as a program with Curator's LeaderLatch that is deployed anew. */
export function candidate(random: Random, id: string, directory = ELECTION): Activity {
  return takesTurns(
    () => curatorLatch(random, directory, id),
    () => random.between(30_000, 60_000),
  )
}

/** Reads now and then under Curator's InterProcessReadWriteLock. */
export function reader(random: Random, host: string): Activity {
  return takesTurns(
    () => curatorReadLock(random, CATALOGUE, host),
    () => random.between(800, 2_500),
    () => random.between(300, 1_500),
  )
}

export function writer(random: Random, host: string): Activity {
  return takesTurns(
    () => curatorWriteLock(random, CATALOGUE, host),
    () => random.between(500, 1_500),
    () => random.between(2_000, 6_000),
  )
}

export function kazooContender(random: Random, identifier: string): Activity {
  return takesTurns(
    () => kazooLock(random, WAREHOUSE, identifier),
    () => random.between(700, 3_000),
    () => random.between(0, 1_000),
  )
}

/** Holds one lock and wants the other: with a second program that does it the other way round nobody goes on. */
export function bothLocks(random: Random, host: string, first: string, second: string): Activity {
  return (session, signal) =>
    queueFor(session, curatorMutex(random, first, host), signal, async () => {
      // Until the other one holds his, or one of the two would get both.
      while (!signal.aborted && (await session.getChildren(second)).names.length === 0) await pause(200, signal)
      await queueFor(session, curatorMutex(random, second, host), signal, () => pause(1_000, signal))
    })
}

function takesTurns(place: () => Place, holdMs: () => number, restMs?: () => number): Activity {
  return async (session: Session, signal) => {
    await queueFor(session, place(), signal, () => pause(holdMs(), signal))
    if (restMs !== undefined) await pause(restMs(), signal)
  }
}
