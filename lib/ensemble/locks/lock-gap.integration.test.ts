import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { Ensemble } from '@/lib/ensemble/ensemble'
import type { LockView } from '@/lib/queries/lock-responses'
import { fromHex } from '@/lib/znode/stat'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type BreakableLink, startBreakableLink } from '@/lib/zookeeper/testing/breakable-link'

const soon = { timeout: 30_000, interval: 50 }

// Servers before 3.6 tell only that a list has changed.
describe.each([undefined, '3.5.10'])('servers of version %s', (version) => {
  let sandbox: SandboxEnsemble
  let other: Session
  let link: BreakableLink
  const open: Ensemble[] = []

  beforeAll(async () => {
    sandbox = await startEnsemble({ servers: 1, ...(version === undefined ? {} : { version }) })
    other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
    link = await startBreakableLink(sandbox.servers[0]?.clientPort ?? 0)
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((ensemble) => ensemble.close()))
  })
  afterAll(async () => {
    await other?.close()
    await link?.close()
    await sandbox?.stop()
  })

  async function look(path: string) {
    const ensemble = new Ensemble({
      id: 'test',
      connect: { connect: link.connect, sessionTimeoutMs: 10_000 },
      evidence: { adminServers: new Map(), fourLetterWords: false },
      log: () => undefined,
    })
    open.push(ensemble)
    const told: LockView[] = []
    const subscription = ensemble.mirror.subscribe(() => undefined)
    ensemble.locks.listen({ subscription, lock: (view) => told.push(view), locks: () => undefined })
    await ensemble.locks.view(path, 0, 200, { subscription, tab: 'a' })
    const holder = () => told.at(-1)?.contenders.find(({ state }) => state === 'holds')
    return { ensemble, told, holder, last: () => told.at(-1) }
  }

  async function enqueue(path: string): Promise<string> {
    const name = `${path}/_c_${crypto.randomUUID()}-lock-`
    return (await other.create(name, null, { mode: 'ephemeral-sequential' })).path
  }

  test('every change of a lock is told', async () => {
    const path = '/told'
    await other.create(path, null)
    const first = await enqueue(path)
    const page = await look(path)
    const second = await enqueue(path)
    await vi.waitFor(() => expect(page.last()).toMatchObject({ total: 2, waiting: 1 }), soon)
    await other.delete(first, -1)
    await vi.waitFor(() => expect(page.holder()?.path).toBe(second), soon)
    await vi.waitFor(() => expect(page.holder()?.session).not.toBeNull(), soon)
    expect(page.holder()?.heldSince).not.toBeNull()
  })

  test('what happened while the link was broken is found, and the gap is kept', async () => {
    const path = '/broken'
    await other.create(path, null)
    const first = await enqueue(path)
    const second = await enqueue(path)
    const page = await look(path)
    link.blackHole = true
    link.cut()
    await vi.waitFor(() => expect(page.ensemble.connection().status).not.toBe('connected'), soon)
    await other.delete(first, -1)
    link.blackHole = false
    link.cut()
    await vi.waitFor(() => expect(page.holder()?.path).toBe(second), soon)
    // Nobody saw when it got it.
    expect(page.holder()?.heldSince).toBeNull()
    const { gaps, turns } = await page.ensemble.locks.history(path)
    expect(gaps).toHaveLength(1)
    expect(turns.filter(({ endedAt }) => endedAt !== null)).toHaveLength(1)
  })

  test('a lock goes on when our own session has expired', async () => {
    const path = '/expired'
    await other.create(path, null)
    const first = await enqueue(path)
    const page = await look(path)
    await sandbox.expireSession(fromHex(page.ensemble.connection().sessionId))
    const second = await enqueue(path)
    await other.delete(first, -1)
    await vi.waitFor(() => expect(page.holder()?.path).toBe(second), soon)
    const third = await enqueue(path)
    await vi.waitFor(() => expect(page.last()?.total).toBe(2), soon)
    await other.delete(second, -1)
    await vi.waitFor(() => expect(page.holder()?.path).toBe(third), soon)
  })
})
