import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { Ensemble } from '@/lib/ensemble/ensemble'
import type { LockView } from '@/lib/queries/lock-responses'
import { joinPath } from '@/lib/znode/path'
import { toHex } from '@/lib/znode/stat'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

let sandbox: SandboxEnsemble
let clients: Session[]
const open: Ensemble[] = []

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  clients = Array.from({ length: 4 }, () => connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 }))
  await client(0).create('/locks', null)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((ensemble) => ensemble.close()))
})
afterAll(async () => {
  await Promise.all((clients ?? []).map((session) => session.close()))
  await sandbox?.stop()
})

const soon = { timeout: 15_000, interval: 20 }
const client = (index: number): Session => clients[index % clients.length] as Session

/** A browser that looks at one lock. */
function look(path: string) {
  const ensemble = new Ensemble({
    id: 'test',
    connect: { connect: sandbox.connect, sessionTimeoutMs: 10_000 },
    evidence: { adminServers: new Map(), fourLetterWords: false },
    log: () => undefined,
  })
  open.push(ensemble)
  const told: LockView[] = []
  const subscription = ensemble.mirror.subscribe(() => undefined)
  ensemble.locks.listen({ subscription, lock: (view) => told.push(view), locks: () => undefined })
  const viewer = { subscription, tab: 'a' }
  const view = (from = 0, count = 200) => ensemble.locks.view(path, from, count, viewer)
  return { ensemble, told, viewer, view, last: () => told.at(-1) }
}

/** As Curator's InterProcessMutex does it. */
async function enqueue(session: Session, directory: string): Promise<string> {
  const { path } = await session.create(
    joinPath(directory, `_c_${crypto.randomUUID()}-lock-`),
    Buffer.from('10.0.0.1'),
    {
      mode: 'ephemeral-sequential',
    },
  )
  return path.slice(directory.length + 1)
}

const namesOf = (view: LockView | undefined, state: string) =>
  view?.contenders.filter((contender) => contender.state === state).map(({ name }) => name)

test('a lock is told with its holder and its queue, and each hand-off at once', async () => {
  const path = '/locks/mutex'
  await client(0).create(path, null)
  const queue = [await enqueue(client(0), path), await enqueue(client(1), path), await enqueue(client(2), path)]
  const page = look(path)
  const first = await page.view()
  expect(first).toMatchObject({ exists: true, kind: 'mutex', total: 3, holding: 1, waiting: 2, permits: 1 })
  expect(first.contenders.map(({ name }) => name)).toEqual(queue)
  await vi.waitFor(() => expect(page.last()?.settled).toBe(true), soon)
  const settled = page.last()?.contenders[0]
  expect(settled?.session).toBe(toHex(client(0).info.sessionId))
  expect(settled?.claims).toBe('10.0.0.1')
  // Nobody looked when it got the lock.
  expect(settled?.heldSince).toBeNull()

  const before = Date.now()
  await client(0).delete(joinPath(path, queue[0] as string), -1)
  await vi.waitFor(() => expect(namesOf(page.last(), 'holds')).toEqual([queue[1]]), soon)
  const holder = page.last()?.contenders[0]
  expect(holder?.heldSince).toBeGreaterThanOrEqual(before)
  expect(holder?.heldSince).toBeLessThanOrEqual(Date.now())
  expect(page.told.map(({ revision }) => revision)).toEqual(
    [...new Set(page.told.map(({ revision }) => revision))].sort((one, other) => one - other),
  )

  const latecomer = await enqueue(client(3), path)
  await vi.waitFor(() => expect(namesOf(page.last(), 'waits')).toEqual([queue[2], latecomer]), soon)
  await vi.waitFor(() => expect(page.last()?.figures.nextSequence).toBe(4), soon)
})

test('hand-offs that are faster than anybody looks are all recorded, in their order', async () => {
  const path = '/locks/fast'
  await client(0).create(path, null)
  const page = look(path)
  await enqueue(client(0), path)
  await page.view()
  const queue: string[] = []
  for (let i = 0; i < 60; i++) queue.push(await enqueue(client(i), path))
  await vi.waitFor(() => expect(page.last()?.total).toBe(61), soon)
  const first = page.last()?.contenders[0]?.name as string
  const all = [first, ...queue]
  // All of them on their way at once: the server applies them in this order.
  await Promise.all(all.map((name, index) => client(name === first ? 0 : index - 1).delete(joinPath(path, name), -1)))
  await vi.waitFor(() => expect(page.last()?.total).toBe(0), soon)
  const { turns, gaps } = await page.ensemble.locks.history(path)
  expect(turns.map(({ name }) => name).sort()).toEqual([...all].sort())
  expect(gaps).toEqual([])
  for (const { queuedAt, heldAt, endedAt, name } of turns) {
    if (endedAt === null) throw new Error('still there')
    if (name === first) continue
    expect(queuedAt).not.toBeNull()
    if (heldAt !== null) expect(heldAt).toBeLessThanOrEqual(endedAt)
  }
  // Whoever went last had nobody left before him.
  expect(turns.at(-1)?.heldAt).not.toBeNull()
})

test('who comes and goes between two looks is recorded too, and a lock that does not exist yet is waited for', async () => {
  const path = '/locks/later'
  const page = look(path)
  expect(await page.view()).toMatchObject({ exists: false, total: 0, kind: 'none' })
  await client(0).create(path, null)
  const name = await enqueue(client(1), path)
  await vi.waitFor(() => expect(namesOf(page.last(), 'holds')).toEqual([name]), soon)
  expect(page.last()?.contenders[0]?.heldSince).not.toBeNull()
  await client(1).delete(joinPath(path, name), -1)
  await client(0).delete(path, -1)
  await vi.waitFor(() => expect(page.last()).toMatchObject({ exists: false, total: 0 }), soon)
  const { turns } = await page.ensemble.locks.history(path)
  expect(turns).toHaveLength(1)
  expect(turns[0]?.heldAt).toBe(turns[0]?.queuedAt)
  expect(turns[0]?.session).toBe(toHex(client(1).info.sessionId))
})

test('ten thousand waiters: the head comes first, the rest page by page', async () => {
  const path = '/locks/long'
  await client(0).create(path, null)
  const count = 10_000
  for (let made = 0; made < count; made += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, index) => enqueue(client(index), path)))
  }
  const page = look(path)
  const first = await page.view()
  expect(first).toMatchObject({ total: count, holding: 1, waiting: count - 1, from: 0 })
  expect(first.contenders).toHaveLength(200)
  expect((await page.view(9_900, 500)).contenders).toHaveLength(100)
  await vi.waitFor(() => expect(page.last()?.settled).toBe(true), { timeout: 45_000, interval: 100 })
  const last = await page.view(9_999, 1)
  expect(last.contenders[0]?.session).not.toBeNull()
  expect(Math.max(...page.told.map((view) => JSON.stringify(view).length))).toBeLessThanOrEqual(200_000)
})
