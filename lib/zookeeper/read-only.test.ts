import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import type { Session, SessionStatus } from './session'
import { answerPing, type FakeServer, type Peer, type Script, startFakeServer, writeStat } from './testing/fake-server'

const EXISTS = 3
const SET_DATA = 5
const PING = 11
const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface Member {
  mode: 'read-only' | 'follower' | null
  readonly server: FakeServer
  /** Of the connections that began with a handshake. */
  readonly hellos: Peer[]
}

/** A server of an ensemble that serves as its mode says; null: nobody. It tells its mode when asked by srvr. */
async function member(mode: Member['mode'], sessionId: bigint): Promise<Member> {
  const hellos: Peer[] = []
  const script: Script = {
    srvr: () =>
      own.mode === null
        ? 'This ZooKeeper instance is not currently serving requests\n'
        : `Zookeeper version: 3.9.6\nZxid: 0x1\nMode: ${own.mode}\n`,
    onHello: (peer) => {
      hellos.push(peer)
      if (own.mode === null) peer.socket.end()
      else peer.accept({ sessionId: peer.wantedSession || sessionId, readOnly: own.mode === 'read-only' })
    },
    onRequest: (peer, request) => {
      if (!answerPing(peer, request)) peer.reply(request.xid, { body: (w) => writeStat(w) })
    },
  }
  const own: Member = { mode, server: await startFakeServer(script), hellos }
  servers.push(own.server)
  return own
}

function open(...members: Member[]): Session {
  const session = connect({ connect: members.map(({ server }) => server.connect).join(',') })
  sessions.push(session)
  return session
}

const becomes = (session: Session, status: SessionStatus) =>
  vi.waitFor(() => expect(session.info.status).toBe(status), { timeout: 10_000 })

describe('a read-only server', () => {
  it('is told that reading is enough, answers reads, and is sent no write', async () => {
    const only = await member('read-only', 1n)
    const session = open(only)
    const early = session.setData('/early', null, 0)
    await expect(early).rejects.toMatchObject({ code: 'NotReadOnly', path: '/early', outcomeUnknown: false })
    expect(session.info).toMatchObject({ status: 'read-only', cause: null })
    await expect(session.multi([{ type: 'delete', path: '/a', version: 0 }])).rejects.toMatchObject({
      code: 'NotReadOnly',
    })
    expect(await session.exists('/a')).not.toBeNull()
    expect(only.hellos[0]?.wantsReadOnly).toBe(true)
    expect(only.hellos[0]?.opcodes.filter((opcode) => opcode !== PING)).toEqual([EXISTS])
    expect(session.info.load.inFlight).toBe(0)
  })

  it('is left for a server that takes writes, which makes the session anew', async () => {
    const [minority, majority] = [await member('read-only', 1n), await member(null, 2n)]
    const session = open(minority, majority)
    await becomes(session, 'read-only')
    expect(session.info.sessionId).toBe(1n)
    majority.mode = 'follower'
    await becomes(session, 'connected')
    expect(session.info).toMatchObject({ server: majority.server.connect, sessionId: 2n, connections: 2 })
    // The id of a read-only server means nothing to the ensemble.
    expect(majority.hellos.at(-1)?.wantedSession).toBe(0n)
    await session.setData('/a', null, 0)
    expect(majority.hellos.at(-1)?.opcodes).toContain(SET_DATA)
  }, 15_000)

  it('does not take the place of a session that the ensemble has made', async () => {
    const only = await member('follower', 5n)
    const session = open(only)
    await becomes(session, 'connected')
    only.mode = 'read-only'
    only.hellos[0]?.socket.destroy()
    await becomes(session, 'read-only')
    expect(only.hellos[1]?.wantedSession).toBe(5n)
    only.mode = 'follower'
    only.hellos[1]?.socket.destroy()
    await becomes(session, 'connected')
    expect(only.hellos[2]?.wantedSession).toBe(5n)
    expect(session.info.sessionId).toBe(5n)
  }, 15_000)
})
