import { createHash, randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import type { AclEntry } from '@/lib/znode/acl'
import { connect } from './connect'
import type { ConnectOptions, Session, WatchEvent } from './session'

let ensemble: SandboxEnsemble
const sessions: Session[] = []

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 1 })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

function open(options: Partial<ConnectOptions> = {}): Session {
  const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 8000, ...options })
  sessions.push(session)
  return session
}

let folders = 0
/** A fresh folder, so that tests do not see each other. */
async function folder(session: Session): Promise<string> {
  folders += 1
  const { path } = await session.create(`/test-${folders}`, null)
  return path
}

describe('one server', () => {
  it('waits for the connection and does every operation', async () => {
    const session = open()
    expect(session.info.status).toBe('connecting')
    const root = await folder(session)
    expect(session.info).toMatchObject({ status: 'connected', connections: 1, cause: null, server: ensemble.connect })
    expect(session.info.sessionId).not.toBe(0n)
    expect(session.info.timeoutMs).toBe(8000)

    const created = await session.create(`${root}/a`, Buffer.from('one'))
    expect(created.path).toBe(`${root}/a`)
    expect(created.stat).toMatchObject({ version: 0, dataLength: 3, ephemeralOwner: 0n })
    expect(await session.exists(`${root}/a`)).toEqual(created.stat)
    expect(await session.exists(`${root}/none`)).toBeNull()
    expect(await session.getData(`${root}/a`)).toEqual({ data: Buffer.from('one'), stat: created.stat })
    const changed = await session.setData(`${root}/a`, Buffer.from('two'), 0)
    expect(changed.version).toBe(1)
    expect(changed.mzxid).toBeGreaterThan(created.stat?.mzxid ?? changed.mzxid)
    expect((await session.getChildren(root)).names).toEqual(['a'])
    expect((await session.getAcl(`${root}/a`)).acl).toEqual([{ scheme: 'world', id: 'anyone', permissions: 31 }])
    await session.sync(root)
    const { zxid } = await session.delete(`${root}/a`, 1)
    expect((await session.exists(root))?.pzxid).toBe(zxid)
    expect(session.info.lastZxid).toBeGreaterThanOrEqual(zxid)
  })

  it('keeps null apart from empty, and bytes as they are', async () => {
    const session = open()
    const root = await folder(session)
    const bytes = randomBytes(10_000)
    for (const data of [null, Buffer.alloc(0), bytes, Buffer.from([0, 255, 254, 0])]) {
      const { path, stat } = await session.create(`${root}/n-`, data, { mode: 'persistent-sequential' })
      expect((await session.getData(path)).data).toEqual(data)
      for (const next of [Buffer.alloc(0), null, data]) {
        await session.setData(path, next, -1)
        expect((await session.getData(path)).data).toEqual(next)
      }
      expect(stat?.dataLength).toBe(data?.length ?? 0)
    }
  })

  it('takes the largest value that the server takes, and refuses 1,048,576 bytes and one more', async () => {
    const session = open()
    const { path } = await session.create(`${await folder(session)}/big`, null)
    const overhead = 4 + 4 + (4 + path.length) + 4 + 4
    const largest = randomBytes(0xfffff - overhead)
    await session.setData(path, largest, 0)
    expect((await session.getData(path)).data?.equals(largest)).toBe(true)
    for (const size of [1_048_576, 1_048_577]) {
      await expect(session.setData(path, Buffer.alloc(size), 1)).rejects.toMatchObject({ code: 'TooLarge', path })
    }
    expect((await session.getData(path)).stat.version).toBe(1)
    expect(session.info.connections).toBe(1)
  })

  it('keeps names with odd characters', async () => {
    const session = open()
    const root = await folder(session)
    const names = [
      '__proto__',
      '%2F',
      'a?b#c',
      '<img src=x onerror=1>',
      'שלום',
      '文件 名',
      ' ',
      '\'"`\\',
      'caf\u00e9',
      'cafe\u0301',
      'x'.repeat(250),
    ]
    for (const name of names) await session.create(`${root}/${name}`, Buffer.from(name))
    const found = (await session.getChildren(root)).names
    expect(found.toSorted()).toEqual(names.toSorted())
    for (const name of names) expect((await session.getData(`${root}/${name}`)).data?.toString()).toBe(name)
    // The server refuses characters beyond the basic plane; nothing is replaced on the way.
    await expect(session.create(`${root}/\u{1f600}`, null)).rejects.toMatchObject({ code: 'BadArguments' })
    expect((await session.exists(root))?.numChildren).toBe(names.length)
  })

  it('says which znode it is about when it fails', async () => {
    const session = open()
    const root = await folder(session)
    await session.create(`${root}/a`, null)
    await session.create(`${root}/e`, null, { mode: 'ephemeral' })
    const cases: readonly [Promise<unknown>, object][] = [
      [session.getData(`${root}/none`), { code: 'NoNode', zkCode: -101, path: `${root}/none` }],
      [session.create(`${root}/none/b`, null), { code: 'NoNode', path: `${root}/none` }],
      [session.create(`${root}/a`, null), { code: 'NodeExists', zkCode: -110, path: `${root}/a` }],
      [session.setData(`${root}/a`, null, 5), { code: 'BadVersion', zkCode: -103, path: `${root}/a` }],
      [session.delete(root, -1), { code: 'NotEmpty', zkCode: -111, path: root }],
      [session.create(`${root}/e/x`, null), { code: 'NoChildrenForEphemerals', zkCode: -108 }],
      [session.create(`${root}/acl`, null, { acl: [] }), { code: 'InvalidACL', zkCode: -114 }],
      [session.create(`${root}/\u0001`, null), { code: 'BadArguments', zkCode: -8 }],
    ]
    for (const [failing, expected] of cases) await expect(failing).rejects.toMatchObject(expected)
  })

  it('applies all operations of a multi or none, with every version exact', async () => {
    const session = open()
    const root = await folder(session)
    const results = await session.multi([
      { type: 'create', path: `${root}/a`, data: Buffer.from('1') },
      { type: 'create', path: `${root}/s-`, data: null, mode: 'persistent-sequential' },
      { type: 'set', path: `${root}/a`, data: null, version: 0 },
      { type: 'check', path: `${root}/a`, version: 1 },
      { type: 'delete', path: `${root}/a`, version: 1 },
    ])
    expect(results.map(({ type }) => type)).toEqual(['create', 'create', 'set', 'check', 'delete'])
    expect(results[0]).toMatchObject({ path: `${root}/a`, stat: { version: 0, dataLength: 1 } })
    expect(results[1]).toMatchObject({ path: `${root}/s-0000000001` })
    expect(results[2]).toMatchObject({ stat: { version: 1, dataLength: 0 } })
    expect(await session.multi([])).toEqual([])

    await session.create(`${root}/b`, null)
    await session.setData(`${root}/b`, Buffer.from('theirs'), 0)
    for (const stale of [
      { type: 'check', path: `${root}/b`, version: 0 },
      { type: 'set', path: `${root}/b`, data: null, version: 0 },
      { type: 'delete', path: `${root}/b`, version: 0 },
    ] as const) {
      const failing = session.multi([{ type: 'create', path: `${root}/c`, data: null }, stale])
      await expect(failing).rejects.toMatchObject({ code: 'BadVersion', failedOperation: 1, path: `${root}/b` })
    }
    expect((await session.getData(`${root}/b`)).data?.toString()).toBe('theirs')
    expect(await session.exists(`${root}/c`)).toBeNull()
  })

  it('reads and writes protected znodes from the first request on', async () => {
    const digest = createHash('sha1').update('zoe:secret').digest('base64')
    const acl: AclEntry[] = [{ scheme: 'digest', id: `zoe:${digest}`, permissions: 31 }]
    const root = await folder(open())
    const owner = open({ auth: [{ scheme: 'digest', auth: 'zoe:secret' }] })
    // All of these are asked for before there is a connection.
    const created = owner.create(`${root}/protected`, Buffer.from('mine'), { acl })
    const read = owner.getData(`${root}/protected`)
    const list = owner.getAcl(`${root}/protected`)
    expect(owner.info.status).toBe('connecting')
    await created
    expect((await read).data?.toString()).toBe('mine')
    expect((await list).acl).toEqual(acl)
    const stranger = open()
    await expect(stranger.getData(`${root}/protected`)).rejects.toMatchObject({
      code: 'NoAuth',
      path: `${root}/protected`,
    })
  })

  it('has ephemeral znodes until it closes', async () => {
    const [owner, other] = [open(), open()]
    const root = await folder(other)
    const { path, stat } = await owner.create(`${root}/e-`, null, { mode: 'ephemeral-sequential' })
    expect(path).toBe(`${root}/e-0000000000`)
    expect(stat?.ephemeralOwner).toBe(owner.info.sessionId)
    const events: WatchEvent[] = []
    await other.addWatch(path, 'persistent', (event) => events.push(event))
    await owner.close()
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['deleted']))
    expect(await other.exists(path)).toBeNull()
  })

  it('lives below its chroot, events and all', async () => {
    const outside = open()
    const root = await folder(outside)
    await outside.create(`${root}/app`, null)
    const inside = open({ connect: `${ensemble.connect}${root}/app` })
    const events: WatchEvent[] = []
    await inside.addWatch('/', 'recursive', (event) => events.push(event))
    await inside.addWatch('/', 'persistent', (event) => events.push(event))
    const created = await inside.create('/x', Buffer.from('1'))
    expect(created.path).toBe('/x')
    const [sequential] = await inside.multi([
      { type: 'create', path: '/s-', data: null, mode: 'persistent-sequential' },
    ])
    expect(sequential).toMatchObject({ path: '/s-0000000001' })
    await outside.setData(`${root}/app`, Buffer.from('root'), 0)
    await outside.create(`${root}/apple`, null)
    expect((await inside.getChildren('/')).names.toSorted()).toEqual(['s-0000000001', 'x'])
    expect((await inside.getData('/')).data?.toString()).toBe('root')
    await inside.sync('/')
    await vi.waitFor(() => expect(events.length).toBe(6))
    expect(events.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'created /x',
      'children /',
      'created /s-0000000001',
      'children /',
      'changed /',
      'changed /',
    ])
  })

  it('says that its chroot is missing', async () => {
    const session = open({ connect: `${ensemble.connect}/no/such/chroot` })
    await expect(session.getChildren('/')).rejects.toMatchObject({ code: 'ChrootMissing' })
    await expect(session.create('/a', null)).rejects.toMatchObject({ code: 'ChrootMissing' })
    await expect(session.getData('/a/b')).rejects.toMatchObject({ code: 'NoNode' })
  })

  it('hears what happens to a znode and below it, with the zxid of each change', async () => {
    const [watcher, writer] = [open(), open()]
    const root = await folder(writer)
    const one: WatchEvent[] = []
    const all: WatchEvent[] = []
    const narrow = await watcher.addWatch(`${root}/a`, 'persistent', (event) => one.push(event))
    await watcher.addWatch(root, 'recursive', (event) => all.push(event))
    const a = await writer.create(`${root}/a`, null)
    const b = await writer.create(`${root}/a/b`, null)
    const set = await writer.setData(`${root}/a`, null, 0)
    const deletedB = await writer.delete(`${root}/a/b`, -1)
    const deletedA = await writer.delete(`${root}/a`, -1)
    await vi.waitFor(() => expect([one.length, all.length]).toEqual([5, 5]))
    expect(all).toEqual([
      { type: 'created', path: `${root}/a`, zxid: a.stat?.czxid },
      { type: 'created', path: `${root}/a/b`, zxid: b.stat?.czxid },
      { type: 'changed', path: `${root}/a`, zxid: set.mzxid },
      { type: 'deleted', path: `${root}/a/b`, zxid: deletedB.zxid },
      { type: 'deleted', path: `${root}/a`, zxid: deletedA.zxid },
    ])
    expect(one.map(({ type }) => type)).toEqual(['created', 'children', 'changed', 'children', 'deleted'])

    await narrow.remove()
    expect(watcher.info.load.watches).toBe(1)
    await writer.create(`${root}/a`, null)
    await vi.waitFor(() => expect(all.length).toBe(6))
    expect(one.length).toBe(5)
  })

  it('pipelines 20,000 reads and lists 50,000 names', async () => {
    const session = open()
    const root = await folder(session)
    const batch = 1000
    for (let from = 0; from < 50_000; from += batch) {
      await session.multi(
        Array.from(
          { length: batch },
          (_, i) => ({ type: 'create', path: `${root}/node-${from + i}`, data: null }) as const,
        ),
      )
    }
    const { names, stat } = await session.getChildren(root)
    expect(stat.numChildren).toBe(50_000)
    expect(new Set(names).size).toBe(50_000)
    for (let from = 0; from < 20_000; from += 5000) {
      const stats = await Promise.all(names.slice(from, from + 5000).map((name) => session.exists(`${root}/${name}`)))
      expect(stats.every((found) => found !== null)).toBe(true)
    }
  })
})
