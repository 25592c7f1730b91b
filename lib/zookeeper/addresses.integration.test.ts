import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { makeAuthority, makeCertificate } from '@/e2e/sandbox/certificates'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { freePorts } from '@/e2e/sandbox/ports'
import { openRawSession } from '@/e2e/sandbox/raw-session'
import { tlsListener } from '@/e2e/sandbox/tls-listener'
import { connect } from './connect'
import type { ConnectOptions, Session } from './session'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-addresses-'))
const authority = makeAuthority('Test authority')
const caFile = join(folder, 'ca.pem')
const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
const sessions: Session[] = []
let ensemble: SandboxEnsemble
let securePort = 0

beforeAll(async () => {
  writeFileSync(caFile, authority.cert)
  const [port = 0] = await freePorts(1)
  securePort = port
  const certificate = makeCertificate(authority, { name: 'zk', hosts: ['::1'] })
  const everywhere = hasIPv6 ? '::' : '127.0.0.1'
  const tls = await tlsListener({ folder, port, authority, certificate, address: everywhere })
  const settings = { ...tls, clientPortAddress: everywhere, maxClientCnxns: '3' }
  ensemble = await startEnsemble({ servers: 1, settings, jvmFlags: ['-Djava.net.preferIPv4Stack=false'] })
})
afterAll(async () => {
  await ensemble?.stop()
  rmSync(folder, { recursive: true })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

function open(options: ConnectOptions): Session {
  const session = connect({ sessionTimeoutMs: 6000, ...options })
  sessions.push(session)
  return session
}

const clientPort = () => ensemble.servers[0]?.clientPort ?? 0

it('an IPv6 address is reached, plain and by a certificate for it', async (context) => {
  if (!hasIPv6) return context.skip('this machine has no ::1')
  const plain = open({ connect: `[::1]:${clientPort()}` })
  expect(await plain.exists('/')).not.toBeNull()
  expect(plain.info.server).toBe(`[::1]:${clientPort()}`)
  await plain.close()
  const tls = open({ connect: `[::1]:${securePort}`, tls: { caFile } })
  expect(await tls.exists('/')).not.toBeNull()
  const other = open({ connect: `127.0.0.1:${securePort}`, tls: { caFile } })
  await vi.waitFor(() => expect(other.info.cause?.code).toBe('TlsNameMismatch'), { timeout: 10_000 })
})

it('a name is reached at the one of its addresses where somebody serves', async () => {
  // Nobody listens at .2 and .3; the order is by chance.
  const found = ['127.0.0.2', '127.0.0.3', '127.0.0.1'].map((address) => ({ address, family: 4 }))
  const lookup = vi
    .spyOn(dns, 'lookup')
    .mockImplementation(((_: string, options: { all?: boolean }, callback: (...found: unknown[]) => void) =>
      options.all === true ? callback(null, found) : callback(null, '127.0.0.1', 4)) as unknown as typeof dns.lookup)
  const started = performance.now()
  const session = open({ connect: `zk.test:${clientPort()}` })
  expect(await session.exists('/')).not.toBeNull()
  expect(lookup).toHaveBeenCalled()
  // All of them are tried in the first round, without waiting between them.
  expect(performance.now() - started).toBeLessThan(5000)
})

it('a server with too many connections is recognised, and taken as soon as it takes us', async () => {
  const held = await Promise.all([1, 2, 3].map(() => openRawSession(clientPort())))
  const session = open({ connect: ensemble.connect })
  await vi.waitFor(() => expect(session.info.cause?.code).toBe('TurnedAway'), { timeout: 10_000 })
  expect(session.info).toMatchObject({ status: 'connecting' })
  expect(session.info.nextAttemptAt).not.toBeNull()
  await Promise.all(held.map((one) => one.close()))
  await vi.waitFor(() => expect(session.info.status).toBe('connected'), { timeout: 20_000 })
})
