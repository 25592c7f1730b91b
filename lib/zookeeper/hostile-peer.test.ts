import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import type { ConnectOptions, Session } from './session'
import { answerPing, type FakeServer, type Script, startFakeServer, writeStat } from './testing/fake-server'

const GET_DATA = 4
const SET_DATA = 5
const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function meet(
  script: Script,
  options: Partial<ConnectOptions> = {},
): Promise<{ session: Session; server: FakeServer }> {
  const server = await startFakeServer(script)
  servers.push(server)
  const session = connect({ connect: server.connect, sessionTimeoutMs: 3000, ...options })
  sessions.push(session)
  return { session, server }
}

/** Answers getData with the data "ok". */
const helpful: NonNullable<Script['onRequest']> = (peer, request) => {
  if (answerPing(peer, request)) return
  if (request.opcode === GET_DATA) peer.reply(request.xid, { body: (w) => writeStat(w.buffer(Buffer.from('ok'))) })
}

const causeOf = async (session: Session, code: string) => {
  await vi.waitFor(() => expect(session.info.cause?.code).toBe(code), { timeout: 4000 })
  return session.info.cause?.message
}

describe('a host that is no ZooKeeper', () => {
  it('is named by the beginning of its answer', async () => {
    const { session } = await meet({ onConnection: (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') })
    expect(await causeOf(session, 'NotZooKeeper')).toContain('"HTTP/1.1 400 Bad Request"')
  })

  it('is found out by an answer that only looks like a frame', async () => {
    const { session } = await meet({
      onHello: (peer) => peer.send((w) => w.string('no, this is something else altogether')),
    })
    expect(await causeOf(session, 'NotZooKeeper')).toContain('answers')
  })

  it('is given up when it accepts and says nothing', async () => {
    const { session } = await meet({ onHello: () => undefined }, { sessionTimeoutMs: 1000 })
    expect(await causeOf(session, 'Unreachable')).toContain('does not answer')
  })

  it('is told apart from a server that closes without an answer', async () => {
    const { session } = await meet({ onHello: (peer) => peer.socket.end() })
    expect(await causeOf(session, 'Unreachable')).toContain('without an answer')
    expect(session.info.status).toBe('connecting')
  })

  it('refuses with the reason of the system', async () => {
    const { session, server } = await meet({ onHello: (peer) => peer.socket.end() })
    await server.close()
    servers.length = 0
    await vi.waitFor(() => expect(session.info.cause?.message).toContain('ECONNREFUSED'), { timeout: 4000 })
    const failed = session.getData('/a', { timeoutMs: 50 })
    await expect(failed).rejects.toMatchObject({ code: 'Unreachable', outcomeUnknown: false })
    await expect(failed).rejects.toThrow('ECONNREFUSED')
  })

  it('has a name that nobody knows', async () => {
    const session = connect({ connect: 'zookeeper.invalid:2181' })
    sessions.push(session)
    expect(await causeOf(session, 'HostUnknown')).toContain('zookeeper.invalid:2181')
  })

  it('refuses the session with a bare header when it has no quorum', async () => {
    const { session } = await meet({ onHello: (peer) => peer.reply(0, { err: -119 }) })
    expect(await causeOf(session, 'NoQuorum')).toContain('-119')
  })
})

describe('a connection that breaks', () => {
  it('in the middle of a frame leaves nothing behind', async () => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (index > 0 || request.opcode !== GET_DATA) return helpful(peer, request, index)
        const half = Buffer.alloc(1000)
        half.writeInt32BE(300_000)
        peer.socket.end(half)
      },
    })
    await expect(session.getData('/a')).rejects.toMatchObject({ code: 'ConnectionLoss', path: '/a' })
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
    expect(server.peers.length).toBe(2)
    expect(server.peers[1]?.wantedSession).toBe(0x1234n)
    expect(session.info).toMatchObject({ status: 'connected', connections: 2, cause: null })
  })

  it.each([-1, 0x7fffffff])('by a frame of %i bytes is dropped at once', async (length) => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (index > 0 || request.opcode !== GET_DATA) return helpful(peer, request, index)
        const header = Buffer.alloc(8)
        header.writeInt32BE(length)
        peer.socket.write(header)
      },
    })
    await expect(session.getData('/a')).rejects.toThrow(`frame of ${length} bytes`)
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
    expect(server.peers.length).toBe(2)
  })

  it('by an answer out of order is dropped', async () => {
    const { session } = await meet({
      onRequest: (peer, request, index) => {
        if (index === 0 && request.opcode === GET_DATA) peer.reply(request.xid + 1)
        else helpful(peer, request, index)
      },
    })
    await expect(session.getData('/a')).rejects.toThrow('was not next')
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
  })

  it('by going silent is noticed within two thirds of the session', async () => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (index > 0) helpful(peer, request, index)
      },
    })
    const started = performance.now()
    await expect(session.getData('/a')).rejects.toThrow('nothing was heard')
    expect(performance.now() - started).toBeLessThan(3000)
    expect(server.peers[0]?.opcodes.filter((opcode) => opcode === 11).length).toBeGreaterThanOrEqual(1)
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
  })

  it('never sends a write twice and says that its outcome is unknown', async () => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode === SET_DATA) peer.socket.destroy()
        else helpful(peer, request, index)
      },
    })
    await expect(session.setData('/a', null, 0)).rejects.toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: true })
    await session.getData('/a')
    expect(server.peers.flatMap((peer) => peer.opcodes).filter((opcode) => opcode === SET_DATA)).toHaveLength(1)
  })

  it('is not stormed when it breaks at once every time', async () => {
    const { session, server } = await meet({ onRequest: (peer) => peer.socket.destroy() })
    const lost: Promise<unknown>[] = []
    session.onStatus((info) => {
      if (info.status === 'connected') lost.push(session.getData('/a').catch(() => undefined))
    })
    const started = performance.now()
    await vi.waitFor(() => expect(server.peers.length).toBe(4), { timeout: 10_000 })
    await Promise.all(lost)
    // The first of the four at once, then one a second.
    expect(performance.now() - started).toBeGreaterThan(2000)
  }, 15_000)
})

describe('an odd answer', () => {
  it('with an unknown error code fails its own request only', async () => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode === SET_DATA) peer.reply(request.xid, { err: -999, zxid: -1n })
        else helpful(peer, request, index)
      },
    })
    await expect(session.setData('/a', null, 0)).rejects.toMatchObject({ code: 'SystemError', zkCode: -999 })
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
    expect(server.peers.length).toBe(1)
    // -1 is no zxid to go on with.
    expect(session.info.lastZxid).toBe(1n)
  })

  it('with a list of 2^31 names fails its own request only', async () => {
    const { session, server } = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode === 12) peer.reply(request.xid, { body: (w) => w.int(0x7fffffff) })
        else helpful(peer, request, index)
      },
    })
    await expect(session.getChildren('/a')).rejects.toMatchObject({ code: 'MarshallingError', path: '/a' })
    expect((await session.getData('/a')).data?.toString()).toBe('ok')
    expect(server.peers.length).toBe(1)
  })

  it('with permissions 0 is an ACL like others', async () => {
    const { session } = await meet({
      onRequest: (peer, request) => {
        if (request.opcode !== 6) return
        peer.reply(request.xid, { body: (w) => writeStat(w.int(1).int(0).string('world').string('anyone')) })
      },
    })
    expect((await session.getAcl('/a')).acl).toEqual([{ permissions: 0, scheme: 'world', id: 'anyone' }])
  })
})
