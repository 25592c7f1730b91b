import { BROKERS } from './brokers'
import { ACCOUNTS, CATALOGUE, ELECTION, INVENTORY, LEDGER, LOCK, PRICING, WAREHOUSE } from './coordination'
import { NIGHTLY_REPORT, PARTY } from './groups'
import { DOWNLOADS, DOWNLOADS_PERMITS, RENDERERS } from './semaphores'
import { QUEUE } from './work'

/** Where the programs coordinate. Parents stand before their children. */
export const COORDINATION: readonly (readonly [path: string, data: Buffer | null])[] = [
  ['/locks', null],
  ...[LOCK, CATALOGUE, WAREHOUSE, ACCOUNTS, LEDGER, INVENTORY].map((path) => [path, null] as const),
  // Curator takes every child for a contender, and "!" sorts before all of them: nobody ever gets this lock.
  [`${INVENTORY}/!readme`, Buffer.from('Held while stock is counted. Ask logistics before you restart anything.\n')],
  ['/semaphores', null],
  [RENDERERS, null],
  [`${RENDERERS}/locks`, null],
  [`${RENDERERS}/leases`, null],
  [DOWNLOADS, Buffer.from(String(DOWNLOADS_PERMITS))],
  [`${DOWNLOADS}-__lock__`, null],
  ['/election', null],
  [ELECTION, null],
  [PRICING, null],
  ['/queues', null],
  [QUEUE, null],
  ['/groups', null],
  [PARTY, null],
  ['/shedlock', null],
  [NIGHTLY_REPORT, Buffer.from('2026-01-01T00:00:00.000Z')],
  ['/brokers', null],
  [BROKERS, null],
  ['/brokers/topics', null],
  ['/cluster', null],
  ['/cluster/id', Buffer.from('{"version":"1","id":"dGhpcyBpcyBhIGRlbW8gMQ"}')],
  ['/controller_epoch', Buffer.from('0')],
]
