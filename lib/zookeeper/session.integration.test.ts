import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from './connect'
import type { ConnectOptions, Session, WatchEvent } from './session'

let ensemble: SandboxEnsemble
const sessions: Session[] = []

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 1 })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

function open(options: Partial<ConnectOptions> = {}): Session {
  const session = connect({ connect: ensemble.connect, sessionTimeoutMs: 8000, ...options })
  sessions.push(session)
  return session
}

let folders = 0
/** A fresh folder, so that tests do not see each other. */
async function folder(session: Session): Promise<string> {
  folders += 1
  const { path } = await session.create(`/test-${folders}`, null)
  return path
}

describe('one server', () => {
  it('waits for the connection and does every operation', async () => {
    const session = open()
    expect(session.info.status).toBe('connecting')
    const root = await folder(session)
    expect(session.info).toMatchObject({ status: 'connected', connections: 1, cause: null, server: ensemble.connect })
    expect(session.info.sessionId).not.toBe(0n)
    expect(session.info.timeoutMs).toBe(8000)

    const created = await session.create(`${root}/a`, Buffer.from('one'))
    expect(created.path).toBe(`${root}/a`)
    expect(created.stat).toMatchObject({ version: 0, dataLength: 3, ephemeralOwner: 0n })
    expect(await session.exists(`${root}/a`)).toEqual(created.stat)
    expect(await session.exists(`${root}/none`)).toBeNull()
    expect(await session.getData(`${root}/a`)).toEqual({ data: Buffer.from('one'), stat: created.stat })
    const changed = await session.setData(`${root}/a`, Buffer.from('two'), 0)
    expect(changed.version).toBe(1)
    expect(changed.mzxid).toBeGreaterThan(created.stat.mzxid)
    expect((await session.getChildren(root)).names).toEqual(['a'])
    expect((await session.getAcl(`${root}/a`)).acl).toEqual([{ scheme: 'world', id: 'anyone', permissions: 31 }])
    await session.sync(root)
    const { zxid } = await session.delete(`${root}/a`, 1)
    expect((await session.exists(root))?.pzxid).toBe(zxid)
    expect(session.info.lastZxid).toBeGreaterThanOrEqual(zxid)
  })

  it('watch', async () => {
    const session = open()
    const root = await folder(session)
    const events: WatchEvent[] = []
    await session.addWatch(root, 'recursive', (event) => events.push(event))
    await session.create(`${root}/a`, randomBytes(10))
    expect(events.length).toBe(1)
  })
})
