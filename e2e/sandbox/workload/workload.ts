import { broker, controller } from './brokers'
import {
  ACCOUNTS,
  bothLocks,
  candidate,
  contender,
  INVENTORY,
  kazooContender,
  LEDGER,
  PRICING,
  reader,
  writer,
} from './coordination'
import { partyMember, scheduledJob } from './groups'
import { Random } from './random'
import { seed } from './seed'
import { curatorPermit, kazooPermit } from './semaphores'
import { serviceInstance } from './services'
import { consumer, job, producer, rollout } from './work'
import { type Activity, startWorker } from './worker'

export interface WorkloadOptions {
  readonly connect: string
  /** Who take turns on one lock, shared out among {@link workers}. Default: 50. */
  readonly contenders?: number
  /** How long each of them holds it. Default: 1,000. */
  readonly holdMs?: number
  /** Client programs, one session each. Default: 10. */
  readonly workers?: number
  /** Children of the big folder. Default: 20,000. */
  readonly bigFolder?: number
  /** Default: 10,000. */
  readonly sessionTimeoutMs?: number
}

export interface Workload {
  /** Ends every session, so all that they hold vanishes; the content stays. */
  stop(): Promise<void>
}

const SERVICES = ['checkout', 'ledger', 'routing', 'search']
const JOBS = ['nightly-export', 'reindex-search', 'settle-ledger', 'thumbnails']
const INSTANCES_OF_A_SERVICE = 3
const CANDIDATES = 5

/**
 * A believable company at work on an ensemble of 3.6 or newer: config, service discovery, locks of several libraries, one
 * of them contended, two in a deadlock and one blocked, semaphores, elections, a queue, jobs, a group, brokers. Makes the content if it is missing, then resolves, and works until it is stopped, through the loss of
 * servers and sessions. What it keeps in ZooKeeper does not grow.
 */
export async function startWorkload(options: WorkloadOptions): Promise<Workload> {
  const {
    connect,
    contenders = 50,
    holdMs = 1_000,
    workers = 10,
    bigFolder = 20_000,
    sessionTimeoutMs = 10_000,
  } = options
  await seed({ connect, jobs: JOBS, services: SERVICES, bigFolder })

  const programs: Activity[][] = Array.from({ length: workers }, () => [])
  const employ = (number: number, activity: Activity) => programs[number % workers]?.push(activity)
  let seedNumber = 0
  const random = () => new Random(++seedNumber)

  for (let index = 0; index < contenders; index++) {
    employ(index, contender(random(), hostOf(index % workers), holdMs))
  }
  for (let index = 0; index < CANDIDATES; index++) employ(index, candidate(random(), `scheduler-${index + 1}`))
  SERVICES.forEach((service, kind) => {
    for (let index = 0; index < INSTANCES_OF_A_SERVICE; index++) {
      const number = kind * INSTANCES_OF_A_SERVICE + index
      employ(number, serviceInstance(random(), service, hostOf(number % workers), 8_080 + kind))
    }
  })
  employ(0, producer(random()))
  employ(1, consumer(random()))
  employ(2, consumer(random()))
  for (const [index, name] of JOBS.entries()) employ(3 + index, job(random(), name))
  employ(7, rollout(random()))
  coordinate(employ, random, workers)

  // Each of these two has nothing else to do: a session that waits for one thing only is what a real deadlock looks like.
  programs.push([bothLocks(random(), hostOf(workers), ACCOUNTS, LEDGER)])
  programs.push([bothLocks(random(), hostOf(workers + 1), LEDGER, ACCOUNTS)])

  const running = programs.map((activities) => startWorker({ connect, sessionTimeoutMs, activities }))
  return {
    async stop() {
      await Promise.all(running.map((worker) => worker.stop()))
    },
  }
}

/** One place of a kind in each program, as far as there are programs. Nobody holds for longer than a few seconds. */
function coordinate(employ: (number: number, activity: Activity) => void, random: () => Random, workers: number): void {
  const each = (count: number, activity: (index: number) => Activity) => {
    for (let index = 0; index < count; index++) employ(index, activity(index))
  }
  const host = (index: number) => hostOf(index % workers)
  each(6, (index) => reader(random(), host(index)))
  employ(6, writer(random(), host(6)))
  employ(7, writer(random(), host(7)))
  each(9, (index) => curatorPermit(random(), host(index)))
  each(5, (index) => kazooPermit(random(), `fetcher-${index + 1}`))
  each(4, (index) => kazooContender(random(), `forklift-${index + 1}`))
  each(3, (index) => contender(random(), host(index), 1_000, INVENTORY))
  each(3, (index) => candidate(random(), `pricing-${index + 1}`, PRICING))
  each(4, (index) => partyMember(random(), `indexer-${index + 1}`))
  each(3, (index) => broker(index + 1, `kafka-${index + 1}.example`))
  each(3, (index) => controller(index + 1))
  employ(8, scheduledJob(random()))
}

function hostOf(worker: number): string {
  return `10.20.0.${worker + 11}`
}
