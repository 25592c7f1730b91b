import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from './connect'
import { isZooKeeperError } from './errors'
import { encodeFrame } from './framing'
import type { ReplyLimits } from './reply-limits'
import type { ConnectOptions, Session } from './session'
import { answerPing, type FakeServer, type Peer, type Script, startFakeServer, writeStat } from './testing/fake-server'
import { hostileBody, int32, int64, intBytes } from './testing/hostile-bytes'

const EXISTS = 3
const GET_DATA = 4
const GET_CHILDREN = 12
const AUTH = 100
const PING = 11
const MIB = 1024 * 1024
const RUNS = Number(process.env.ZOOLENS_FUZZ_RUNS ?? 40)

const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** Answers like a server: reads with "ok", a list with two names. */
const helpful: NonNullable<Script['onRequest']> = (peer, request) => {
  if (answerPing(peer, request)) return
  if (request.opcode === AUTH) peer.reply(-4)
  else if (request.opcode === GET_DATA) peer.reply(request.xid, { body: (w) => writeStat(w.buffer(Buffer.from('ok'))) })
  else if (request.opcode === GET_CHILDREN) {
    peer.reply(request.xid, { body: (w) => writeStat(w.vector(['a', 'b'], (v, name) => v.string(name))) })
  } else peer.reply(request.xid, { body: (w) => writeStat(w) })
}

/** Two servers that are helpful, except that on the first connection to either of them `hostile` is asked first. */
async function meet(
  hostile: Pick<Script, 'onHello' | 'onRequest'>,
  options: Partial<ConnectOptions> = {},
): Promise<Session> {
  let victim: Peer | null = null
  const script: Script = {
    onHello: (peer, index) => {
      victim ??= peer
      if (peer === victim && hostile.onHello) hostile.onHello(peer, index)
      else peer.accept()
    },
    onRequest: (peer, request, index) =>
      (peer === victim && hostile.onRequest ? hostile.onRequest : helpful)(peer, request, index),
  }
  const both = await Promise.all([startFakeServer(script), startFakeServer(script)])
  servers.push(...both)
  const session = connect({
    connect: both.map((server) => server.connect).join(','),
    sessionTimeoutMs: 1500,
    auth: [{ scheme: 'digest', auth: 'a:b' }],
    ...options,
  })
  sessions.push(session)
  return session
}

const codeOf = (error: unknown): string => {
  if (!isZooKeeperError(error)) throw error
  return error.code
}
/** 'ok' or the code of the failure; a request that never ends fails the test by its time-out. */
const ask = (session: Session, timeoutMs = 1000): Promise<string> =>
  session.getData('/a', { timeoutMs }).then(({ data }) => data?.toString() ?? 'null', codeOf)

/** The session goes on; or a hostile zxid or refusal has ended it, and another one goes on. */
async function goesOn(session: Session): Promise<void> {
  const over = ['expired', 'auth-failed']
  if (!over.includes(session.info.status) && (await ask(session, 5000)) === 'ok') return
  expect(over).toContain(session.info.status)
  expect(session.info.cause).not.toBeNull()
}

const reply = (peer: Peer, xid: number, body: Buffer, zxid = 1n, err = 0) => {
  const header = encodeFrame((w) => w.int(xid).long(zxid).int(err)).subarray(4)
  peer.socket.write(Buffer.concat([intBytes(header.length + body.length), header, body]))
}

type Stage = 'handshake' | 'greeting' | 'auth' | 'ping' | 'answer' | 'notification'
const stages: readonly Stage[] = ['handshake', 'greeting', 'auth', 'ping', 'answer', 'notification']

/** Lets the peer say this once, at that stage, and be helpful otherwise. */
function at(stage: Stage, say: (peer: Peer, xid: number) => void): Pick<Script, 'onHello' | 'onRequest'> {
  let said = false
  const once = (peer: Peer, xid: number) => {
    said = true
    say(peer, xid)
  }
  return {
    onHello: (peer) => {
      if (stage === 'handshake') return once(peer, 0)
      peer.accept()
      if (stage === 'greeting') once(peer, 0)
      if (stage === 'notification') once(peer, -1)
    },
    onRequest: (peer, request, index) => {
      const { opcode } = request
      if (said) helpful(peer, request, index)
      else if (stage === 'auth' && opcode === AUTH) once(peer, -4)
      else if (stage === 'ping' && opcode === PING) once(peer, -2)
      else if (stage === 'answer' && opcode === GET_DATA) once(peer, request.xid)
      else helpful(peer, request, index)
    },
  }
}

describe('whatever a peer says', () => {
  it('every request comes to an end and the session goes on', async () => {
    const saying = fc.oneof(
      fc.record({ type: fc.constant('frame' as const), body: hostileBody, zxid: int64, err: int32 }),
      fc.record({ type: fc.constant('frame' as const), body: hostileBody, zxid: fc.constant(1n), err: fc.constant(0) }),
      fc.record({ type: fc.constant('raw' as const), body: hostileBody }),
      fc.record({ type: fc.constant('length' as const), length: int32, body: hostileBody }),
      fc.record({ type: fc.constant('foreign' as const), xid: int32, body: hostileBody }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...stages), saying, fc.boolean(), async (stage, said, closes) => {
        const session = await meet(
          at(stage, (peer, xid) => {
            if (said.type === 'frame') reply(peer, xid, said.body, said.zxid, said.err)
            else if (said.type === 'foreign') reply(peer, said.xid, said.body)
            else if (said.type === 'raw') peer.socket.write(said.body)
            else peer.socket.write(Buffer.concat([intBytes(said.length), said.body]))
            if (closes) peer.socket.end()
          }),
        )
        await Promise.all([ask(session), session.exists('/b', { timeoutMs: 1000 }).catch(codeOf)])
        await goesOn(session)
        await session.close()
      }),
      { numRuns: RUNS },
    )
  }, 120_000)

  it.each(stages)('single bytes of a frame that never ends do not keep it waiting: %s', async (stage) => {
    let dripping: NodeJS.Timeout | undefined
    const session = await meet(
      at(stage, (peer, xid) => {
        peer.socket.write(Buffer.concat([intBytes(1_000_000), intBytes(xid)]))
        dripping = setInterval(() => peer.socket.write(Buffer.alloc(1)), 5)
      }),
    )
    try {
      await ask(session, 3000)
      await goesOn(session)
    } finally {
      clearInterval(dripping)
    }
  })

  it('a flood of notifications delays no answer for long', async () => {
    const event = encodeFrame((w) => w.int(-1).long(5n).int(0).int(3).int(3).string('/a'))
    const flood = Buffer.concat(Array.from({ length: 100_000 }, () => event))
    const session = await meet({
      onRequest: (peer, request, index) => {
        if (request.opcode === GET_DATA) peer.socket.write(flood)
        helpful(peer, request, index)
      },
    })
    let turns = 0
    let going = true
    const count = () => {
      turns += 1
      if (going) setImmediate(count)
    }
    count()
    expect(await ask(session, 10_000)).toBe('ok')
    going = false
    expect(session.info.load.notifications).toBe(100_000)
    expect(turns).toBeGreaterThan(5)
  })

  it('a tiny session time-out does not make the next attempts hopeless', async () => {
    const session = await meet(
      { onHello: (peer) => peer.accept({ timeoutMs: 1 }), onRequest: () => undefined },
      { sessionTimeoutMs: 3000 },
    )
    expect(await ask(session, 5000)).toMatch(/^(ok|ConnectionLoss)$/)
    expect(await ask(session, 5000)).toBe('ok')
  })
})

describe('an answer that is too large', () => {
  const replyLimits: ReplyLimits = { soft: 5 * MIB, hard: 10 * MIB }
  const asked: number[] = []
  /** Lists of this length, on every connection. */
  const listing = (bytes: number, opcode = GET_CHILDREN): Pick<Script, 'onRequest'> => ({
    onRequest: (peer, request, index) => {
      if (request.opcode !== opcode) return helpful(peer, request, index)
      asked.push(request.opcode)
      reply(peer, request.xid, Buffer.alloc(bytes))
    },
  })
  const listed = (session: Session) => session.getChildren('/a').catch((error: unknown) => error)

  it('for the soft limit is thrown away, and the connection stays', async () => {
    const session = await meet(listing(6 * MIB), { replyLimits })
    const failure = await listed(session)
    expect(failure).toMatchObject({ code: 'ReplyTooLarge', path: '/a', replyBytes: 6 * MIB + 16 })
    expect((failure as Error).message).toContain('it has 6.0 MB, the limit is 5.0 MB')
    expect(await ask(session)).toBe('ok')
    expect(session.info.connections).toBe(1)
  })

  it('for the hard limit ends the connection, and nobody asks again', async () => {
    asked.length = 0
    const session = await meet(listing(11 * MIB), { replyLimits })
    const others = [ask(session), session.exists('/b').catch(codeOf)]
    expect(await listed(session)).toMatchObject({ code: 'ReplyTooLarge', path: '/a' })
    await Promise.all(others)
    expect(await ask(session)).toBe('ok')
    expect(session.info.connections).toBe(2)
    expect(asked.filter((opcode) => opcode === GET_CHILDREN)).toHaveLength(1)
  })

  it('is not asked for when its size is known before', async () => {
    asked.length = 0
    const session = await meet(listing(0), { replyLimits })
    const failure = session.getChildren('/a', { expectedReplyBytes: 5 * MIB + 1 })
    await expect(failure).rejects.toMatchObject({ code: 'ReplyTooLarge', outcomeUnknown: false })
    await expect(failure).rejects.toThrow('it will have about 5.0 MB, the limit is 5.0 MB')
    expect(await ask(session)).toBe('ok')
    expect(asked).toEqual([])
  })

  it('for a plain request ends the connection, whatever the limits are', async () => {
    const session = await meet(listing(4 * MIB + 1, EXISTS), { replyLimits: { soft: 100 * MIB, hard: 200 * MIB } })
    await expect(session.exists('/a')).rejects.toMatchObject({ code: 'ReplyTooLarge' })
    expect(await ask(session)).toBe('ok')
    expect(session.info.connections).toBe(2)
  })
})
