import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { Ensemble } from '@/lib/ensemble/ensemble'
import type { LocksResponse } from '@/lib/queries/lock-responses'
import { joinPath } from '@/lib/znode/path'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

let sandbox: SandboxEnsemble
let clients: Session[]
const open: Ensemble[] = []
const soon = { timeout: 20_000, interval: 50 }
const client = (index: number): Session => clients[index % clients.length] as Session

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  clients = Array.from({ length: 3 }, () => connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 }))
  for (const path of [
    '/app',
    '/app/orders',
    '/app/stock',
    '/app/config',
    '/app/config/a',
    '/sem',
    '/sem/locks',
    '/sem/leases',
  ]) {
    await client(0).create(path, Buffer.from('x'))
  }
  for (let i = 0; i < 3; i++) await enqueue(client(i), '/app/orders')
  await enqueue(client(0), '/app/stock')
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((ensemble) => ensemble.close()))
})
afterAll(async () => {
  await Promise.all((clients ?? []).map((session) => session.close()))
  await sandbox?.stop()
})

async function enqueue(session: Session, directory: string, kind = 'lock'): Promise<string> {
  const made = await session.create(joinPath(directory, `_c_${crypto.randomUUID()}-${kind}-`), null, {
    mode: 'ephemeral-sequential',
  })
  return made.path
}

/** A browser that looks at the list of all locks. */
function look(fourLetterWords: boolean) {
  const ensemble = new Ensemble({
    id: 'test',
    connect: { connect: sandbox.connect, sessionTimeoutMs: 10_000 },
    evidence: { adminServers: new Map(), fourLetterWords },
    log: () => undefined,
  })
  open.push(ensemble)
  const told: LocksResponse[] = []
  const subscription = ensemble.mirror.subscribe(() => undefined)
  ensemble.locks.listen({ subscription, lock: () => undefined, locks: (response) => told.push(response) })
  const viewer = { subscription, tab: 'a' }
  const first = ensemble.locks.list(null, viewer)
  const row = (path: string) => told.at(-1)?.locks.find((lock) => lock.path === path)
  return { ensemble, told, viewer, first, row }
}

test.for([false, true])(
  'locks are found without knowing where they are, asking servers: %s',
  async (fourLetterWords) => {
    const page = look(fourLetterWords)
    expect(page.first.search.state).toBe('searching')
    await vi.waitFor(() => expect(page.told.at(-1)?.search.state).toBe('finished'), soon)
    expect(page.row('/app/orders')).toMatchObject({ kind: 'mutex', holding: 1, waiting: 2 })
    expect(page.row('/app/stock')).toMatchObject({ kind: 'mutex', holding: 1, waiting: 0 })
    // The longest queue comes first, and what is no lock is not there.
    expect(page.told.at(-1)?.locks[0]?.path).toBe('/app/orders')
    expect(
      page.told
        .at(-1)
        ?.locks.map(({ path }) => path)
        .sort(),
    ).toEqual(['/app/orders', '/app/stock'])
  },
)

test('a lock that comes to be is on the list, and what changes on it is told', async () => {
  const page = look(false)
  await vi.waitFor(() => expect(page.told.at(-1)?.search.state).toBe('finished'), soon)
  await client(0).create('/app/late', null)
  const holder = await enqueue(client(1), '/app/late')
  await vi.waitFor(() => expect(page.row('/app/late')).toMatchObject({ holding: 1, waiting: 0 }), soon)
  await enqueue(client(2), '/app/late')
  await vi.waitFor(() => expect(page.row('/app/late')).toMatchObject({ holding: 1, waiting: 1 }), soon)
  await client(1).delete(holder, -1)
  await vi.waitFor(() => expect(page.row('/app/late')).toMatchObject({ holding: 1, waiting: 0 }), soon)
  expect(page.row('/app/late')?.heldSince).not.toBeNull()
})

test('a lock is found that was looked at while nobody had queued up yet', async () => {
  // Where servers list the ephemerals, what is examined is counted.
  const page = look(true)
  await vi.waitFor(() => expect(page.told.at(-1)?.search.state).toBe('finished'), soon)
  const before = page.ensemble.locks.list(null, page.viewer).search.looked
  // Its name makes it worth a look at once.
  await client(0).create('/app/config/lock', null)
  await vi.waitFor(() => expect(page.ensemble.locks.list(null, null).search.looked).toBeGreaterThan(before), soon)
  await enqueue(client(1), '/app/config/lock')
  await vi.waitFor(() => expect(page.row('/app/config/lock')).toMatchObject({ holding: 1 }), soon)
})

test('the queue of a semaphore is not a lock of its own', async () => {
  const queued = await enqueue(client(0), '/sem/locks')
  const lease = await enqueue(client(1), '/sem/leases', 'lease')
  const page = look(false)
  await vi.waitFor(() => expect(page.told.at(-1)?.search.state).toBe('finished'), soon)
  expect(page.told.at(-1)?.locks.map(({ path, kind }) => [path, kind])).toContainEqual(['/sem', 'semaphore'])
  expect(page.row('/sem/locks')).toBeUndefined()
  await client(0).delete(queued, -1)
  await client(1).delete(lease, -1)
})

test('sessions that wait for each other are told as a possible deadlock on both locks', async () => {
  for (const path of ['/app/left', '/app/right']) await client(0).create(path, null)
  await enqueue(client(1), '/app/left')
  await enqueue(client(2), '/app/right')
  await enqueue(client(2), '/app/left')
  await enqueue(client(1), '/app/right')
  const page = look(false)
  for (const path of ['/app/left', '/app/right']) {
    await vi.waitFor(
      () => expect(page.row(path)?.findings.map(({ code }) => code)).toContain('possible-deadlock'),
      soon,
    )
  }
  const view = await page.ensemble.locks.view('/app/left', 0, 10, page.viewer)
  expect(view.deadlocks[0]?.steps).toHaveLength(2)
  const { holds, waitsFor } = page.ensemble.locks.locksOf(client(1).info.sessionId)
  expect(holds).toContain('/app/left')
  expect(waitsFor).toContain('/app/right')
  expect(waitsFor).not.toContain('/app/left')
})

test('a search can be stopped and begun again', async () => {
  const page = look(false)
  expect(page.ensemble.locks.list('stop', page.viewer).search.state).toBe('stopped')
  expect(page.ensemble.locks.list('start', page.viewer).search.state).toBe('searching')
  await vi.waitFor(() => expect(page.told.at(-1)?.search.state).toBe('finished'), soon)
})
