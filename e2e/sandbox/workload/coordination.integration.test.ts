import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findDeadlocks } from '@/lib/recipes/deadlock'
import { NO_EVIDENCE } from '@/lib/recipes/evidence'
import type { Layout } from '@/lib/recipes/layout'
import { nearPaths } from '@/lib/recipes/near-paths'
import { recognise } from '@/lib/recipes/recognise'
import { NO_STANDING, standStill } from '@/lib/recipes/standing'
import { joinPath, parentOf } from '@/lib/znode/path'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type SandboxEnsemble, startEnsemble } from '../ensemble'
import { until } from '../until'
import { BROKERS, CONTROLLER } from './brokers'
import { ACCOUNTS, CATALOGUE, INVENTORY, LEDGER, PRICING, WAREHOUSE } from './coordination'
import { NIGHTLY_REPORT, PARTY } from './groups'
import { DOWNLOADS, DOWNLOADS_PERMITS, RENDERERS, RENDERERS_PERMITS } from './semaphores'
import { startWorkload, type Workload } from './workload'

let ensemble: SandboxEnsemble
let workload: Workload
let session: Session

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 1 })
  workload = await startWorkload({
    connect: ensemble.connect,
    contenders: 1,
    bigFolder: 1,
    sessionTimeoutMs: 15_000,
  })
  session = connect({ connect: ensemble.connect })
})

afterAll(async () => {
  await session.close()
  await workload.stop()
  await ensemble.stop()
})

const names = async (path: string) => (await session.getChildren(path)).names
const creates = async (path: string) => {
  const { stat } = await session.getChildren(path)
  return (stat.cversion + stat.numChildren) / 2
}
const number = (name: string) => Number(name.slice(-10))
const byNumber = (left: string, right: string) => number(left) - number(right)
const ownerOf = async (path: string) => (await session.exists(path))?.ephemeralOwner

test('the locks of Curator and kazoo move on, the readers and writers of Curator in one line', async () => {
  await until('turns of readers and writers', async () => (await creates(CATALOGUE)) > 12)
  await until('a writer and a reader', async () => {
    const both = await names(CATALOGUE)
    return both.some((name) => /-__WRIT__\d{10}$/.test(name)) && both.some((name) => /-__READ__\d{10}$/.test(name))
  })
  await until('turns with kazoo', async () => (await creates(WAREHOUSE)) > 6)
  await until('four with kazoo', async () => (await names(WAREHOUSE)).length > 1)
  for (const name of await names(WAREHOUSE)) expect(name).toMatch(/^[0-9a-f]{32}__lock__\d{10}$/)
})

test('semaphores never give more permits than there are', async () => {
  await until('permits of Curator', async () => (await creates(`${RENDERERS}/leases`)) > 12)
  await until('permits of kazoo', async () => (await creates(DOWNLOADS)) > 8)
  await until('all permits taken, and somebody waits', async () => {
    const leases = await names(`${RENDERERS}/leases`)
    // One more may be there: of who holds the lock and has not been granted it yet.
    expect(leases.length).toBeLessThanOrEqual(RENDERERS_PERMITS + 1)
    expect((await names(DOWNLOADS)).length).toBeLessThanOrEqual(DOWNLOADS_PERMITS)
    return leases.length >= RENDERERS_PERMITS && (await names(`${RENDERERS}/locks`)).length > 1
  })
  expect((await session.getData(DOWNLOADS)).data?.toString()).toBe('3')
  const waiting = await until(
    'somebody waits with kazoo',
    async () => (await names(`${DOWNLOADS}-__lock__`))[0] ?? null,
  )
  const seen = await session.getData(`${DOWNLOADS}-__lock__/${waiting}`).catch(() => null)
  if (seen !== null) expect(seen.data?.toString()).toMatch(/^b'fetcher-\d'$/)
})

test('two programs hold a lock each and wait for the other’s, for ever', async () => {
  const ownersOf = async (path: string) =>
    Promise.all((await names(path)).sort(byNumber).map((name) => ownerOf(`${path}/${name}`)))
  const circle = await until('a circle', async () => {
    const [accounts, ledger] = [await ownersOf(ACCOUNTS), await ownersOf(LEDGER)]
    return accounts.length === 2 && ledger.length === 2 ? { accounts, ledger } : null
  })
  expect(circle.accounts).toEqual([...circle.ledger].reverse())
  expect(new Set(circle.accounts).size).toBe(2)
  await until('others moved on', async () => (await creates(CATALOGUE)) > 30)
  expect({ accounts: await ownersOf(ACCOUNTS), ledger: await ownersOf(LEDGER) }).toEqual(circle)
})

test('each is recognised as what it is, and only the circle as a deadlock', async () => {
  const kinds = [
    [CATALOGUE, 'read-write-lock', 'Curator InterProcessReadWriteLock'],
    [WAREHOUSE, 'mutex', 'kazoo Lock'],
    [INVENTORY, 'mutex', 'Curator InterProcessMutex'],
    [ACCOUNTS, 'mutex', 'Curator InterProcessMutex'],
    [LEDGER, 'mutex', 'Curator InterProcessMutex'],
    [RENDERERS, 'semaphore', 'Curator InterProcessSemaphoreV2'],
    [DOWNLOADS, 'semaphore', 'kazoo Semaphore'],
    [PRICING, 'election', 'Curator LeaderLatch'],
    [PARTY, 'membership', 'kazoo Party'],
    [NIGHTLY_REPORT, 'timed-lock', 'ShedLock'],
    [CONTROLLER, 'election', 'Election by one znode'],
  ] as const
  const look = () =>
    Promise.all(
      kinds.map(async ([path]) => ({ path, recipe: recognise(await layoutOf(path), NO_EVIDENCE, Date.now()) })),
    )
  // A moment may have nobody in a directory, or one who came between two reads.
  await until('all are recognised', async () => {
    const found = (await look()).map(({ path, recipe }) => [path, recipe.kind, recipe.library].join(' '))
    return isDeepStrictEqual(
      found,
      kinds.map((kind) => kind.join(' ')),
    )
  })
  const first = standStill(NO_STANDING, await look(), 0)
  const turning = [CATALOGUE, WAREHOUSE, `${RENDERERS}/leases`, DOWNLOADS]
  const there = async () => (await Promise.all(turning.map(names))).flat()
  const before = new Set(await there())
  await until('whoever was there has had his turn', async () => !(await there()).some((name) => before.has(name)))
  // What stood still from the one look to the other, however long that took, has stood still for long enough.
  const cycles = findDeadlocks(standStill(first.standing, await look(), 60_000).locks)
  expect(cycles.map(({ steps }) => steps.map(({ holds }) => holds.path).sort())).toEqual([[ACCOUNTS, LEDGER]])
})

async function layoutOf(path: string, withNear = true): Promise<Layout> {
  const [{ data, stat }, children] = [await session.getData(path), await names(path)]
  const near = withNear ? nearPaths({ path, names: children }) : []
  return {
    path,
    stat,
    data,
    children: await Promise.all(
      children.map(async (name) => {
        const read = await session.getData(`${path}/${name}`).catch(() => ({ stat: null, data: null }))
        return { name, ...read }
      }),
    ),
    near: new Map(
      await Promise.all(
        near.map(async (other): Promise<[string, Layout][]> => {
          const at = other.startsWith('../') ? joinPath(parentOf(path), other.slice(3)) : joinPath(path, other)
          return (await session.exists(at)) === null ? [] : [[other, await layoutOf(at, false)]]
        }),
      ).then((read) => read.flat()),
    ),
  }
}

test('the circle forms again when a session in it has expired', async () => {
  const [first = ''] = (await names(ACCOUNTS)).sort(byNumber)
  const before = await ownerOf(`${ACCOUNTS}/${first}`)
  if (before === undefined) throw new Error('nobody holds')
  await ensemble.expireSession(before)
  await until('a new circle', async () => {
    const children = (await Promise.all([names(ACCOUNTS), names(LEDGER)])).flat()
    const owners = await Promise.all(
      [ACCOUNTS, LEDGER].map(async (path) =>
        Promise.all((await names(path)).map((name) => ownerOf(`${path}/${name}`))),
      ),
    )
    return children.length === 4 && !owners.flat().includes(before)
  })
})

test('a foreign child keeps everybody from a lock', async () => {
  await until('three wait', async () => (await names(INVENTORY)).length === 4)
  expect((await names(INVENTORY)).sort()[0]).toBe('!readme')
})

test('candidates, members, a scheduled job, brokers and their controller', async () => {
  await until('candidates', async () => (await names(PRICING)).length === 3)
  await until('members', async () => (await names(PARTY)).some((name) => /^[0-9a-f]{32}__party__$/.test(name)))
  await until('a locked job', async () => {
    const { data } = await session.getData(NIGHTLY_REPORT)
    expect(data?.toString()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    return Date.parse(data?.toString() ?? '') > Date.now()
  })
  await until('brokers', async () => (await names(BROKERS)).length === 3)
  const id = JSON.parse((await session.getData(CONTROLLER)).data?.toString() ?? '').brokerid
  expect(await names(BROKERS)).toContain(String(id))
  const owner = await ownerOf(CONTROLLER)
  if (owner === undefined) throw new Error('no controller')
  await ensemble.expireSession(owner)
  await until('another controller', async () => ![undefined, owner].includes(await ownerOf(CONTROLLER)))
  await until('its epoch', async () => Number((await session.getData('/controller_epoch')).data?.toString()) > 1)
})

test('when it stops, only what is persistent stays', async () => {
  await workload.stop()
  const left = await Promise.all(
    [CATALOGUE, WAREHOUSE, ACCOUNTS, LEDGER, INVENTORY, `${RENDERERS}/locks`, `${RENDERERS}/leases`, DOWNLOADS].map(
      names,
    ),
  )
  expect(left.flat()).toEqual(['!readme'])
  expect(await names(PARTY)).toEqual([])
  expect(await names(BROKERS)).toEqual([])
  expect(await session.exists(CONTROLLER)).toBeNull()
})
