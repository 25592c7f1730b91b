import { afterEach, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type BreakableLink, startBreakableLink } from '@/lib/zookeeper/testing/breakable-link'
import { Ensemble } from './ensemble'
import { readChildren, readNode, readStats } from './reads'

/** Snapshot and restore over AdminServer came with 3.9.0. Its root wants somebody who may do everything to "/". */
const ADMIN = { scheme: 'digest', id: 'admin:secret' }
const VERSION = '3.9.6'
const page = (path: string) => ({ path, from: 0, count: 100, sort: 'name' as const, filter: '' })

let sandbox: SandboxEnsemble
let other: Session
let ensemble: Ensemble
let link: BreakableLink

afterEach(async () => {
  await ensemble?.close()
  await other?.close()
  await link?.close()
  await sandbox?.stop()
})

async function start(options: { readonly idleMs?: number } = {}) {
  sandbox = await startEnsemble({
    servers: 1,
    version: VERSION,
    settings: { 'admin.rateLimiterIntervalInMS': '0', serializeLastProcessedZxid: 'true' },
    jvmFlags: ['-Dzookeeper.admin.rateLimiterIntervalInMS=0', '-Dzookeeper.serializeLastProcessedZxid.enabled=true'],
  })
  other = connect({ connect: sandbox.connect })
  link = await startBreakableLink(sandbox.servers[0]?.clientPort ?? 0)
  ensemble = new Ensemble({ id: 'test', connect: { connect: link.connect }, log: () => undefined, ...options })
}

const admin = (command: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${sandbox.servers[0]?.adminPort}/commands/${command}`, {
    ...init,
    headers: { Authorization: `${ADMIN.scheme} ${ADMIN.id}`, 'Content-Type': 'application/octet-stream' },
  })

async function snapshot(): Promise<Buffer> {
  const answer = await admin('snapshot?streaming=true')
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

async function restore(bytes: Buffer): Promise<void> {
  const answer = await admin('restore', { method: 'POST', body: new Uint8Array(bytes) })
  expect(answer.status, await answer.text()).toBe(200)
}

/** A browser that looks at the folder and has its child "a" open. */
async function look(path: string) {
  const told: string[] = []
  const subscription = ensemble.mirror.subscribe(({ nodes, directories }) => {
    for (const { path: at, kind, count } of nodes) if (count > 0) told.push(`${kind} ${at}`)
    for (const { created } of directories) for (const name of created) told.push(`listed ${name}`)
  })
  const viewer = { subscription, tab: 'a' }
  await readChildren(ensemble, page(path), viewer)
  await readStats(ensemble, path, ['a'], viewer)
  await readNode(ensemble, `${path}/a`, viewer)
  return told
}

/** Somebody looks, and what they see then changes. Resolves with a snapshot of before it did. */
async function showWhatIsLost(change: () => Promise<unknown>): Promise<Buffer> {
  await other.create('/shown', null)
  await other.create('/shown/a', Buffer.from('old'))
  const told = await look('/shown')
  const before = await snapshot()
  await change()
  await vi.waitFor(
    () => {
      expect(told).not.toEqual([])
      // That it has changed is told before it has been read again.
      expect(ensemble.mirror.knownStat('/shown/a')).toBeDefined()
    },
    { timeout: 10_000, interval: 20 },
  )
  // It would find out as well, and the end of its session is a write.
  await other.close()
  return before
}

async function expectNothingOfWhatIsLost() {
  await vi.waitFor(() => expect(ensemble.connection().status).toBe('connected'), { timeout: 10_000, interval: 20 })
  expect((await readChildren(ensemble, page('/shown'), null)).names).toEqual(['a'])
  expect((await readNode(ensemble, '/shown/a', null)).data?.toString()).toBe('old')
}

const changeNode = () => other.setData('/shown/a', Buffer.from('newer'), 0)
const changeList = () => other.create('/shown/later', null)

test('a restore to an earlier snapshot under an open session is told by the next ping', async () => {
  await start()
  const before = await showWhatIsLost(changeNode)
  const { zxid, sessionId } = ensemble.connection()
  await restore(before)
  await vi.waitFor(() => expect(ensemble.connection().rolledBack).not.toBeNull(), { timeout: 20_000, interval: 20 })
  const { from, to, path } = ensemble.connection().rolledBack ?? { from: '', to: '' }
  expect([BigInt(from) >= BigInt(zxid), BigInt(to) < BigInt(zxid), path]).toEqual([true, true, undefined])
  await expectNothingOfWhatIsLost()
  expect(ensemble.connection().sessionId).not.toBe(sessionId)
}, 90_000)

const audit = (): Promise<number> => ensemble.mirror.audit()
/** Audits come every half minute, or as often as the ensemble looks whether anybody is there. */
const wait = async (): Promise<number> => 0

test.each([
  ['on its timer, by a znode that is older than it was', changeNode, '/shown/a', 8_000, wait],
  ['by a list that is older than it was', changeList, '/shown', 300_000, audit],
])(
  'a restore that a write hides from the next ping is told by the audit %s',
  async (_, change, path, idleMs, find) => {
    await start({ idleMs })
    const before = await showWhatIsLost(change)
    const { sessionId } = ensemble.connection()
    const seen = ensemble.sessions.live().info.lastZxid
    // A ping that would tell is lost on its way, until a write has made the server count on from where it was.
    link.blackHole = true
    await restore(before)
    other = connect({ connect: sandbox.connect })
    await other.create('/next', null)
    expect(other.info.lastZxid).toBeGreaterThan(seen)
    link.blackHole = false
    expect(ensemble.connection()).toMatchObject({ sessionId, rolledBack: null })
    await find()
    await vi.waitFor(() => expect(ensemble.connection().rolledBack).not.toBeNull(), { timeout: 30_000, interval: 20 })
    const { rolledBack } = ensemble.connection()
    expect(rolledBack).toMatchObject({ path })
    expect(BigInt(rolledBack?.to ?? 0)).toBeLessThan(BigInt(rolledBack?.from ?? 0))
    await expectNothingOfWhatIsLost()
  },
  90_000,
)

test('a restore to a higher zxid takes our watch without a word: the audit finds it and what changed', async () => {
  await start()
  await other.create('/shown', null)
  await other.create('/shown/a', Buffer.from('1'))
  const told = await look('/shown')
  const { sessionId } = ensemble.connection()
  // As if the events had not been sent: the database that knows of them takes the place of ours.
  link.blackHole = true
  await other.setData('/shown/a', Buffer.from('22'), 0)
  await other.create('/shown/b', null)
  await restore(await snapshot())
  link.blackHole = false
  expect(told).toEqual([])
  expect(await ensemble.mirror.audit()).toBeGreaterThan(0)
  await vi.waitFor(() => expect(told).toEqual(expect.arrayContaining(['changed /shown/a', 'listed b'])), {
    timeout: 10_000,
    interval: 20,
  })
  // The same session on the same connection, and a watch that works again.
  expect(ensemble.connection()).toMatchObject({ sessionId, rolledBack: null })
  expect(ensemble.sessions.live().info.connections).toBe(1)
  await other.create('/shown/c', null)
  await vi.waitFor(() => expect(told).toContain('listed c'), { timeout: 10_000, interval: 20 })
  expect(await ensemble.mirror.audit()).toBe(0)
}, 90_000)
