import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Ensemble } from '@/lib/ensemble/ensemble'
import type { Gap, NodeChange } from '@/lib/live/protocol'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { createAll, numbered } from '../bench/fill'
import { type SandboxEnsemble, startEnsemble } from '../sandbox/ensemble'
import { type NetworkProxy, startProxy } from '../sandbox/proxy'
import { differences } from './fingerprint'
import {
  changeSentinels,
  prepareSentinels,
  SENTINEL_DIRECTORIES,
  SENTINEL_KINDS,
  SENTINEL_NODES,
  SENTINELS,
} from './sentinels'
import { readTruth } from './truth'
import { View } from './view'

// The quick ones of `npm run faults`, without figures: what is shown after a partition and after an expiry.

const ROWS = 2_000
const MANY = '/faults/many'
const DIRECTORIES = [...SENTINEL_DIRECTORIES, MANY]
const soon = { timeout: 30_000, interval: 50 }

let sandbox: SandboxEnsemble
let other: Session
let proxies: NetworkProxy[]
let ensemble: Ensemble
let view: View
const told: NodeChange[] = []
const gaps: Omit<Gap, 'type' | 'cluster'>[] = []
let mostInFlight = 0
let sampling: NodeJS.Timeout

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  proxies = await Promise.all(sandbox.servers.map(({ clientPort }) => startProxy(clientPort)))
  other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
  await other.create('/faults', null)
  await prepareSentinels(other)
  await createAll(other, [MANY], null)
  await createAll(other, numbered(`${MANY}/n`, ROWS, 4), Buffer.from('0'))
  const servers = proxies.map((proxy) => proxy.connect).join(',')
  ensemble = new Ensemble({
    id: 'faults',
    connect: { connect: servers, sessionTimeoutMs: 10_000 },
    log: () => undefined,
  })
  ensemble.onGap((gap) => gaps.push(gap))
  view = new View(ensemble, DIRECTORIES, SENTINEL_NODES, ({ nodes }) => told.push(...nodes))
  await view.open()
  sampling = setInterval(() => {
    mostInFlight = Math.max(mostInFlight, ensemble.sessions.live().info.load.inFlight)
  }, 1)
})
afterEach(() => {
  told.length = 0
  gaps.length = 0
})
afterAll(async () => {
  clearInterval(sampling)
  await ensemble?.close()
  await other?.close()
  await Promise.all((proxies ?? []).map((proxy) => proxy.close()))
  await sandbox?.stop()
})

/** Everything shown is what another client reads. */
async function converges(): Promise<void> {
  const truth = await readTruth(other, DIRECTORIES, SENTINEL_NODES)
  await vi.waitFor(() => expect(differences(view.rows(), truth)).toEqual([]), soon)
}

async function partition(happens: () => Promise<unknown>): Promise<void> {
  for (const proxy of proxies) proxy.mode = 'black-hole'
  await vi.waitFor(() => expect(ensemble.connection().status).toBe('reconnecting'), soon)
  await happens()
  for (const proxy of proxies) proxy.mode = 'forward'
  await vi.waitFor(() => expect(ensemble.connection()).toMatchObject({ status: 'connected', syncing: false }), soon)
}

test('what happened during a partition is told by its outcome: remade znodes as such, and nothing of a ghost', async () => {
  await converges()
  const { sessionId } = ensemble.connection()
  await partition(() => changeSentinels(other))
  await converges()
  expect(ensemble.connection().sessionId).toBe(sessionId)
  expect(gaps).toHaveLength(1)
  expect(BigInt(gaps[0]?.toZxid ?? 0)).toBeGreaterThan(BigInt(gaps[0]?.fromZxid ?? 0))
  const kinds = told
    .filter(({ path, count }) => count > 0 && path.startsWith(SENTINELS))
    .map(({ path, kind }) => [path, kind])
  expect(Object.fromEntries(kinds)).toEqual(SENTINEL_KINDS)
})

test('every row of a folder changed during a partition: compared in bounded batches', async () => {
  await partition(async () => {
    const paths = numbered(`${MANY}/n`, ROWS, 4)
    await other.multi(paths.map((path) => ({ type: 'set', path, data: Buffer.from('1'), version: 0 })))
  })
  await converges()
  expect(new Set(told.filter(({ kind, count }) => kind === 'changed' && count > 0).map(({ path }) => path)).size).toBe(
    ROWS,
  )
  expect(mostInFlight).toBeGreaterThan(0)
  expect(mostInFlight).toBeLessThanOrEqual(64)
})

test('an expired session is replaced, and the owners of ephemeral znodes are those of now', async () => {
  const owner = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
  await owner.create(`${MANY}/held`, null, { mode: 'ephemeral' })
  await converges()
  const { sessionId } = ensemble.connection()
  await sandbox.expireSession(BigInt.asIntN(64, BigInt(sessionId)))
  await owner.close()
  await other.create(`${MANY}/held`, null, { mode: 'ephemeral' })
  await vi.waitFor(() => expect(ensemble.connection()).toMatchObject({ status: 'connected', syncing: false }), soon)
  expect(ensemble.connection().sessionId).not.toBe(sessionId)
  await converges()
  expect(view.rows()[`${MANY}/held`]?.stat?.ephemeralOwner).toBe(
    `0x${BigInt.asUintN(64, other.info.sessionId).toString(16)}`,
  )
})
