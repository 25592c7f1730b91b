import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeAuthority, makeCertificate } from '@/e2e/sandbox/certificates'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { freePorts } from '@/e2e/sandbox/ports'
import { tlsListener } from '@/e2e/sandbox/tls-listener'
import { connect } from './connect'
import type { TlsOptions } from './security'
import { askServerStatus } from './server-status'
import type { ConnectOptions, Session, WatchEvent } from './session'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-tls-'))
const authority = makeAuthority('Test authority')
const stranger = makeAuthority('Another authority')
const caFile = fileOf('ca.pem', authority.cert)
const sessions: Session[] = []
let ensemble: SandboxEnsemble
let port = 0

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

function fileOf(name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

function ownFiles(name: string, issuer = authority): TlsOptions {
  const { cert, key } = makeCertificate(issuer, { name })
  return { caFile, certFile: fileOf(`${name}.pem`, cert), keyFile: fileOf(`${name}.key`, key) }
}

async function start(clientCertificate: 'need' | 'none'): Promise<void> {
  const [secure = 0] = await freePorts(1)
  port = secure
  const certificate = makeCertificate(authority, { name: 'zk', hosts: ['localhost', '127.0.0.1'] })
  const settings = await tlsListener({ folder, port, authority, certificate, clientCertificate })
  ensemble = await startEnsemble({ servers: 1, settings })
}

function open(options: Partial<ConnectOptions> = {}): Session {
  const session = connect({ connect: `localhost:${port}`, sessionTimeoutMs: 6000, ...options })
  sessions.push(session)
  return session
}

async function causeOf(options: Partial<ConnectOptions>, code: string): Promise<void> {
  const session = open(options)
  await vi.waitFor(() => expect(session.info.cause?.code).toBe(code), { timeout: 15_000 })
  expect(session.info.status).toBe('connecting')
}

describe('a server that speaks TLS', () => {
  beforeAll(() => start('none'))
  afterAll(() => ensemble?.stop())

  it('serves a session, its watches and its chroot, also behind a broken connection', async () => {
    const plain = open({ connect: ensemble.connect })
    await plain.create('/app', null)
    const session = open({ connect: `localhost:${port}/app`, tls: { caFile } })
    const events: WatchEvent[] = []
    await session.addWatch('/', 'recursive', (event) => events.push(event))
    await session.create('/a', Buffer.from('x'.repeat(300_000)))
    expect((await session.getData('/a')).data?.length).toBe(300_000)
    expect(session.info).toMatchObject({ status: 'connected', encryption: 'tls' })
    await ensemble.servers[0]?.restart()
    await vi.waitFor(() => expect(session.info).toMatchObject({ status: 'connected', connections: 2 }), {
      timeout: 45_000,
    })
    await plain.create('/app/b', null, { timeoutMs: 30_000 })
    await vi.waitFor(() => expect(events.map(({ path }) => path)).toEqual(['/a', '/b']), { timeout: 20_000 })
    expect((await plain.exists('/app/a'))?.dataLength).toBe(300_000)
  }, 120_000)

  it('tells of itself over TLS', async () => {
    expect(await askServerStatus({ host: 'localhost', port }, { timeoutMs: 5000, tls: { caFile } })).toMatchObject({
      mode: 'standalone',
      answered: true,
    })
  })

  it.each<[string, string, Partial<ConnectOptions>]>([
    ['by another name', 'TlsNameMismatch', { tls: { caFile, serverName: 'zk.test' } }],
    ['with another authority', 'TlsUntrusted', { tls: { caFile: fileOf('stranger.pem', stranger.cert) } }],
    ['without TLS', 'TlsExpected', {}],
  ])('is not reached %s, and the cause is said', async (_, code, options) => {
    await causeOf(options, code)
  })

  it('has a plain port, which TLS does not reach', async () => {
    await causeOf({ connect: ensemble.connect, tls: { caFile } }, 'TlsNotSpoken')
  })
})

describe('a server that wants to know who its clients are', () => {
  beforeAll(() => start('need'))
  afterAll(() => ensemble?.stop())

  it('takes a certificate of its authority for an identity', async () => {
    const session = open({ tls: ownFiles('zoolens') })
    const acl = [{ scheme: 'x509', id: 'CN=zoolens', permissions: 31 }]
    await session.create('/mine', Buffer.from('secret'), { acl })
    expect((await session.getData('/mine')).data?.toString()).toBe('secret')
    expect(await session.whoAmI()).toContainEqual({ scheme: 'x509', id: 'CN=zoolens' })
    await expect(open({ tls: ownFiles('somebody') }).getData('/mine')).rejects.toMatchObject({ code: 'NoAuth' })
  })

  it.each<[string, string, () => Partial<ConnectOptions>]>([
    ['none', 'TlsClientRefused', () => ({ tls: { caFile } })],
    ['one of another authority', 'TlsClientRefused', () => ({ tls: ownFiles('fake', stranger) })],
    ['no TLS at all', 'TlsExpected', () => ({})],
  ])('turns away who has %s, and the cause is said', async (_, code, options) => {
    await causeOf(options(), code)
  })
})
