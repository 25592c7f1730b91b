import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import type { JuteWriter } from './jute'
import type { ConnectOptions, Session, SessionStatus, WatchEvent } from './session'
import { answerPing, type FakeServer, type Script, startFakeServer, writeStat } from './testing/fake-server'

const EXISTS = 3
const AUTH = 100
const SET_WATCHES = 105
const ADD_WATCH = 106
const GET_CHILDREN = 12
const PING = 11
const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function meet(script: Script, options: Partial<ConnectOptions> = {}) {
  const server = await startFakeServer(script)
  servers.push(server)
  const session = connect({ connect: server.connect, ...options })
  sessions.push(session)
  return { session, server }
}

const helpful: NonNullable<Script['onRequest']> = (peer, request) => {
  if (answerPing(peer, request) || request.opcode === AUTH) return
  if (request.opcode === SET_WATCHES) peer.reply(-8)
  else peer.reply(request.xid, { body: (w) => writeStat(w) })
}

describe('a session', () => {
  it('authenticates and tells of its watches before anything else, on every connection', async () => {
    const { session, server } = await meet(
      { onRequest: helpful },
      { auth: [{ scheme: 'digest', auth: 'user:secret' }] },
    )
    const seen: SessionStatus[] = []
    session.onConnection((info) => seen.push(info.status))
    const first = session.exists('/before-the-connection')
    await session.addWatch('/a', 'recursive', () => undefined)
    await first
    server.peers[0]?.socket.destroy()
    await vi.waitFor(() => expect(session.info.status).toBe('disconnected'))
    await session.exists('/before-the-second')
    const requests = server.peers.map((peer) => peer.opcodes.filter((opcode) => opcode !== PING))
    expect(requests).toEqual([
      [AUTH, EXISTS, ADD_WATCH],
      [AUTH, SET_WATCHES, EXISTS],
    ])
    expect(seen).toEqual(['connected', 'connected'])
    expect(session.info.connections).toBe(2)
  })

  it('ends when the credentials are refused, without telling them', async () => {
    const { session } = await meet(
      {
        onRequest: (peer, request) => {
          if (request.opcode === AUTH) peer.reply(-4, { err: -115 })
        },
      },
      { auth: [{ scheme: 'digest', auth: 'user:secret' }] },
    )
    const refused = await session.exists('/a').catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'AuthFailed' })
    expect(session.info).toMatchObject({ status: 'auth-failed', cause: { code: 'AuthFailed' } })
    expect(JSON.stringify([session.info.cause, refused])).not.toContain('secret')
  })

  it('is over when the ensemble no longer knows it', async () => {
    const { session, server } = await meet({
      onHello: (peer, index) => peer.accept(index === 0 ? {} : { timeoutMs: 0, sessionId: 0n }),
      onRequest: helpful,
    })
    const seen: SessionStatus[] = []
    session.onStatus((info) => seen.push(info.status))
    await session.exists('/a')
    server.peers[0]?.socket.destroy()
    await expect(session.exists('/b')).rejects.toMatchObject({ code: 'ConnectionLoss' })
    await expect(session.exists('/c')).rejects.toMatchObject({ code: 'SessionExpired' })
    expect(session.info).toMatchObject({ status: 'expired', sessionId: 0x1234n, cause: { code: 'SessionExpired' } })
    await expect(session.exists('/d')).rejects.toMatchObject({ code: 'SessionExpired' })
    expect(seen).toEqual(['connected', 'disconnected', 'expired'])
    expect(server.peers).toHaveLength(2)
  })

  it('goes on with the highest zxid that it has seen', async () => {
    const zxids = [5n, 0x1ffffffffn, -1n, 0n, 0x200000000n]
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (index === 0 && request.opcode === EXISTS) peer.reply(request.xid, { zxid: zxids.shift() ?? 0n, err: -101 })
        else helpful(peer, request, index)
      },
    })
    while (zxids.length > 0) expect(await session.exists('/a')).toBeNull()
    expect(session.info.lastZxid).toBe(0x200000000n)
    server.peers[0]?.socket.destroy()
    await vi.waitFor(() => expect(session.info.connections).toBe(2), { timeout: 4000 })
    expect(server.peers[1]?.lastZxidSeen).toBe(0x200000000n)
  })

  it('hears an event that comes in one piece with the answer to its watch', async () => {
    const { session } = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode !== ADD_WATCH) return helpful(peer, request, index)
        peer.socket.cork()
        peer.reply(request.xid)
        peer.notify(3, '/a', 17n)
        peer.socket.uncork()
      },
    })
    const events: WatchEvent[] = []
    await session.addWatch('/a', 'persistent', (event) => events.push(event))
    await vi.waitFor(() => expect(events).toEqual([{ type: 'changed', path: '/a', zxid: 17n }]))
    expect(session.info.load).toMatchObject({ watches: 1, notifications: 1 })
  })

  it('reads a long list in slices, and what came after it afterwards', async () => {
    const count = 300_000
    const { session } = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode !== GET_CHILDREN) return helpful(peer, request, index)
        const name = (w: JuteWriter, i: number) => w.string(`node-${i}`)
        peer.reply(request.xid, {
          body: (w) =>
            writeStat(
              w.vector(
                Array.from({ length: count }, (_, i) => i),
                name,
              ),
            ),
        })
        peer.notify(3, '/a', 17n)
      },
    })
    const order: string[] = []
    await session.addWatch('/a', 'persistent', () => order.push('event'))
    const listed = session.getChildren('/a').then((list) => {
      order.push('list')
      return list
    })
    const after = session.exists('/a').then(() => order.push('exists'))
    let turns = 0
    const counter = setInterval(() => {
      turns += 1
    }, 1)
    const { names } = await listed
    clearInterval(counter)
    await after
    expect([names.length, names[0], names[count - 1]]).toEqual([count, 'node-0', `node-${count - 1}`])
    expect(order).toEqual(['list', 'event', 'exists'])
    expect(turns).toBeGreaterThan(3)
  })

  it('goes on when a listener throws', async () => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => warnings.push(warning.message)
    process.on('warning', onWarning)
    const { session } = await meet({
      onRequest: (peer, request, index) => {
        helpful(peer, request, index)
        if (request.opcode === ADD_WATCH) peer.notify(1, '/a')
      },
    })
    const fail = (text: string) => () => {
      throw new Error(text)
    }
    const events: WatchEvent[] = []
    session.onStatus(fail('status'))
    session.onConnection(fail('connection'))
    await session.addWatch('/a', 'recursive', fail('watch'))
    await session.addWatch('/a', 'recursive', (event) => events.push(event))
    await vi.waitFor(() => expect(warnings).toEqual(expect.arrayContaining(['status', 'connection', 'watch'])))
    process.off('warning', onWarning)
    expect(await session.exists('/a')).not.toBeNull()
    expect(session.info.status).toBe('connected')
  })

  it('can be closed before there is a connection', async () => {
    const { session } = await meet({ onHello: () => undefined })
    await session.close()
    expect(session.info.status).toBe('closed')
    await expect(session.exists('/a')).rejects.toMatchObject({ code: 'Closed' })
  })

  it('is closed within a second when the server says nothing', async () => {
    const { session, server } = await meet({ onRequest: helpful })
    await session.exists('/a')
    server.peers[0]?.socket.pause()
    const started = performance.now()
    await session.close()
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
