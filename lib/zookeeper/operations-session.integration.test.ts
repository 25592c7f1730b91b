import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from './connect'
import type { ConnectOptions, Session, WatchEvent } from './session'
import { type BreakableLink, startBreakableLink } from './testing/breakable-link'

/** A condition that comes at once on an idle machine. */
const PATIENT = { timeout: 20_000 } as const

let ensemble: SandboxEnsemble
const sessions: Session[] = []
const links: BreakableLink[] = []

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 1, settings: { reconfigEnabled: 'true' } })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(links.splice(0).map((link) => link.close()))
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

describe('whoAmI', () => {
  it('names every identity of the session', async () => {
    expect(await open().whoAmI()).toEqual([{ scheme: 'ip', id: '127.0.0.1' }])
    const identities = await open({ auth: [{ scheme: 'digest', auth: 'zoe:secret' }] }).whoAmI()
    expect(identities).toHaveLength(2)
    expect(identities).toEqual(
      expect.arrayContaining([
        { scheme: 'digest', id: 'zoe' },
        { scheme: 'ip', id: '127.0.0.1' },
      ]),
    )
  })
})

describe('getEphemerals', () => {
  it('finds those of this session alone, by the beginning of their paths', async () => {
    const [session, other] = [open(), open()]
    const root = await folder(session)
    const made = await Promise.all(
      ['a', 'ab', 'b'].map((name) => session.create(`${root}/${name}`, null, { mode: 'ephemeral' })),
    )
    await session.create(`${root}/persistent`, null)
    await other.create(`${root}/a-other`, null, { mode: 'ephemeral' })
    const [a, ab] = made.map(({ path }) => path)
    expect((await session.getEphemerals('/')).toSorted()).toEqual(made.map(({ path }) => path).toSorted())
    expect((await session.getEphemerals(`${root}/a`)).toSorted()).toEqual([a, ab])
    expect(await session.getEphemerals('/none')).toEqual([])
    expect(await other.getEphemerals('/')).toEqual([`${root}/a-other`])
  })
})

describe('countDescendantsByFullScan', () => {
  it('counts every znode below, at any depth', async () => {
    const session = open()
    const root = await folder(session)
    for (const path of ['/a', '/a/b', '/a/b/c', '/ab']) await session.create(root + path, null)
    expect(await session.countDescendantsByFullScan(root)).toBe(4)
    expect(await session.countDescendantsByFullScan(`${root}/a`)).toBe(2)
    expect(await session.countDescendantsByFullScan(`${root}/ab`)).toBe(0)
    const missing = { code: 'NoNode', path: `${root}/none`, operation: 'getAllChildrenNumber' }
    await expect(session.countDescendantsByFullScan(`${root}/none`)).rejects.toMatchObject(missing)
  })
})

describe('watches', () => {
  it('are found on the server by their kind, and only their own session’s', async () => {
    const [session, other] = [open(), open()]
    const root = await folder(session)
    const [one, all] = [`${root}/one`, `${root}/all`]
    await session.addWatch(one, 'persistent', () => undefined)
    await session.addWatch(all, 'recursive', () => undefined)
    const kinds = ['any', 'persistent', 'recursive', 'children', 'data'] as const
    const held = (path: string) => Promise.all(kinds.map((kind) => session.checkWatches(path, kind)))
    expect(await held(one)).toEqual([true, true, false, false, false])
    expect(await held(all)).toEqual([true, false, true, false, false])
    expect(await held(root)).toEqual([false, false, false, false, false])
    expect(await other.checkWatches(one, 'any')).toBe(false)
  })

  it('are taken from the server by their kind, and stay away after a reconnection', async () => {
    const link = await startBreakableLink(ensemble.servers[0]?.clientPort ?? 0)
    links.push(link)
    const [session, writer] = [open({ connect: link.connect }), open()]
    const root = await folder(writer)
    const events: WatchEvent[] = []
    const hear = (event: WatchEvent) => events.push(event)
    const handle = await session.addWatch(`${root}/a`, 'persistent', hear)
    await session.addWatch(`${root}/b`, 'recursive', hear)
    await session.addWatch(`${root}/c`, 'persistent', hear)
    expect(await session.removeWatches(`${root}/a`, 'recursive')).toBe(false)
    expect(await session.removeWatches(`${root}/a`, 'persistent')).toBe(true)
    expect(await session.removeWatches(`${root}/a`, 'persistent')).toBe(false)
    expect(await session.removeWatches(`${root}/b`, 'any')).toBe(true)
    expect(session.info.load.watches).toBe(1)

    const connections = session.info.connections
    link.cut()
    await vi.waitFor(() => {
      expect(session.info.connections).toBeGreaterThan(connections)
      expect(session.info.status).toBe('connected')
    }, PATIENT)
    expect(await session.checkWatches(`${root}/a`, 'any')).toBe(false)
    expect(await session.checkWatches(`${root}/b`, 'any')).toBe(false)
    expect(await session.checkWatches(`${root}/c`, 'persistent')).toBe(true)
    for (const name of ['a', 'b', 'c']) await writer.create(`${root}/${name}`, null)
    await vi.waitFor(() => expect(events.map(({ path }) => path)).toEqual([`${root}/c`]), PATIENT)

    await handle.remove()
    await session.addWatch(`${root}/a`, 'persistent', hear)
    await writer.delete(`${root}/a`, 0)
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['created', 'deleted']), PATIENT)
  })
})

describe('below a chroot', () => {
  it('every operation stays there and says so', async () => {
    const outside = open()
    const root = await folder(outside)
    for (const name of ['app', 'apple']) await outside.create(`${root}/${name}`, null)
    const inside = open({ connect: `${ensemble.connect}${root}/app` })

    await inside.create('/a', Buffer.from('1'))
    await inside.create('/e', null, { mode: 'ephemeral' })
    const results = await inside.multiRead([
      { type: 'getData', path: '/a' },
      { type: 'getChildren', path: '/' },
      { type: 'getData', path: '/none' },
    ])
    expect(results[0]).toMatchObject({ data: Buffer.from('1') })
    expect(results[1]?.type === 'getChildren' && results[1].names.toSorted()).toEqual(['a', 'e'])
    expect(results[2]).toMatchObject({ error: { code: 'NoNode', path: '/none' } })
    expect(await inside.getEphemerals('/')).toEqual(['/e'])
    expect(await outside.getEphemerals('/')).toEqual([])
    expect(await inside.countDescendantsByFullScan('/')).toBe(2)
    const failing = inside.multi([
      { type: 'create', path: '/b', data: null, mode: 'container' },
      { type: 'check', path: '/a', version: 5 },
    ])
    await expect(failing).rejects.toMatchObject({ code: 'BadVersion', path: '/a' })
    const made = await inside.multi([
      { type: 'create', path: '/t-', data: null, mode: 'ttl-sequential', ttlMs: 60_000 },
    ])
    expect(made).toMatchObject([{ path: '/t-0000000002' }])
    await inside.check('/a', 0)
    await inside.setAcl('/a', [{ scheme: 'world', id: 'anyone', permissions: 1 }], 0)
    expect((await outside.getAcl(`${root}/app/a`)).stat.aversion).toBe(1)
    await inside.addWatch('/', 'recursive', () => undefined)
    expect(await inside.checkWatches('/', 'recursive')).toBe(true)
    expect(await inside.removeWatches('/', 'recursive')).toBe(true)
    // Of the whole ensemble, and so outside of every chroot.
    expect((await inside.getConfig()).stat).toEqual((await outside.getData('/zookeeper/config')).stat)
  })

  it('that is missing everything says so', async () => {
    const session = open({ connect: `${ensemble.connect}/no/such/chroot` })
    const missing = { code: 'ChrootMissing' }
    const create = { type: 'create', path: '/a', data: null } as const
    await expect(session.multi([create])).rejects.toMatchObject({ ...missing, failedOperation: 0 })
    await expect(session.check('/', -1)).rejects.toMatchObject(missing)
    await expect(session.countDescendantsByFullScan('/')).rejects.toMatchObject(missing)
    expect(await session.multiRead([{ type: 'getChildren', path: '/' }])).toMatchObject([{ error: missing }])
    expect(await session.getEphemerals('/')).toEqual([])
  })
})

describe('a standalone server', () => {
  it('has no members and cannot be given any', async () => {
    const session = open()
    expect((await session.getConfig()).config).toEqual({ members: [], version: null, others: [], text: '' })
    const change = { joining: [], leaving: ['1'], fromVersion: -1n }
    await expect(session.reconfig(change)).rejects.toMatchObject({
      code: 'Unimplemented',
      operation: 'reconfig',
      path: '/zookeeper/config',
      message: expect.stringContaining('standalone'),
    })
    expect(session.info.connections).toBe(1)
  })
})
