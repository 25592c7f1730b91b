import { afterEach, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from './connect'
import type { Session, SessionStatus, WatchEvent } from './session'

const ensembles: SandboxEnsemble[] = []
const sessions: Session[] = []

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(ensembles.splice(0).map((ensemble) => ensemble.stop()))
})

async function start(settings: Record<string, string>): Promise<SandboxEnsemble> {
  const ensemble = await startEnsemble({ servers: 3, settings, jvmFlags: ['-Dreadonlymode.enabled=true'] })
  ensembles.push(ensemble)
  return ensemble
}

function open(ensemble: SandboxEnsemble): Session {
  const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000 })
  sessions.push(session)
  return session
}

const becomes = (session: Session, status: SessionStatus, timeout: number) =>
  vi.waitFor(() => expect(session.info.status).toBe(status), { timeout })

/** Leaves only the server of the session, which has applied all that the session has seen. */
async function loseQuorum(ensemble: SandboxEnsemble, session: Session) {
  const left = session.info.server
  const others = ensemble.servers.filter((server) => server.connect !== left)
  expect(others).toHaveLength(2)
  await Promise.all(others.map((server) => server.kill()))
  return { left, regain: () => others.forEach((server) => void server.launch()) }
}

describe('a server without quorum in read-only mode', () => {
  it('serves reads to new sessions, refuses writes, and hands over when the quorum is back', async () => {
    // A server that cannot ask a leader makes local sessions or none; LearnerSessionTracker keeps them to itself.
    const ensemble = await start({ localSessionsEnabled: 'true', localSessionsUpgradingEnabled: 'true' })
    const local = open(ensemble)
    const { stat } = await local.create('/a', Buffer.from('1'))
    const { left, regain } = await loseQuorum(ensemble, local)
    // A local session ends with the server that kept it: the same process starts anew as a read-only one.
    await becomes(local, 'expired', 15_000)
    const session = open(ensemble)
    await becomes(session, 'read-only', 5000)
    expect(session.info).toMatchObject({ server: left, cause: null })

    expect(await session.getData('/a')).toEqual({ data: Buffer.from('1'), stat })
    expect((await session.getChildren('/')).names).toContain('a')
    // A code that a server had sent would be -119.
    const refused = { code: 'NotReadOnly', zkCode: 0, outcomeUnknown: false }
    await expect(session.setData('/a', null, 0)).rejects.toMatchObject({ ...refused, path: '/a' })
    await expect(session.create('/b', null)).rejects.toMatchObject({ ...refused, path: '/b' })
    await expect(session.delete('/a', 0)).rejects.toMatchObject({ ...refused, path: '/a' })
    await expect(session.multi([{ type: 'check', path: '/a', version: 0 }])).rejects.toMatchObject(refused)
    await expect(session.sync('/a')).rejects.toMatchObject({ code: 'NotReadOnly', zkCode: -119 })

    const events: WatchEvent[] = []
    await session.addWatch('/', 'recursive', (event) => events.push(event))
    const { sessionId } = session.info
    regain()
    await becomes(session, 'connected', 30_000)
    expect(session.info.sessionId).not.toBe(sessionId)
    const written = await session.setData('/a', Buffer.from('2'), 0)
    await vi.waitFor(() => expect(events).toEqual([{ type: 'changed', path: '/a', zxid: written.mzxid }]))
  })

  it('takes no session of the whole ensemble, which goes on when the quorum is back', async () => {
    const ensemble = await start({ localSessionsEnabled: 'true', localSessionsUpgradingEnabled: 'true' })
    const session = open(ensemble)
    // An ephemeral znode makes the session known to all servers.
    await session.create('/ephemeral', null, { mode: 'ephemeral' })
    const { sessionId } = session.info
    const { regain } = await loseQuorum(ensemble, session)
    await vi.waitFor(() => expect(session.info.cause?.message).toContain('read-only mode'), { timeout: 20_000 })
    expect(session.info).toMatchObject({ status: 'disconnected', cause: { code: 'NoQuorum' } })
    regain()
    await becomes(session, 'connected', 30_000)
    expect((await session.exists('/ephemeral'))?.ephemeralOwner).toBe(sessionId)
  })

  it('makes no sessions at all while localSessionsEnabled is off', async () => {
    const ensemble = await start({ localSessionsEnabled: 'false' })
    const before = open(ensemble)
    await before.exists('/')
    await loseQuorum(ensemble, before)
    const session = open(ensemble)
    await vi.waitFor(() => expect(session.info.cause?.message).toContain('code -119'), { timeout: 20_000 })
    expect(session.info).toMatchObject({ status: 'connecting', cause: { code: 'NoQuorum' } })
    await vi.waitFor(() => expect(before.info.cause?.message).toContain('read-only mode'), { timeout: 20_000 })
    await expect(before.exists('/', { timeoutMs: 100 })).rejects.toMatchObject({ code: 'NoQuorum' })
  })
})
