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

async function start() {
  sandbox = await startEnsemble({
    servers: 1,
    version: VERSION,
    settings: { 'admin.rateLimiterIntervalInMS': '0', serializeLastProcessedZxid: 'true' },
    jvmFlags: ['-Dzookeeper.admin.rateLimiterIntervalInMS=0', '-Dzookeeper.serializeLastProcessedZxid.enabled=true'],
  })
  other = connect({ connect: sandbox.connect })
  link = await startBreakableLink(sandbox.servers[0]?.clientPort ?? 0)
  ensemble = new Ensemble({ id: 'test', connect: { connect: link.connect }, log: () => undefined })
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

test('a restore to an earlier snapshot under an open session: the audit finds it, and nothing newer is shown', async () => {
  await start()
  await other.create('/shown', null)
  await other.create('/shown/a', Buffer.from('old'))
  await look('/shown')
  const before = await snapshot()
  await other.setData('/shown/a', Buffer.from('newer'), 0)
  await other.create('/shown/later', null)
  await vi.waitFor(
    async () => expect((await readChildren(ensemble, page('/shown'), null)).names).toEqual(['a', 'later']),
    { timeout: 10_000, interval: 20 },
  )
  await restore(before)
  // It takes a moment until the server answers again; a rollback that its zxid shows is found before the audit.
  await vi.waitFor(
    async () => {
      await ensemble.mirror.audit()
      expect((await readChildren(ensemble, page('/shown'), null)).names).toEqual(['a'])
    },
    { timeout: 40_000, interval: 100 },
  )
  expect((await readNode(ensemble, '/shown/a', null)).data?.toString()).toBe('old')
  expect(ensemble.connection()).toMatchObject({ status: 'connected' })
}, 90_000)

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
