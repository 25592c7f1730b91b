import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type TlsOptions as ServerOptions } from 'node:tls'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type CertificateOptions, makeAuthority, makeCertificate } from '@/e2e/sandbox/certificates'
import { connect } from './connect'
import type { TlsOptions } from './security'
import type { Session } from './session'
import { startFakeServer } from './testing/fake-server'
import { encryptionOf, secureContext } from './tls-context'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-tls-'))
const authority = makeAuthority('Test authority')
const stranger = makeAuthority('Another authority')
const caFile = fileOf('ca.pem', authority.cert)
const strangerFile = fileOf('stranger.pem', stranger.cert)
const servers: NetServer[] = []
const sockets: Socket[] = []
const sessions: Session[] = []

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => once(server.close(), 'close')))
})

function fileOf(name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

async function listen(server: NetServer): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** A server that shakes hands and is no ZooKeeper: whoever hears that has come through the handshake. */
function tlsServer(certificate: CertificateOptions, options: ServerOptions = {}): Promise<number> {
  return listen(
    createTlsServer({ ...makeCertificate(authority, certificate), ...options }, (socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end('no ZooKeeper'))
    }),
  )
}

function open(server: string, tls?: TlsOptions): Session {
  const session = connect({ connect: server, ...(tls === undefined ? {} : { tls }) })
  sessions.push(session)
  return session
}

async function causeOf(session: Session, code: string): Promise<string> {
  await vi.waitFor(() => expect(session.info.cause?.code).toBe(code), { timeout: 10_000, interval: 10 })
  return session.info.cause?.message ?? ''
}

const LOCAL = { name: 'zk', hosts: ['127.0.0.1', 'localhost'] }

describe('a certificate', () => {
  it.each([
    ['of an address', 'zk.test', '127.0.0.1', {}],
    ['of a name that the settings give', 'zk.test', 'zk.test', { serverName: 'zk.test' }],
    ['of another name, which the settings allow', 'zk.test', 'other.test', { verifyName: false }],
  ])(
    '%s is believed',
    async (_, name, host, tls) => {
      const port = await tlsServer({ name, hosts: [host] })
      const session = open(`127.0.0.1:${port}`, { caFile, ...tls })
      await causeOf(session, 'NotZooKeeper')
      expect(session.info.encryption).toBe('verifyName' in tls ? 'unverified' : 'tls')
    },
    15_000,
  )

  it('for other names is refused, and they are said', async () => {
    const port = await tlsServer({ name: 'zk', hosts: ['zk1.test', '10.0.0.1'] })
    const message = await causeOf(open(`127.0.0.1:${port}`, { caFile }), 'TlsNameMismatch')
    expect(message).toContain('it is for DNS:zk1.test, IP Address:10.0.0.1, not for 127.0.0.1')
  })

  it('of an authority that is not trusted is refused', async () => {
    const port = await tlsServer(LOCAL)
    await causeOf(open(`127.0.0.1:${port}`, { caFile: strangerFile }), 'TlsUntrusted')
    await causeOf(open(`127.0.0.1:${port}`, {}), 'TlsUntrusted')
  })

  it('that signs itself is refused', async () => {
    const self = { cert: authority.cert, key: authority.key }
    const port = await listen(createTlsServer(self))
    await causeOf(open(`127.0.0.1:${port}`, { caFile: strangerFile }), 'TlsUntrusted')
  })

  it('that has expired is refused', async () => {
    const port = await tlsServer({ ...LOCAL, validUntil: Date.now() - 60_000 })
    expect(await causeOf(open(`127.0.0.1:${port}`, { caFile }), 'TlsExpired')).toContain('expired')
  })

  it('of any kind is taken where nobody checks, and that is said', async () => {
    const port = await tlsServer({ name: 'x', validUntil: Date.now() - 60_000 })
    const session = open(`127.0.0.1:${port}`, { insecure: true })
    expect(session.info.encryption).toBe('unverified')
    await causeOf(session, 'NotZooKeeper')
  })
})

describe('both sides', () => {
  it('must speak TLS: a plain server is told apart', async () => {
    const plain = await listen(
      createServer((socket) => {
        // As ZooKeeper does: the first bytes of a handshake are the length of an absurd frame.
        socket.once('data', (bytes) => socket.end(bytes.toString() === 'srvr' ? 'Mode: standalone\nZxid: 0x0\n' : ''))
      }),
    )
    await causeOf(open(`127.0.0.1:${plain}`, { caFile }), 'TlsNotSpoken')
    const web = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    await causeOf(open(`127.0.0.1:${web}`, { caFile }), 'TlsNotSpoken')
  })

  it('must speak TLS: a server that wants it is told apart', async () => {
    const port = await tlsServer(LOCAL)
    await causeOf(open(`127.0.0.1:${port}`), 'TlsExpected')
  })

  it('must know a version from 1.2 on', async () => {
    const old: ServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    const port = await tlsServer(LOCAL, old)
    expect(await causeOf(open(`127.0.0.1:${port}`, { caFile }), 'TlsFailed')).toMatch(/protocol/)
  })

  it('may be plain, and that is said', async () => {
    const server = await startFakeServer({})
    const session = open(server.connect)
    await vi.waitFor(() => expect(session.info).toMatchObject({ status: 'connected', encryption: 'none' }))
    await session.close()
    await server.close()
  })
})

describe('the files', () => {
  const own = makeCertificate(authority, { name: 'zoolens' })
  const certFile = fileOf('zoolens.pem', own.cert)
  const keyFile = fileOf('zoolens.key', own.key)
  const otherKey = fileOf('other.key', makeCertificate(authority, { name: 'other' }).key)

  it.each<[string, TlsOptions, RegExp]>([
    ['is missing', { caFile: '/nowhere.pem' }, /cannot read \/nowhere.pem \(ENOENT\)/],
    ['is empty', { caFile: fileOf('empty.pem', '') }, /no certificate in PEM form/],
    [
      'is no certificate',
      { caFile: fileOf('bad.pem', own.cert.replace(/[A-Z]{4}/, 'AAAA').replace('MII', 'MIX')) },
      /cannot be read|no certificate/,
    ],
    ['has no key', { certFile }, /is missing/],
    ['has no certificate', { keyFile }, /is missing/],
    ['is a certificate in place of a key', { certFile, keyFile: certFile }, /no private key in PEM form/],
    ['is the key of another', { certFile, keyFile: otherKey }, /not the key of the first certificate/],
  ])('say what is wrong when one %s', (_, tls, why) => {
    expect(() => secureContext(tls)).toThrow(why)
  })

  it('may have a key with a passphrase, which is not told', async () => {
    const encrypted = createPrivateKey(own.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    })
    const locked = fileOf('locked.key', String(encrypted))
    expect(() => secureContext({ certFile, keyFile: locked })).toThrow(/there is no passphrase/)
    expect(() => secureContext({ certFile, keyFile: locked, passphrase: 'hunter2' })).toThrow(
      /^(?!.*hunter2).*cannot be read with this passphrase/,
    )
    secureContext({ caFile, certFile, keyFile: locked, passphrase: 'open sesame' })
  })

  it('are read again for every connection', async () => {
    const port = await tlsServer(LOCAL)
    const renewed = fileOf('renewed.pem', stranger.cert)
    const session = open(`127.0.0.1:${port}`, { caFile: renewed })
    await causeOf(session, 'TlsUntrusted')
    writeFileSync(renewed, 'nothing')
    expect(await causeOf(session, 'TlsFailed')).toContain('caFile')
    writeFileSync(renewed, authority.cert)
    await causeOf(session, 'NotZooKeeper')
  }, 15_000)

  it('say how the encryption is to be shown', () => {
    expect([undefined, {}, { insecure: true }, { verifyName: false }].map(encryptionOf)).toEqual([
      'none',
      'tls',
      'unverified',
      'unverified',
    ])
  })
})
