import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from './connect'
import type { ConnectOptions, Session, WatchEvent } from './session'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-sasl-'))
const jaas = join(folder, 'jaas.conf')
writeFileSync(jaas, 'Server { org.apache.zookeeper.server.auth.DigestLoginModule required user_bob="secret"; };\n')
const SASL = [
  `-Djava.security.auth.login.config=${jaas}`,
  '-Dzookeeper.authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
]
/** Since 3.9 its default keeps DIGEST-MD5 away. */
const FIPS_OFF = '-Dzookeeper.fips-mode=false'
const sessions: Session[] = []
let ensemble: SandboxEnsemble | null = null

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await ensemble?.stop()
  ensemble = null
})

async function start(version: string | undefined, jvmFlags: readonly string[]): Promise<SandboxEnsemble> {
  ensemble = await startEnsemble({
    servers: 1,
    jvmFlags: [FIPS_OFF, ...jvmFlags],
    ...(version === undefined ? {} : { version }),
  })
  return ensemble
}

function open(options: Partial<ConnectOptions>): Session {
  const session = connect({ connect: ensemble?.connect ?? '', sessionTimeoutMs: 6000, ...options })
  sessions.push(session)
  return session
}

const asUser = (user: string, password: string): Partial<ConnectOptions> => ({
  sasl: { mechanism: 'DIGEST-MD5', user, password },
})
const digest = (auth: string) => ({ scheme: 'digest', auth })
const ACL = [{ scheme: 'sasl', id: 'bob', permissions: 31 }]

describe.each([undefined, '3.6.4', '3.4.14'])('ZooKeeper %s with SASL', (version) => {
  it('knows bob by his password, again on every connection, and nobody else', async () => {
    const { servers } = await start(version, SASL)
    const bob = open(asUser('bob', 'secret'))
    await bob.create('/his', Buffer.from('word'), { acl: ACL })
    expect((await bob.getData('/his')).data?.toString()).toBe('word')
    await expect(open({}).getData('/his')).rejects.toMatchObject({ code: 'NoAuth' })

    await servers[0]?.restart()
    expect((await bob.getData('/his', { timeoutMs: 30_000 })).data?.toString()).toBe('word')
    expect(bob.info.connections).toBe(2)
  })

  it('turns a wrong password away, which is said without the password', async () => {
    await start(version, SASL)
    const wrong = open(asUser('bob', 'hunter2'))
    const error = await wrong.getData('/').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'AuthFailed' })
    expect(wrong.info).toMatchObject({ status: 'auth-failed', cause: { code: 'AuthFailed' } })
    expect(wrong.info.cause?.message).toContain('DIGEST-MD5 of the user "bob"')
    expect(JSON.stringify([wrong.info.cause, String(error)])).not.toContain('hunter2')
  })
})

describe('a session', () => {
  it('may have several identities, and keeps them and its watches over a broken connection', async () => {
    const { servers } = await start(undefined, SASL)
    const owners = ['zoe:1', 'max:2'].map((auth) => open({ auth: [digest(auth)] }))
    for (const [index, owner] of owners.entries()) {
      await owner.create(`/owned-${index}`, null, { acl: [{ scheme: 'auth', id: '', permissions: 31 }] })
    }
    const all = open({
      ...asUser('bob', 'secret'),
      auth: [digest('zoe:1'), digest('max:2'), { scheme: 'ip', auth: '' }],
    })
    const readBoth = () => Promise.all([all.getData('/owned-0'), all.getData('/owned-1')])
    await readBoth()
    expect((await all.whoAmI()).map(({ scheme, id }) => `${scheme}:${id}`).sort()).toEqual(
      ['digest:max', 'digest:zoe', 'ip:127.0.0.1', 'sasl:bob'].sort(),
    )
    const events: WatchEvent[] = []
    await all.addWatch('/owned-0', 'persistent', (event) => events.push(event))
    await servers[0]?.restart()
    await vi.waitFor(() => expect(all.info).toMatchObject({ status: 'connected', connections: 2 }), { timeout: 20_000 })
    await readBoth()
    await all.setData('/owned-0', Buffer.from('x'), -1)
    await vi.waitFor(() => expect(events).toMatchObject([{ type: 'changed', path: '/owned-0' }]))
  })

  it('is told when the server keeps DIGEST-MD5 away', async () => {
    await start(undefined, [...SASL, '-Dzookeeper.fips-mode=true'])
    await expect(open(asUser('bob', 'secret')).getData('/')).rejects.toMatchObject({ code: 'AuthFailed' })
    expect(sessions.at(-1)?.info.cause?.message).toContain('fips-mode')
  })

  it('is told when the server offers no SASL', async () => {
    await start(undefined, [])
    await expect(open(asUser('bob', 'secret')).getData('/')).rejects.toMatchObject({ code: 'AuthFailed' })
    expect(sessions.at(-1)?.info.cause?.message).toContain('it offers no SASL')
  })

  it('is told which of its identities a server does not take', async () => {
    await start(undefined, [])
    const session = open({ auth: [digest('zoe:1'), { scheme: 'token', auth: 'hunter2' }] })
    await vi.waitFor(() => expect(session.info.status).toBe('auth-failed'), { timeout: 10_000 })
    expect(session.info.cause?.message).toContain('the scheme "token"')
    expect(session.info.cause?.message).not.toContain('hunter2')
  })

  it('ends with that cause when the server demands SASL', async () => {
    await start(undefined, [...SASL, '-Dzookeeper.sessionRequireClientSASLAuth=true'])
    const session = open({})
    await expect(session.getData('/')).rejects.toMatchObject({ code: 'SessionClosedRequireSaslAuth' })
    expect(session.info).toMatchObject({ status: 'auth-failed', cause: { code: 'SessionClosedRequireSaslAuth' } })
    expect(await open(asUser('bob', 'secret')).exists('/')).not.toBeNull()
  })

  it('does not believe a server that goes on after a wrong password', async () => {
    await start(undefined, [...SASL, '-Dzookeeper.allowSaslFailedClients=true'])
    await expect(open(asUser('bob', 'hunter2')).getData('/')).rejects.toMatchObject({ code: 'AuthFailed' })
  })
})
