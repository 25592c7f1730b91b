import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type SandboxEnsemble, startEnsemble } from '../ensemble'
import { until } from '../until'
import { ELECTION, LOCK } from './coordination'
import { BIG_FOLDER } from './seed'
import { SERVICES } from './services'
import { JOBS, QUEUE } from './work'
import { startWorkload, type Workload } from './workload'

const CONTENDERS = 8

let ensemble: SandboxEnsemble
let workload: Workload
let session: Session

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 3 })
  workload = await startWorkload({
    connect: ensemble.connect,
    contenders: CONTENDERS,
    workers: 4,
    holdMs: 50,
    bigFolder: 1_200,
    sessionTimeoutMs: 4_000,
  })
  session = connect({ connect: ensemble.connect })
})

afterAll(async () => {
  await session.close()
  await workload.stop()
  await ensemble.stop()
})

/** Creates ever made below the lock: the counter of the next sequence number (DataNode.java, copyStat). */
async function turns(): Promise<number> {
  const { stat } = await session.getChildren(LOCK)
  return (stat.cversion + stat.numChildren) / 2
}

/** True once everybody queues up, each in one place and no other. */
async function everybodyWaits(): Promise<boolean> {
  const { names } = await session.getChildren(LOCK)
  return names.length === CONTENDERS
}

test('the content is there, bytes as they should be', async () => {
  const settings = await session.getData('/config/checkout/settings.json')
  expect(settings.data?.toString()).toContain('"merchantId": 9007199254740993')
  expect((await session.exists(BIG_FOLDER))?.numChildren).toBe(1_200)
  expect((await session.getData('/config/search/bloom.bin')).data).toHaveLength(1_024)
  expect((await session.getData('/config')).data).toBeNull()
})

test('contenders take turns, services register, one candidate leads, the queue and the jobs move', async () => {
  await until('everybody waits', everybodyWaits)
  const before = await turns()
  await until('twenty turns', async () => (await turns()) > before + 20)
  await until('services', async () => (await session.getChildren(`${SERVICES}/checkout`)).names.length > 0)
  expect((await session.getChildren(ELECTION)).names).toHaveLength(5)
  await until('an invoice', async () => (await session.getChildren(QUEUE)).stat.cversion > 2)
  await until('progress', async () => (await session.getData(`${JOBS}/thumbnails/progress`)).stat.version > 1)
})

test('it goes on after kill -9 of the leader, and nobody is left waiting in two places', async () => {
  const leader = await ensemble.leader()
  await leader.kill()
  const before = await until('an answer', () => turns().catch(() => null))
  await until('twenty turns', async () => (await turns().catch(() => 0)) > before + 20)
  await leader.restart()
  await until('everybody waits', everybodyWaits)
  const { names } = await session.getChildren(LOCK)
  const distinct = new Set(names.map((name) => name.slice(0, 39)))
  expect(distinct.size).toBe(names.length)
})

test('a program whose session has expired comes back with a new one', async () => {
  const { names } = await session.getChildren(LOCK)
  const owners = await Promise.all(names.map(async (name) => (await session.exists(`${LOCK}/${name}`))?.ephemeralOwner))
  const expired = owners.find((owner) => owner !== undefined) ?? 0n
  await ensemble.expireSession(expired)
  await until('everybody waits, in other sessions', async () => {
    const children = (await session.getChildren(LOCK)).names
    const stats = await Promise.all(children.map((name) => session.exists(`${LOCK}/${name}`)))
    return children.length === CONTENDERS && !stats.some((stat) => stat?.ephemeralOwner === expired)
  })
})

test('when it stops, everything that it held is gone', async () => {
  await workload.stop()
  expect((await session.getChildren(LOCK)).names).toEqual([])
  expect((await session.getChildren(ELECTION)).names).toEqual([])
  expect((await session.getChildren(QUEUE)).names.length).toBeLessThanOrEqual(40)
})
