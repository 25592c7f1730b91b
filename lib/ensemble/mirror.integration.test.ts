import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import type { DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { Ensemble } from './ensemble'
import { readChildren, readNode, readStats } from './reads'
import { createPersistent, deleteNode, writeData } from './writes'

let sandbox: SandboxEnsemble
let other: Session
const open: Ensemble[] = []

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((ensemble) => ensemble.close()))
})
afterAll(async () => {
  await other?.close()
  await sandbox?.stop()
})

function newEnsemble(): Ensemble {
  const options = { connect: sandbox.connect, sessionTimeoutMs: 10_000 }
  const ensemble = new Ensemble({ id: 'test', connect: options, log: () => undefined })
  open.push(ensemble)
  return ensemble
}

/** A browser that keeps everything it is told. */
function watch(ensemble: Ensemble) {
  const directories: DirectoryDelta[] = []
  const nodes: NodeChange[] = []
  const below = new Map<string, number>()
  const subscription = ensemble.mirror.subscribe((changes) => {
    directories.push(...changes.directories)
    nodes.push(...changes.nodes)
    for (const [path, count] of Object.entries(changes.below)) below.set(path, (below.get(path) ?? 0) + count)
  })
  return { directories, nodes, below, viewer: { subscription, tab: 'a' } }
}

const page = (path: string) => ({ path, from: 0, count: 1000, sort: 'name' as const, filter: '' })
const soon = { timeout: 15_000, interval: 20 }

test('a shown directory follows creates, changes and deletes of another client', async () => {
  await other.create('/follow', null)
  await other.create('/follow/b', Buffer.from('1'))
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  expect((await readChildren(ensemble, page('/follow'), seen.viewer)).names).toEqual(['b'])
  await readStats(ensemble, '/follow', ['b'], seen.viewer)

  await other.create('/follow/a', null)
  const changed = await other.setData('/follow/b', Buffer.from('22'), 0)
  await vi.waitFor(async () => {
    expect((await readChildren(ensemble, page('/follow'), null)).names).toEqual(['a', 'b'])
    expect(seen.nodes.find((change) => change.path === '/follow/a')?.kind).toBe('created')
    // The stat of a row that is on the screen comes along, read after the change.
    expect(seen.nodes.findLast((change) => change.path === '/follow/b')?.stat?.dataLength).toBe(2)
  }, soon)
  expect(seen.nodes.find((change) => change.path === '/follow/b')?.zxid).toBe(`0x${changed.mzxid.toString(16)}`)

  await other.delete('/follow/a', -1)
  await vi.waitFor(() => expect(seen.directories.at(-1)?.deleted).toEqual(['a']), soon)
  expect(seen.directories.at(-1)?.total).toBe(1)
})

test('a change below a closed folder is counted at its row, and a closed directory is no longer told', async () => {
  await other.create('/below', null)
  await other.create('/below/folder', null)
  await other.create('/below/folder/deep', null)
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  await readChildren(ensemble, page('/below'), seen.viewer)
  await other.setData('/below/folder/deep', Buffer.from('x'), 0)
  await vi.waitFor(() => expect(seen.below.get('/below/folder')).toBe(1), soon)

  seen.viewer.subscription.release('/below', 'directory', 'a')
  await other.setData('/below/folder', Buffer.from('x'), 0)
  const witness = watch(ensemble)
  await readChildren(ensemble, page('/below'), witness.viewer)
  await other.setData('/below/folder', Buffer.from('y'), 1)
  await vi.waitFor(() => expect(witness.nodes.length).toBeGreaterThan(0), soon)
  expect(seen.nodes).toEqual([])
})

test('a node that is made anew in the place of another is told apart by its czxid', async () => {
  const ensemble = newEnsemble()
  const first = await createPersistent(ensemble, '/again', Buffer.from('1'))
  await other.delete('/again', 0)
  await other.create('/again', Buffer.from('1'))
  const seen = first.stat
  await expect(writeData(ensemble, '/again', Buffer.from('2'), seen)).rejects.toMatchObject({ code: 'Recreated' })
  await expect(deleteNode(ensemble, '/again', seen)).rejects.toMatchObject({ code: 'Recreated' })
  expect((await readNode(ensemble, '/again', null)).data?.toString()).toBe('1')
})

test('a write for an older version changes nothing', async () => {
  const ensemble = newEnsemble()
  const { stat } = await createPersistent(ensemble, '/versions', Buffer.from('base'))
  await other.setData('/versions', Buffer.from('theirs'), 0)
  const mine = writeData(ensemble, '/versions', Buffer.from('mine'), stat)
  await expect(mine).rejects.toMatchObject({ code: 'BadVersion' })
  expect((await readNode(ensemble, '/versions', null)).data?.toString()).toBe('theirs')
})

test('a write for the same version of another past changes nothing', async () => {
  const ensemble = newEnsemble()
  const { stat } = await createPersistent(ensemble, '/pasts', Buffer.from('base'))
  // As after a restore from an older snapshot: the same znode and the same version, made by another transaction.
  const seen = { ...stat, mzxid: stat.mzxid + 7n }
  await expect(writeData(ensemble, '/pasts', Buffer.from('mine'), seen)).rejects.toMatchObject({ code: 'BadVersion' })
  await expect(deleteNode(ensemble, '/pasts', seen)).rejects.toMatchObject({ code: 'BadVersion' })
  expect((await readNode(ensemble, '/pasts', null)).data?.toString()).toBe('base')
})

test('what changed while the connection was down is found by comparing, and said to be a gap', async () => {
  await other.create('/gap', null)
  for (const name of ['changed', 'deleted', 'remade', 'same']) await other.create(`/gap/${name}`, Buffer.from('1'))
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  const gaps: unknown[] = []
  ensemble.onGap((gap) => gaps.push(gap))
  await readChildren(ensemble, page('/gap'), seen.viewer)
  await readStats(ensemble, '/gap', ['changed', 'deleted', 'remade', 'same'], seen.viewer)

  // Our server stands still; another client goes on writing through the others.
  const server = sandbox.servers.find(({ connect }) => connect === ensemble.connection().server)
  await server?.pause()
  const writer = connect({
    connect: sandbox.servers
      .filter((candidate) => candidate !== server)
      .map(({ connect }) => connect)
      .join(','),
    sessionTimeoutMs: 10_000,
  })
  await writer.setData('/gap/changed', Buffer.from('2'), 0)
  await writer.delete('/gap/deleted', 0)
  await writer.delete('/gap/remade', 0)
  await writer.create('/gap/remade', Buffer.from('1'))
  await writer.create('/gap/new', null)
  await vi.waitFor(() => expect(gaps.length).toBeGreaterThan(0), { timeout: 30_000, interval: 50 })
  await vi.waitFor(async () => {
    const kinds = new Map(seen.nodes.filter(({ count }) => count > 0).map(({ path, kind }) => [path, kind]))
    expect(Object.fromEntries(kinds)).toEqual({
      '/gap/changed': 'changed',
      '/gap/deleted': 'deleted',
      '/gap/remade': 'recreated',
      '/gap/new': 'created',
    })
    expect((await readChildren(ensemble, page('/gap'), null)).names).toEqual(['changed', 'new', 'remade', 'same'])
  }, soon)
  await server?.resume()
  await writer.close()
})

test('an expired session is replaced, and what is shown is compared through the new one', async () => {
  await other.create('/expiry', null)
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  await readChildren(ensemble, page('/expiry'), seen.viewer)
  const before = ensemble.connection().sessionId
  await sandbox.expireSession(ensemble.sessions.live().info.sessionId)
  await other.create('/expiry/meanwhile', null)
  await vi.waitFor(() => {
    expect(ensemble.connection().status).toBe('connected')
    expect(ensemble.connection().sessionId).not.toBe(before)
    expect(seen.directories.at(-1)?.created).toEqual(['meanwhile'])
  }, soon)
  await other.create('/expiry/later', null)
  await vi.waitFor(() => expect(seen.directories.at(-1)?.total).toBe(2), soon)
})

test('the root is compared like any znode when somebody looks at its data and its children', async () => {
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  await readChildren(ensemble, page('/'), seen.viewer)
  await readNode(ensemble, '/', seen.viewer)
  const gaps: unknown[] = []
  ensemble.onGap((gap) => gaps.push(gap))
  await sandbox.expireSession(ensemble.sessions.live().info.sessionId)
  await vi.waitFor(() => expect(gaps.length).toBe(1), soon)
  expect(ensemble.connection().syncing).toBe(false)
})

test('another ACL, of which no event tells, is found by the audit', async () => {
  await other.create('/acl', null)
  await other.create('/acl/row', null)
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  await readChildren(ensemble, page('/acl'), seen.viewer)
  await readStats(ensemble, '/acl', ['row'], seen.viewer)
  await other.setAcl('/acl/row', [{ scheme: 'world', id: 'anyone', permissions: 1 }], 0)
  await ensemble.mirror.audit()
  await vi.waitFor(() => expect(seen.nodes.at(-1)?.stat?.aversion).toBe(1), soon)
  expect(seen.nodes.at(-1)).toMatchObject({ path: '/acl/row', count: 0 })
})

test('what servers keep back of znodes that we may not read is found by the audit', async () => {
  await other.create('/audited', null)
  const ensemble = newEnsemble()
  const seen = watch(ensemble)
  expect((await readChildren(ensemble, page('/audited'), seen.viewer)).total).toBe(0)
  const secret = [{ scheme: 'digest', id: 'nobody:x', permissions: 31 }]
  await other.create('/audited/secret', null, { acl: secret })
  await other.create('/audited/witness', null)
  await vi.waitFor(() => expect(seen.directories.at(-1)?.created).toEqual(['witness']), soon)
  expect(await ensemble.mirror.audit()).toBe(1)
  await vi.waitFor(() => expect(seen.directories.at(-1)?.created).toEqual(['secret']), soon)
  expect((await readChildren(ensemble, page('/audited'), null)).names).toEqual(['secret', 'witness'])
  expect(await ensemble.mirror.audit()).toBe(0)
})
