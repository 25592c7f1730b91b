import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import type { ConnectionStatus, DirectoryDelta, Gap, NodeChange } from '@/lib/live/protocol'
import { toHex } from '@/lib/znode/stat'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { Ensemble } from './ensemble'
import { readChildren, readNode, readStats } from './reads'
import { createPersistent, deleteNode, writeData } from './writes'

let sandbox: SandboxEnsemble
let ensemble: Ensemble
let writer: Session | null = null

beforeAll(async () => {
  sandbox = await startEnsemble({
    servers: 3,
    settings: { localSessionsEnabled: 'true', localSessionsUpgradingEnabled: 'true' },
    jvmFlags: ['-Dreadonlymode.enabled=true'],
  })
  ensemble = new Ensemble({
    id: 'test',
    connect: { connect: sandbox.connect, sessionTimeoutMs: 10_000 },
    log: () => undefined,
  })
})
afterAll(async () => {
  await ensemble?.close()
  await writer?.close()
  await sandbox?.stop()
})

const page = { path: '/folder', from: 0, count: 100, sort: 'name' as const, filter: '' }
const becomes = (status: ConnectionStatus, timeout: number) =>
  vi.waitFor(() => expect(ensemble.connection()).toMatchObject({ status, syncing: false }), { timeout, interval: 20 })

test('without a quorum what is shown can still be read, nothing is written, and both ways everything is compared', async () => {
  await createPersistent(ensemble, '/folder', null)
  const { stat: created } = await createPersistent(ensemble, '/folder/a', Buffer.from('0'))
  const gaps: Omit<Gap, 'type' | 'cluster'>[] = []
  const statuses: ConnectionStatus[] = []
  const directories: DirectoryDelta[] = []
  const nodes: NodeChange[] = []
  ensemble.onGap((gap) => gaps.push(gap))
  ensemble.onConnection(({ status }) => statuses.push(status))
  const subscription = ensemble.mirror.subscribe((changes) => {
    directories.push(...changes.directories)
    nodes.push(...changes.nodes)
  })
  const viewer = { subscription, tab: 'a' }
  await readChildren(ensemble, page, viewer)
  await readStats(ensemble, '/folder', ['a'], viewer)
  const stat = await writeData(ensemble, '/folder/a', Buffer.from('1'), created)
  const seen = stat
  const toldOf = (mzxid: bigint) =>
    vi.waitFor(() => expect(nodes.map(({ zxid }) => zxid)).toContain(toHex(mzxid)), { timeout: 5000 })
  await toldOf(stat.mzxid)
  nodes.length = 0
  directories.length = 0

  const left = ensemble.connection().server
  const others = sandbox.servers.filter((server) => server.connect !== left)
  expect(others).toHaveLength(2)
  await Promise.all(others.map((server) => server.kill()))
  await becomes('read-only', 20_000)
  expect(ensemble.connection()).toMatchObject({ server: left, cause: null })
  await vi.waitFor(() => expect(gaps).toMatchObject([{ directories: 1 }]))
  expect((await readNode(ensemble, '/folder/a', viewer)).data?.toString()).toBe('1')
  expect((await readChildren(ensemble, page, viewer)).names).toEqual(['a'])
  expect(await readStats(ensemble, '/folder', ['a'], viewer)).toEqual([stat])
  await expect(writeData(ensemble, '/folder/a', null, seen)).rejects.toMatchObject({ code: 'NotReadOnly', zkCode: 0 })
  await expect(deleteNode(ensemble, '/folder/a', seen)).rejects.toMatchObject({ code: 'NotReadOnly', zkCode: 0 })
  await expect(createPersistent(ensemble, '/folder/b', null)).rejects.toMatchObject({ code: 'NotReadOnly', zkCode: 0 })

  for (const server of others) server.launch()
  await becomes('connected', 30_000)
  await vi.waitFor(() => expect(gaps).toMatchObject([{ directories: 1 }, { directories: 1 }]))
  expect(statuses.at(-1)).toBe('connected')
  // Nothing has changed meanwhile, so nothing may be told.
  expect([directories, nodes.filter(({ count }) => count > 0)]).toEqual([[], []])
  const later = await writeData(ensemble, '/folder/a', Buffer.from('2'), seen)
  writer = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
  await writer.create('/folder/b', null, { timeoutMs: 20_000 })
  await vi.waitFor(() => expect(directories.at(-1)?.created).toEqual(['b']), { timeout: 5000 })
  await toldOf(later.mzxid)
})
