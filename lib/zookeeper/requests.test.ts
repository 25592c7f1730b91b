import { afterEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect'
import { LARGEST_REQUEST_BYTES } from './request'
import type { ConnectOptions, Session } from './session'
import {
  answerPing,
  type FakeRequest,
  type FakeServer,
  type Peer,
  startFakeServer,
  writeStat,
} from './testing/fake-server'

const servers: FakeServer[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const EXISTS = 3
const SET_DATA = 5
const CREATE = 15

/** A server that answers when it is told to. */
async function meet(options: Partial<ConnectOptions> = {}) {
  const held: { peer: Peer; request: FakeRequest }[] = []
  const accept: (() => void)[] = []
  const server = await startFakeServer({
    onHello: (peer) => accept.push(() => peer.accept()),
    onRequest: (peer, request) => {
      if (!answerPing(peer, request)) held.push({ peer, request })
    },
  })
  servers.push(server)
  const session = connect({ connect: server.connect, ...options })
  sessions.push(session)
  await vi.waitFor(() => expect(accept).toHaveLength(1))
  return {
    session,
    server,
    held,
    accept: () => accept.shift()?.(),
    /** Waits until so many are held and answers them all. */
    answer: async (count: number) => {
      await vi.waitFor(() => expect(held).toHaveLength(count))
      for (const { peer, request } of held.splice(0)) peer.reply(request.xid, { body: (w) => writeStat(w) })
    },
  }
}

describe('requests', () => {
  it('wait for the connection within their own time', async () => {
    const { session, accept, answer, held } = await meet()
    await expect(session.exists('/early', { timeoutMs: 30 })).rejects.toMatchObject({
      code: 'OperationTimeout',
      path: '/early',
    })
    const patient = session.exists('/patient')
    expect(session.info.load).toMatchObject({ queued: 1, inFlight: 0 })
    accept()
    await vi.waitFor(() => expect(held).toHaveLength(1))
    expect(session.info.load).toMatchObject({ queued: 0, inFlight: 1 })
    await answer(1)
    expect((await patient)?.version).toBe(0)
  })

  it('time out after they were sent without confusing the next answers', async () => {
    const { session, accept, answer, held } = await meet()
    accept()
    await expect(session.setData('/a', null, 0, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'OperationTimeout',
      outcomeUnknown: true,
    })
    const next = session.exists('/b')
    await answer(2)
    expect(await next).not.toBeNull()
    expect(held).toHaveLength(0)
  })

  it('are never sent when they are aborted in time', async () => {
    const { session, server, accept, answer } = await meet()
    const abort = new AbortController()
    const aborted = session.setData('/a', null, 0, { signal: abort.signal })
    const kept = session.exists('/b')
    abort.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'Aborted', outcomeUnknown: false })
    await expect(session.exists('/c', { signal: abort.signal })).rejects.toMatchObject({ code: 'Aborted' })
    accept()
    await answer(1)
    expect(await kept).not.toBeNull()
    expect(server.peers[0]?.opcodes.filter((opcode) => opcode === SET_DATA)).toHaveLength(0)
  })

  it('that are aborted after they were sent have an unknown outcome if they write', async () => {
    const { session, accept, answer, held } = await meet()
    accept()
    const abort = new AbortController()
    const write = session.setData('/a', null, 0, { signal: abort.signal })
    const read = session.exists('/b')
    await vi.waitFor(() => expect(held).toHaveLength(2))
    abort.abort()
    await expect(write).rejects.toMatchObject({ code: 'Aborted', outcomeUnknown: true })
    await answer(2)
    expect(await read).not.toBeNull()
  })

  it('share one signal by the hundred without a warning', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const { session, accept } = await meet()
    accept()
    const abort = new AbortController()
    const all = Array.from({ length: 100 }, () => session.exists('/a', { signal: abort.signal }))
    abort.abort()
    for (const result of await Promise.allSettled(all)) expect(result.status).toBe('rejected')
    // Warnings are emitted on the next tick.
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
  })

  it('go out 64 at a time, in the order of the calls', async () => {
    const { session, accept, answer, held } = await meet()
    const order: string[] = []
    const all = Array.from({ length: 100 }, (_, i) => session.exists(`/${i}`).then(() => order.push(`/${i}`)))
    accept()
    await vi.waitFor(() => expect(held).toHaveLength(64))
    expect(session.info.load).toMatchObject({ inFlight: 64, queued: 36 })
    await answer(64)
    await answer(36)
    await Promise.all(all)
    expect(order).toEqual(Array.from({ length: 100 }, (_, i) => `/${i}`))
  })

  it('are refused when 10,000 wait, and forgotten when they are given up', async () => {
    const { session } = await meet()
    const abort = new AbortController()
    const all = Array.from({ length: 10_000 }, () => session.exists('/a', { signal: abort.signal }))
    await expect(session.exists('/one-too-many')).rejects.toMatchObject({ code: 'Busy' })
    abort.abort()
    await Promise.allSettled(all)
    expect(session.info.load.queued).toBe(0)
  })

  it('above jute.maxbuffer are refused before they are sent', async () => {
    const { session, accept, answer } = await meet()
    accept()
    // xid, type, length and "/a", length of the data, version.
    const room = LARGEST_REQUEST_BYTES - (4 + 4 + 4 + 2 + 4 + 4)
    const fits = session.setData('/a', Buffer.alloc(room), 0)
    const tooLarge = session.setData('/a', Buffer.alloc(room + 1), 0)
    await expect(tooLarge).rejects.toMatchObject({ code: 'TooLarge', path: '/a', outcomeUnknown: false })
    await answer(1)
    expect((await fits).version).toBe(0)
  })

  it.each(['', 'a', '/a/', '//', '/a//b', '/a/../b', '/.', '/\0', '/\ud800', '/a\udc00b'])(
    'for the path %j are refused before they are sent',
    async (path) => {
      const { session } = await meet()
      const bad = { code: 'BadPath', path }
      await expect(session.exists(path)).rejects.toMatchObject(bad)
      await expect(session.setData(path, null, 0)).rejects.toMatchObject(bad)
      await expect(session.multi([{ type: 'check', path, version: 0 }])).rejects.toMatchObject(bad)
      await expect(session.addWatch(path, 'recursive', () => undefined)).rejects.toMatchObject(bad)
    },
  )

  it('end with the session', async () => {
    const { session, accept, held } = await meet()
    accept()
    const read = session.exists('/a')
    const write = session.create('/b', null)
    await vi.waitFor(() => expect(held).toHaveLength(2))
    expect(held.map(({ request }) => request.opcode)).toEqual([EXISTS, CREATE])
    const closed = session.close()
    await expect(read).rejects.toMatchObject({ code: 'Closed' })
    await expect(write).rejects.toMatchObject({ code: 'Closed', outcomeUnknown: true })
    await closed
    expect(session.info.status).toBe('closed')
    await expect(session.exists('/a')).rejects.toMatchObject({ code: 'Closed' })
    await session.close()
  })
})
