import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from './connect'
import type { ConnectOptions, Session, SessionStatus, WatchEvent } from './session'
import { type BreakableLink, startBreakableLink } from './testing/breakable-link'

let ensemble: SandboxEnsemble
const sessions: Session[] = []
const proxies: BreakableLink[] = []

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 3, tickTimeMs: 500 })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()))
  for (const server of ensemble.servers) {
    server.resume()
    server.launch()
  }
  await Promise.all(ensemble.servers.map((server) => server.serving()))
})

function open(options: Partial<ConnectOptions> = {}): Session {
  const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000, ...options })
  sessions.push(session)
  return session
}

async function proxied(server: number): Promise<BreakableLink> {
  const proxy = await startBreakableLink(ensemble.servers[server]?.clientPort ?? 0)
  proxies.push(proxy)
  return proxy
}

const serverOf = (session: Session) => {
  const server = ensemble.servers.find((candidate) => candidate.connect === session.info.server)
  if (server === undefined) throw new Error('not connected')
  return server
}

describe('three servers', () => {
  it('keep a session and its watches when the connected one is killed', async () => {
    const session = open()
    const { path: root } = await session.create('/kill-', null, { mode: 'persistent-sequential' })
    const events: WatchEvent[] = []
    await session.addWatch(root, 'recursive', (event) => events.push(event))
    await session.addWatch(root, 'persistent', (event) => events.push(event))
    const { sessionId, server: before } = session.info
    const statuses: SessionStatus[] = []
    session.onStatus((info) => statuses.push(info.status))
    let again = 0
    session.onConnection(() => {
      again += 1
    })

    const killedAt = performance.now()
    await serverOf(session).kill()
    await vi.waitFor(() => expect(session.info.connections).toBe(2), { timeout: 10_000 })
    expect(performance.now() - killedAt).toBeLessThan(8000)
    expect(again).toBe(1)
    expect(session.info.sessionId).toBe(sessionId)
    expect(session.info.server).not.toBe(before)
    expect(statuses[0]).toBe('disconnected')
    expect(statuses.at(-1)).toBe('connected')

    const writer = open()
    const { stat } = await writer.create(`${root}/after`, null, { timeoutMs: 20_000 })
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['created', 'children']), { timeout: 5000 })
    expect(events[0]).toEqual({ type: 'created', path: `${root}/after`, zxid: stat?.czxid })
  })

  it('are left for another when the link to one goes silent', async () => {
    const [hole, other] = [await proxied(0), await proxied(1)]
    const session = open({ connect: `${hole.connect},${other.connect}` })
    await session.exists('/')
    const silent = session.info.server === hole.connect ? hole : other
    silent.blackHole = true
    const started = performance.now()
    await expect(session.exists('/')).rejects.toMatchObject({ code: 'ConnectionLoss' })
    // 5 s without a byte at a session time-out of 10 s and above.
    expect(performance.now() - started).toBeGreaterThan(4000)
    expect(performance.now() - started).toBeLessThan(7000)
    expect(await session.exists('/')).not.toBeNull()
    expect(session.info.server).toBe(silent === hole ? other.connect : hole.connect)
  })

  it('end a session that was cut off for too long, and nothing of it goes on', async () => {
    const proxy = await proxied(0)
    const session = open({ connect: proxy.connect, sessionTimeoutMs: 2000 })
    const { path } = await session.create('/expires-', null, { mode: 'ephemeral-sequential' })
    const watcher = open()
    const deleted = new Promise<WatchEvent>((resolve) => void watcher.addWatch(path, 'persistent', resolve))
    proxy.blackHole = true
    expect(await deleted).toMatchObject({ type: 'deleted', path })
    proxy.blackHole = false
    proxy.cut()
    await vi.waitFor(() => expect(session.info.status).toBe('expired'), { timeout: 10_000 })
    expect(session.info.cause?.code).toBe('SessionExpired')
    await expect(session.exists('/')).rejects.toMatchObject({ code: 'SessionExpired' })
  })

  it('time out while all of them are paused, and go on afterwards', async () => {
    const session = open()
    await session.exists('/')
    for (const server of ensemble.servers) server.pause()
    const started = performance.now()
    await expect(session.getChildren('/', { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'OperationTimeout',
      path: '/',
    })
    expect(performance.now() - started).toBeLessThan(1500)
    for (const server of ensemble.servers) server.resume()
    expect((await session.getChildren('/', { timeoutMs: 30_000 })).names).toContain('zookeeper')
  })

  it('say that they serve nobody when they have no quorum', async () => {
    const session = open()
    await session.exists('/')
    const [a, b] = ensemble.servers.filter((server) => server !== serverOf(session))
    await Promise.all([a?.kill(), b?.kill()])
    await vi.waitFor(() => expect(session.info.status).toBe('disconnected'), { timeout: 10_000 })
    await vi.waitFor(() => expect(session.info.cause?.code).toBe('NoQuorum'), { timeout: 10_000 })
    a?.launch()
    await vi.waitFor(() => expect(session.info.status).toBe('connected'), { timeout: 20_000 })
    expect(session.info.cause).toBeNull()
  })
})
