import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import type { Session, SessionStatus } from './session'
import { answerPing, type FakeServer, type Script, startFakeServer, writeStat } from './testing/fake-server'

const PING = 11
const CLOSE = -11
const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(script: Script): Promise<FakeServer> {
  const server = await startFakeServer(script)
  servers.push(server)
  return server
}

function open(...all: readonly FakeServer[]): Session {
  const session = connect({ connect: all.map((server) => server.connect).join(',') })
  sessions.push(session)
  return session
}

describe('an ensemble that goes back in time', () => {
  it.each(['ping', 'answer'])('is found out by a lower zxid in a %s on the same connection', async (by) => {
    let zxid = 0x200000001n
    const server = await serve({
      onRequest: (peer, request) => {
        if (request.opcode === PING) peer.reply(-2, by === 'ping' ? { zxid } : {})
        else peer.reply(request.xid, { zxid, body: (w) => writeStat(w) })
      },
    })
    const session = open(server)
    const seen: SessionStatus[] = []
    session.onStatus(({ status }) => seen.push(status))
    await session.exists('/a')
    // One epoch back, with a counter that is higher.
    zxid = 0x1fffffff0n
    if (by === 'answer') await expect(session.exists('/a')).rejects.toMatchObject({ code: 'SessionExpired' })
    await vi.waitFor(() => expect(session.info.status).toBe('expired'), { timeout: 5000 })
    expect(session.info).toMatchObject({
      rolledBack: { from: 0x200000001n, to: 0x1fffffff0n },
      cause: { code: 'DataInconsistency' },
    })
    expect(seen).toEqual(['connected', 'expired'])
    // The session is ended there too, and nothing comes after it.
    await vi.waitFor(() => expect(server.peers[0]?.opcodes).toContain(CLOSE))
    await expect(session.exists('/b')).rejects.toMatchObject({ code: 'SessionExpired' })
    expect(server.peers).toHaveLength(1)
  })

  it('is not suspected for events, and for answers without a zxid', async () => {
    const server = await serve({
      onRequest: (peer, request) => {
        if (answerPing(peer, request)) return
        peer.notify(3, '/a', 3n)
        peer.reply(-4, { zxid: 0n })
        peer.reply(request.xid, { zxid: 9n, body: (w) => writeStat(w) })
      },
    })
    const session = open(server)
    await session.exists('/a')
    await session.exists('/a')
    expect(session.info).toMatchObject({ status: 'connected', rolledBack: null, lastZxid: 9n })
  })

  it('and refuses the session is found out where srvr is silent too, by sessions that have seen nothing', async () => {
    let back = false
    const script: Script = {
      srvr: () => null,
      onHello: (peer) => {
        if (peer.lastZxidSeen > (back ? 5n : 100n)) peer.socket.end()
        else peer.accept()
      },
      onRequest: (peer, request) => {
        const zxid = back ? 5n : 100n
        if (request.opcode === PING) peer.reply(-2, { zxid })
        else peer.reply(request.xid, { zxid, body: (w) => writeStat(w) })
      },
    }
    const three = [await serve(script), await serve(script), await serve(script)]
    const session = open(...three)
    await session.exists('/a')
    back = true
    const since = performance.now()
    for (const server of three) for (const { socket } of server.peers) socket.destroy()
    await vi.waitFor(() => expect(session.info.status).toBe('expired'), { timeout: 15_000 })
    expect(performance.now() - since).toBeLessThan(15_000)
    expect(session.info.rolledBack).toEqual({ from: 100n, to: 5n })
  }, 20_000)
})

describe('a server that does not tell its version', () => {
  const known = (limit: number): Script => ({
    srvr: () => 'ClickHouse Keeper version: v25\n',
    onRequest: (peer, request) => {
      if (answerPing(peer, request)) return
      if (request.opcode <= limit || request.opcode === 3) peer.reply(request.xid, { body: (w) => writeStat(w) })
      else {
        peer.reply(request.xid, { err: -6, zxid: -1n })
        peer.socket.end()
      }
    },
  })

  it.each([
    ['3.4', 16, { create2: false, addWatch: false, whoAmI: false }],
    ['3.5', 18, { create2: true, addWatch: false, whoAmI: false }],
    ['3.6', 106, { create2: true, addWatch: true, whoAmI: false }],
    ['3.7', 107, { create2: true, addWatch: true, whoAmI: true }],
  ])('but knows what %s does is tried on a session of its own, which is what ends', async (_, limit, features) => {
    const server = await serve(known(limit))
    const session = open(server)
    expect(await session.exists('/a')).not.toBeNull()
    expect(session.info).toMatchObject({ connections: 1, features: { version: null, ...features } })
    // What it lacks is not sent.
    if (!features.addWatch) {
      const refused = session.addWatch('/', 'recursive', () => undefined)
      await expect(refused).rejects.toMatchObject({ code: 'Unimplemented', zkCode: 0 })
    }
    expect(server.peers[0]?.opcodes.filter((opcode) => opcode !== PING)).toEqual([3])
  })
})

describe('a server that claims more than it knows', () => {
  it('is not asked for a recursive watch again, nor told of one, although it ends the connection', async () => {
    const server = await serve({
      onRequest: (peer, request) => {
        if (answerPing(peer, request)) return
        if (request.opcode !== 106) peer.reply(request.xid, { body: (w) => writeStat(w) })
        else {
          peer.reply(request.xid, { err: -6, zxid: -1n })
          peer.socket.end()
        }
      },
    })
    const session = open(server)
    const watched = session.addWatch('/', 'recursive', () => undefined)
    await expect(watched).rejects.toMatchObject({ code: 'Unimplemented', zkCode: -6 })
    await vi.waitFor(() => expect(session.info.connections).toBe(2), { timeout: 5000 })
    const again = session.addWatch('/', 'recursive', () => undefined)
    await expect(again).rejects.toMatchObject({ code: 'Unimplemented', zkCode: 0 })
    expect(session.info).toMatchObject({ connections: 2, features: { version: '3.9.6', addWatch: false } })
  })

  it('is left alone when it refuses what a new connection is told', async () => {
    const server = await serve({
      onRequest: (peer, request, index) => {
        if (answerPing(peer, request)) return
        if (request.opcode === 105) peer.reply(-8, { err: index === 0 ? 0 : -5 })
        else peer.reply(request.xid, { body: (w) => writeStat(w) })
      },
    })
    const session = open(server)
    await session.addWatch('/', 'recursive', () => undefined)
    server.peers[0]?.socket.destroy()
    await vi.waitFor(() => expect(session.info.connections).toBe(3), { timeout: 5000 })
    expect(await session.exists('/a')).not.toBeNull()
    expect(session.info).toMatchObject({ status: 'connected', features: { addWatch: false } })
  })
})
