import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import { parseConnectString } from './connect-string'
import { FaultHistory } from './fault-history'
import { Inquiry } from './inquiry'
import type { Session } from './session'
import { answerPing, type FakeServer, type Script, startFakeServer, writeStat } from './testing/fake-server'

const SEEN = 0x200000009n
const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(script: Script): Promise<FakeServer> {
  const server = await startFakeServer(script)
  servers.push(server)
  return server
}

const srvrAt = (zxid: bigint, mode = 'follower') =>
  `Zookeeper version: 3.9.6\nZxid: 0x${zxid.toString(16)}\nMode: ${mode}\nNode count: 5\n`

/** Servers that answer srvr so, one by one, and count how often. */
async function ensembleThatSays(...answers: readonly (string | null)[]) {
  const asked = answers.map(() => 0)
  const all = await Promise.all(
    answers.map((answer, index) => {
      const srvr = () => {
        asked[index] = (asked[index] ?? 0) + 1
        return answer
      }
      return serve({ srvr, onHello: (peer) => void peer.socket.end() })
    }),
  )
  const { servers: parsed } = parseConnectString(all.map(({ connect: at }) => at).join(','))
  const faults = new FaultHistory(answers.length)
  const likelier: boolean[] = []
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const inquiry = new Inquiry({
    ...{ servers: parsed, tls: undefined, faults },
    lastZxid: () => SEEN,
    outage: () => 0,
    explained: (_, more) => likelier.push(more),
  })
  const ask = async (index: number, at: number) => {
    now = at
    const server = parsed[index]
    if (server) await inquiry.ask(server, null)
    return faults.rolledBackTo
  }
  return { asked, ask, faults, likelier }
}

describe('Inquiry', () => {
  it('asks the others once when a server is behind, and finds a rollback by the second such refusal', async () => {
    const { asked, ask, likelier } = await ensembleThatSays(srvrAt(3n), srvrAt(3n), srvrAt(4n, 'leader'))
    expect(await ask(0, 0)).toBeNull()
    expect([asked, likelier]).toEqual([
      [1, 1, 1],
      [true, false],
    ])
    // Of the same moment, so it says nothing new.
    expect(await ask(1, 100)).toBeNull()
    expect(asked).toEqual([1, 2, 1])
    expect(await ask(1, 1100)).toBe(4n)
    expect(asked).toEqual([2, 3, 2])
  })

  it.each([
    ['while a server that serves is not', srvrAt(SEEN, 'leader'), srvrAt(3n)],
    ['while a majority has no quorum', 'This ZooKeeper instance is not currently serving requests\n', null],
    ['while a majority is in read-only mode', srvrAt(3n, 'read-only'), srvrAt(3n, 'read-only')],
    ['while a majority is silent', null, null],
  ])('never takes one server that is behind for a rollback %s', async (_, second, third) => {
    const { ask } = await ensembleThatSays(srvrAt(3n), second, third)
    for (let at = 0; at <= 10_000; at += 1000) expect(await ask(0, at)).toBeNull()
  })

  it('stops asking the others about one server that does not catch up', async () => {
    const { asked, ask } = await ensembleThatSays(srvrAt(3n), null, null)
    for (let at = 0; at <= 10_000; at += 1000) await ask(0, at)
    expect(asked).toEqual([11, 2, 2])
  })
})

describe('a session', () => {
  it('is found to be of a past that is gone within two attempts, however long the servers were away', async () => {
    let phase: 'serving' | 'away' | 'restored' = 'serving'
    let attempts = 0
    const script: Script = {
      srvr: () => srvrAt(phase === 'restored' ? 5n : 100n),
      onConnection: (socket) => phase === 'away' && socket.resetAndDestroy(),
      onHello: (peer) => {
        if (phase === 'serving') peer.accept()
        else {
          attempts += 1
          peer.socket.end()
        }
      },
      onRequest: (peer, request) => {
        if (!answerPing(peer, request)) peer.reply(request.xid, { zxid: 100n, body: (w) => writeStat(w) })
      },
    }
    const three = [await serve(script), await serve(script), await serve(script)]
    const session = connect({ connect: three.map(({ connect: at }) => at).join(','), sessionTimeoutMs: 40_000 })
    sessions.push(session)
    await session.exists('/a')
    phase = 'away'
    for (const server of three) for (const { socket } of server.peers) socket.destroy()
    // Until the back-off is past its second round.
    await vi.waitFor(() => expect((session.info.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(1500), {
      timeout: 15_000,
      interval: 5,
    })
    phase = 'restored'
    attempts = 0
    const waits: number[] = []
    session.onStatus(({ cause, nextAttemptAt }) => {
      if (cause?.code === 'DataInconsistency' && nextAttemptAt !== null) waits.push(nextAttemptAt - Date.now())
    })
    await vi.waitFor(() => expect(session.info.status).toBe('expired'), { timeout: 15_000 })
    expect(session.info.rolledBack).toEqual({ from: 100n, to: 5n })
    expect(attempts).toBe(2)
    // A second and its jitter.
    expect(waits[0]).toBeLessThan(1500)
  }, 40_000)

  it('asks a server that turns it away once per attempt', async () => {
    let asked = 0
    const server = await serve({
      srvr: () => {
        asked += 1
        return srvrAt(0n)
      },
      onHello: (peer) => void peer.socket.end(),
    })
    const session = connect({ connect: server.connect })
    sessions.push(session)
    const codes: (string | undefined)[] = []
    session.onStatus(({ cause }) => codes.push(cause?.code))
    await vi.waitFor(() => expect(codes.filter((code) => code === 'TurnedAway').length).toBeGreaterThan(1), {
      timeout: 10_000,
    })
    await session.close()
    expect(server.peers.length).toBeGreaterThan(1)
    expect(asked).toBe(server.peers.length)
  }, 20_000)
})
