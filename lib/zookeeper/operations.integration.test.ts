import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { type AclEntry, OPEN_ACL, PERMISSION } from '@/lib/znode/acl'
import { connect } from './connect'
import type { ConnectOptions, Session } from './session'
import type { CreateOptions, Operation } from './session-operations'

const LONGEST_TTL_MS = 0xffffffffff

let ensemble: SandboxEnsemble
const sessions: Session[] = []

beforeAll(async () => {
  // Containers and TTL znodes are looked for every minute otherwise.
  ensemble = await startEnsemble({ servers: 1, jvmFlags: ['-Dznode.container.checkIntervalMs=200'] })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

function open(options: Partial<ConnectOptions> = {}): Session {
  const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000, ...options })
  sessions.push(session)
  return session
}

let folders = 0
async function folder(session: Session): Promise<string> {
  folders += 1
  return (await session.create(`/test-${folders}`, null)).path
}

/** A digest entry for this user, and the credentials. */
function digestEntry(credentials: string, permissions: number): AclEntry {
  const [user] = credentials.split(':')
  const hash = createHash('sha1').update(credentials).digest('base64')
  return { scheme: 'digest', id: `${user}:${hash}`, permissions }
}

const MODES: readonly (CreateOptions & { readonly mode: string; readonly name: string })[] = [
  { mode: 'persistent', name: 'n' },
  { mode: 'ephemeral', name: 'n' },
  { mode: 'container', name: 'n' },
  { mode: 'ttl', ttlMs: LONGEST_TTL_MS, name: 'n' },
  { mode: 'persistent-sequential', name: 'n0000000000' },
  { mode: 'ephemeral-sequential', name: 'n0000000000' },
  { mode: 'ttl-sequential', ttlMs: 60_000, name: 'n0000000000' },
]

describe('create', () => {
  it.each(MODES)('makes a znode that is $mode, and answers with its stat', async ({ name, ...options }) => {
    const session = open()
    const root = await folder(session)
    const created = await session.create(`${root}/n`, Buffer.from('data'), options)
    expect(created.path).toBe(`${root}/${name}`)
    expect(created.stat).toEqual(await session.exists(created.path))
    const owner = options.mode.startsWith('ephemeral') ? session.info.sessionId : 0n
    expect(created.stat).toMatchObject({ ephemeralOwner: owner, version: 0, dataLength: 4 })
  })

  it.each(MODES)('does so inside a multi too: $mode', async ({ name, ...options }) => {
    const session = open()
    const root = await folder(session)
    const data = Buffer.from('data')
    const [created, , set] = await session.multi([
      { type: 'create', path: `${root}/n`, data, ...options },
      { type: 'check', path: root, version: 0 },
      { type: 'set', path: `${root}/${name}`, data: null, version: 0 },
    ])
    expect(created).toMatchObject({ type: 'create', path: `${root}/${name}`, stat: { version: 0, dataLength: 4 } })
    const owner = options.mode.startsWith('ephemeral') ? session.info.sessionId : 0n
    expect(set).toEqual({ type: 'set', stat: await session.exists(`${root}/${name}`) })
    expect(set).toMatchObject({ stat: { ephemeralOwner: owner, version: 1 } })
  })

  it('makes containers that go with their last child, and TTL znodes that go when they are left alone', async () => {
    const session = open()
    const root = await folder(session)
    await session.create(`${root}/persistent`, null)
    await session.create(`${root}/container`, null, { mode: 'container' })
    await session.create(`${root}/lasting`, null, { mode: 'ttl', ttlMs: LONGEST_TTL_MS })
    const { path } = await session.create(`${root}/brief-`, null, { mode: 'ttl-sequential', ttlMs: 1 })
    await session.multi([
      { type: 'create', path: `${root}/brief`, data: null, mode: 'ttl', ttlMs: 1 },
      { type: 'create', path: `${root}/used`, data: null, mode: 'container' },
    ])
    for (const parent of ['persistent', 'container', 'used']) {
      await session.create(`${root}/${parent}/child`, null)
      await session.delete(`${root}/${parent}/child`, 0)
    }
    const left = async () => (await session.getChildren(root)).names.toSorted()
    await vi.waitFor(async () => expect(await left()).toEqual(['lasting', 'persistent']), { timeout: 30_000 })
    expect(path).toBe(`${root}/brief-0000000003`)
  })

  it.each([0, -1, 1.5, Number.NaN, LONGEST_TTL_MS + 1])('refuses a ttl of %d before it is sent', async (ttlMs) => {
    const session = open()
    const root = await folder(session)
    const refused = { code: 'BadArguments', path: `${root}/n`, outcomeUnknown: false }
    await expect(session.create(`${root}/n`, null, { mode: 'ttl', ttlMs })).rejects.toMatchObject(refused)
    const operation: Operation = { type: 'create', path: `${root}/n`, data: null, mode: 'ttl', ttlMs }
    await expect(session.multi([operation])).rejects.toMatchObject(refused)
    expect((await session.exists(root))?.cversion).toBe(0)
  })

  it('says which setting is missing where TTL znodes are switched off, and lives on', async () => {
    const without = await startEnsemble({ servers: 1, settings: { extendedTypesEnabled: 'false' } })
    try {
      const session = open({ connect: without.connect })
      const refused = {
        code: 'Unimplemented',
        operation: 'createTtl',
        path: '/n',
        message: expect.stringContaining('extendedTypesEnabled=true'),
      }
      await expect(session.create('/n', null, { mode: 'ttl', ttlMs: 1000 })).rejects.toMatchObject(refused)
      const multi = session.multi([
        { type: 'check', path: '/', version: -1 },
        { type: 'create', path: '/n', data: null, mode: 'ttl', ttlMs: 1000 },
      ])
      await expect(multi).rejects.toMatchObject({ ...refused, failedOperation: 1 })
      expect(await session.exists('/n')).toBeNull()
      expect((await session.create('/n', null, { mode: 'container' })).stat?.version).toBe(0)
      expect(session.info.connections).toBe(1)
    } finally {
      await without.stop()
    }
  }, 120_000)
})

describe('setAcl', () => {
  it('replaces the list of the version that was seen', async () => {
    const session = open({ auth: [{ scheme: 'digest', auth: 'zoe:secret' }] })
    const path = await folder(session)
    const { acl, stat } = await session.getAcl(path)
    expect([acl, stat.aversion]).toEqual([OPEN_ACL, 0])
    const mine = [digestEntry('zoe:secret', 31), { scheme: 'world', id: 'anyone', permissions: PERMISSION.read }]
    const changed = await session.setAcl(path, mine, 0)
    expect(changed).toEqual({ ...stat, aversion: 1 })
    expect(await session.getAcl(path)).toEqual({ acl: mine, stat: changed })
    await expect(session.setAcl(path, OPEN_ACL, 0)).rejects.toMatchObject({ code: 'BadVersion', operation: 'setAcl' })

    const stranger = open()
    await expect(stranger.setAcl(path, OPEN_ACL, 1)).rejects.toMatchObject({ code: 'NoAuth', path })
    // Which is why a list that was read without ADMIN must never be written back.
    expect((await stranger.getAcl(path)).acl[0]?.id).toBe('zoe:x')
    await expect(session.setAcl(path, [], 1)).rejects.toMatchObject({ code: 'InvalidACL' })
    await expect(session.setAcl(`${path}/none`, mine, 0)).rejects.toMatchObject({ code: 'NoNode' })
    expect((await session.setAcl(path, OPEN_ACL, -1)).aversion).toBe(2)
  })

  it('has the identities of the session in the place of "auth"', async () => {
    const session = open({ auth: [{ scheme: 'digest', auth: 'zoe:secret' }] })
    const path = await folder(session)
    await session.setAcl(path, [{ scheme: 'auth', id: '', permissions: 31 }], 0)
    expect((await session.getAcl(path)).acl).toEqual([digestEntry('zoe:secret', 31)])
  })
})

describe('check', () => {
  it('passes for the version that is there, and for any', async () => {
    const session = open()
    const path = await folder(session)
    await session.setData(path, null, 0)
    const before = await session.exists(path)
    await session.check(path, 1)
    await session.check(path, -1)
    const stale = { code: 'BadVersion', operation: 'check', path, outcomeUnknown: false }
    await expect(session.check(path, 0)).rejects.toMatchObject(stale)
    await expect(session.check(`${path}/none`, -1)).rejects.toMatchObject({ code: 'NoNode', path: `${path}/none` })
    expect(await session.exists(path)).toEqual(before)
  })
})

describe('multi', () => {
  it('tells of every operation what became of it', async () => {
    const session = open()
    const root = await folder(session)
    await session.create(`${root}/full`, null)
    await session.create(`${root}/full/child`, null)
    const failing = session.multi([
      { type: 'create', path: `${root}/a`, data: null },
      { type: 'create', path: `${root}/a/b`, data: null },
      { type: 'delete', path: `${root}/full`, version: -1 },
      { type: 'set', path: `${root}/full`, data: null, version: 9 },
    ])
    await expect(failing).rejects.toMatchObject({
      code: 'NotEmpty',
      zkCode: -111,
      operation: 'delete',
      path: `${root}/full`,
      failedOperation: 2,
      fates: [
        { outcome: 'passed' },
        { outcome: 'passed' },
        { outcome: 'failed', code: 'NotEmpty', zkCode: -111 },
        { outcome: 'not-tried' },
      ],
    })
    const orphan = session.multi([{ type: 'create', path: `${root}/no/parent`, data: null }])
    await expect(orphan).rejects.toMatchObject({ code: 'NoNode', path: `${root}/no`, failedOperation: 0 })
    expect((await session.getChildren(root)).names).toEqual(['full'])
  })

  it('is a dry run with an operation at its end that cannot pass', async () => {
    const session = open()
    const root = await folder(session)
    const before = await session.exists(root)
    const dry = session.multi([
      { type: 'create', path: `${root}/a`, data: Buffer.from('1') },
      { type: 'set', path: `${root}/a`, data: null, version: 0 },
      { type: 'delete', path: `${root}/a`, version: 1 },
      // No znode has a version below -1 unless it was written two thousand million times.
      { type: 'check', path: root, version: -2 },
    ])
    await expect(dry).rejects.toMatchObject({ code: 'BadVersion', failedOperation: 3 })
    const error: unknown = await dry.catch((reason: unknown) => reason)
    expect(error).toHaveProperty('fates.0.outcome', 'passed')
    expect(error).toHaveProperty('fates.1.outcome', 'passed')
    expect(error).toHaveProperty('fates.2.outcome', 'passed')
    expect(await session.exists(root)).toEqual(before)
  })

  it('takes thousands of operations and names the one in their midst', async () => {
    const session = open()
    const root = await folder(session)
    const operations: Operation[] = Array.from({ length: 5000 }, (_, i) =>
      i === 4321
        ? { type: 'create', path: `${root}/n-0`, data: null }
        : { type: 'create', path: `${root}/n-${i}`, data: null },
    )
    const error: unknown = await session.multi(operations).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'NodeExists', path: `${root}/n-0`, failedOperation: 4321 })
    expect(error).toHaveProperty('fates.length', 5000)
    expect(error).toHaveProperty('fates.4320.outcome', 'passed')
    expect(error).toHaveProperty('fates.4322.outcome', 'not-tried')
    expect((await session.exists(root))?.numChildren).toBe(0)
  })
})

describe('multiRead', () => {
  it('gives each read its own result or its own error', async () => {
    const session = open({ auth: [{ scheme: 'digest', auth: 'zoe:secret' }] })
    const stranger = open()
    const root = await folder(session)
    await session.create(`${root}/a`, Buffer.from([0, 255]))
    await session.create(`${root}/null`, null)
    const { stat } = await session.create(`${root}/empty`, Buffer.alloc(0))
    await session.create(`${root}/secret`, null, { acl: [digestEntry('zoe:secret', 31)] })
    const results = await stranger.multiRead([
      { type: 'getData', path: `${root}/a` },
      { type: 'getData', path: `${root}/null` },
      { type: 'getData', path: `${root}/empty` },
      { type: 'getChildren', path: root },
      { type: 'getChildren', path: `${root}/a` },
      { type: 'getData', path: `${root}/secret` },
      { type: 'getChildren', path: `${root}/none` },
    ])
    expect(results[0]).toMatchObject({ type: 'getData', data: Buffer.from([0, 255]), stat: { dataLength: 2 } })
    expect(results[1]).toMatchObject({ type: 'getData', data: null, stat: { dataLength: 0 } })
    expect(results[2]).toEqual({ type: 'getData', data: Buffer.alloc(0), stat })
    const names = results[3]?.type === 'getChildren' ? results[3].names.toSorted() : []
    expect(names).toEqual(['a', 'empty', 'null', 'secret'])
    expect(results[4]).toEqual({ type: 'getChildren', names: [] })
    expect(results[5]).toMatchObject({ type: 'error', error: { code: 'NoAuth', path: `${root}/secret` } })
    expect(results[6]).toMatchObject({
      type: 'error',
      error: { code: 'NoNode', path: `${root}/none`, operation: 'getChildren' },
    })
    expect(results).toHaveLength(7)
    expect(await session.multiRead([])).toEqual([])
  })

  it('reads a long list and thousands of znodes', async () => {
    const session = open()
    const root = await folder(session)
    const paths = Array.from({ length: 5000 }, (_, i) => `${root}/n-${i}`)
    await session.multi(paths.map((path) => ({ type: 'create', path, data: Buffer.from(path) }) as const))
    const [list, ...values] = await session.multiRead([
      { type: 'getChildren', path: root },
      ...paths.map((path) => ({ type: 'getData', path }) as const),
    ])
    expect(list?.type === 'getChildren' && new Set(list.names).size).toBe(5000)
    expect(values.map((value) => (value.type === 'getData' ? value.data?.toString() : value.type))).toEqual(paths)
  })
})

describe('reconfig', () => {
  it('says that it is switched off, as it is by default', async () => {
    const change = { joining: [], leaving: ['3'], fromVersion: -1n }
    const refused = { code: 'ReconfigDisabled', operation: 'reconfig', path: '/zookeeper/config' }
    await expect(open().reconfig(change)).rejects.toMatchObject(refused)
  })
})
