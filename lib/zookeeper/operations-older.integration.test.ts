import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { OPEN_ACL } from '@/lib/znode/acl'
import { connect } from './connect'
import { isZooKeeperError } from './errors'
import type { Session } from './session'
import type { CreateOptions } from './session-operations'

/** A condition that comes at once on an idle machine. */
const PATIENT = { timeout: 20_000 } as const
const TTL = { mode: 'ttl', ttlMs: 60_000 } as const

/** What came after 3.4, by the release that brought it. */
const NEWER: readonly { readonly name: string; readonly since: string; readonly ask: (session: Session) => unknown }[] =
  [
    { name: 'getConfig', since: '3.5.0', ask: (session) => session.getConfig() },
    { name: 'checkWatches', since: '3.5.0', ask: (session) => session.checkWatches('/', 'any') },
    { name: 'removeWatches', since: '3.5.0', ask: (session) => session.removeWatches('/', 'data') },
    {
      name: 'reconfig',
      since: '3.5.0',
      ask: (session) => session.reconfig({ joining: [], leaving: [], fromVersion: -1n }).catch(butNotDisabled),
    },
    { name: 'containers', since: '3.5.1', ask: (session) => session.create('/container', null, { mode: 'container' }) },
    {
      name: 'containers in a multi',
      since: '3.5.1',
      ask: (session) =>
        session.multi([
          { type: 'create', path: '/multi', data: null },
          { type: 'create', path: '/multi/container', data: null, mode: 'container' },
        ]),
    },
    { name: 'TTL znodes', since: '3.5.3', ask: (session) => session.create('/ttl', null, TTL) },
    {
      name: 'TTL znodes in a multi',
      since: '3.5.3',
      ask: (session) => session.multi([{ type: 'create', path: '/multi-ttl', data: null, ...TTL }]),
    },
    { name: 'multiRead', since: '3.6.0', ask: (session) => session.multiRead([{ type: 'getData', path: '/' }]) },
    { name: 'getEphemerals', since: '3.6.0', ask: (session) => session.getEphemerals('/') },
    { name: 'getAllChildrenNumber', since: '3.6.0', ask: (session) => session.countDescendantsByFullScan('/') },
    { name: 'whoAmI', since: '3.7.0', ask: (session) => session.whoAmI() },
    { name: 'kinds of persistent watches', since: '3.9.0', ask: (session) => session.checkWatches('/', 'persistent') },
  ]

/** As it is by default: a server that says so knows the operation. */
function butNotDisabled(error: unknown): void {
  if (!isZooKeeperError(error) || error.code !== 'ReconfigDisabled') throw error
}

function isBefore(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) < 0
}

describe.each(['3.4.14', '3.5.10', '3.6.4'])('ZooKeeper %s', (version) => {
  let ensemble: SandboxEnsemble
  const sessions: Session[] = []

  beforeAll(async () => {
    ensemble = await startEnsemble({ servers: 1, version })
  })
  afterAll(() => ensemble?.stop())
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()))
  })

  async function open(): Promise<Session> {
    const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000 })
    sessions.push(session)
    await vi.waitFor(() => expect(session.info.features?.version).toBe(version), PATIENT)
    return session
  }

  it.each(NEWER)('$name: works from $since on, and is refused unsent before', async ({ since, ask }) => {
    const session = await open()
    if (isBefore(version, since)) {
      const message = expect.stringContaining(`needs ZooKeeper ${since} or newer, and it runs ${version}`)
      const refused = { code: 'Unimplemented', needsVersion: since, outcomeUnknown: false, message }
      await expect(ask(session)).rejects.toMatchObject(refused)
    } else {
      await ask(session)
    }
    // A request that the server does not know would have cost the session.
    expect(await session.exists('/')).not.toBeNull()
    expect(session.info).toMatchObject({ status: 'connected', connections: 1 })
  })

  it('creates what every ZooKeeper knows, with a stat from 3.5 on', async () => {
    const session = await open()
    const data = Buffer.from('data')
    const modes: CreateOptions[] = [
      { mode: 'persistent' },
      { mode: 'ephemeral' },
      { mode: 'persistent-sequential' },
      { mode: 'ephemeral-sequential' },
    ]
    for (const { mode = 'persistent' } of modes) {
      const root = `/${mode}`
      await session.create(root, null)
      const created = await session.create(`${root}/n`, data, { mode } as CreateOptions)
      const found = await session.getData(created.path)
      expect(found.data).toEqual(data)
      expect(created.stat).toEqual(version === '3.4.14' ? null : found.stat)
      expect(found.stat.ephemeralOwner).toBe(mode.startsWith('ephemeral') ? session.info.sessionId : 0n)
    }
    const results = await session.multi([
      { type: 'create', path: '/m', data: null },
      { type: 'create', path: '/m/s-', data, mode: 'persistent-sequential', acl: OPEN_ACL },
      { type: 'set', path: '/m', data, version: 0 },
      { type: 'check', path: '/m', version: 1 },
      { type: 'delete', path: '/m/s-0000000000', version: 0 },
    ])
    expect(results).toHaveLength(5)
    // ZOOKEEPER-4026: older servers take create2 in a multi for create.
    expect(results[1]).toEqual({ type: 'create', path: '/m/s-0000000000', stat: null })
    expect(results[2]).toEqual({ type: 'set', stat: expect.objectContaining({ version: 1, dataLength: 4 }) })
  })

  if (version !== '3.4.14') {
    it('finds and removes one-shot watches by their kind', async () => {
      const [session, writer] = [await open(), await open()]
      const { path } = await writer.create('/watched-', null, { mode: 'persistent-sequential' })
      await session.oneShot.exists(path)
      await session.oneShot.getChildren(path)
      expect(session.info.load.watches).toBe(2)
      const kinds = ['data', 'children', 'any'] as const
      const held = () => Promise.all(kinds.map((kind) => session.checkWatches(path, kind)))
      expect(await held()).toEqual([true, true, true])
      expect(await session.removeWatches(path, 'data')).toBe(true)
      expect(session.oneShot.has(path, 'data')).toBe(false)
      expect(await session.checkWatches(path, 'children')).toBe(true)
      expect(await session.removeWatches(path, 'any')).toBe(true)
      expect(await held()).toEqual([false, false, false])
      expect(session.info.load.watches).toBe(0)
    })
  }

  it('checks, sets ACLs and tells of each operation of a multi', async () => {
    const session = await open()
    const { path } = await session.create('/checked-', null, { mode: 'persistent-sequential' })
    await session.sync(path)
    await session.check(path, 0)
    await expect(session.check(path, 1)).rejects.toMatchObject({ code: 'BadVersion', path })
    expect((await session.setAcl(path, OPEN_ACL, 0)).aversion).toBe(1)
    await expect(session.setAcl(path, OPEN_ACL, 0)).rejects.toMatchObject({ code: 'BadVersion', path })
    const failing = session.multi([
      { type: 'create', path: `${path}/a`, data: null },
      { type: 'delete', path, version: 1 },
      { type: 'check', path, version: 0 },
    ])
    await expect(failing).rejects.toMatchObject({
      code: 'BadVersion',
      failedOperation: 1,
      fates: [{ outcome: 'passed' }, { outcome: 'failed', code: 'BadVersion' }, { outcome: 'not-tried' }],
    })
    expect((await session.getChildren(path)).names).toEqual([])
  })
})
