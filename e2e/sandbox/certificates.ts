import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its key in PEM form. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface Authority extends Certificate {
  readonly name: string
}

export interface CertificateOptions {
  readonly name: string
  /** Host names and IPv4 or IPv6 addresses that it is for. */
  readonly hosts?: readonly string[]
  /** Milliseconds since 1970. Default: a day from now; its beginning is two days before. */
  readonly validUntil?: number
}

const DAY_MS = 86_400_000

/** An authority for tests: what it signs is worth nothing anywhere else. */
export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cert = certificate({ name }, name, privateKey, publicKey, true)
  return { name, cert, key: pemOf(privateKey) }
}

/** A certificate for servers and clients alike, signed by the authority. */
export function makeCertificate(authority: Authority, options: CertificateOptions): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cert = certificate(options, authority.name, createPrivateKey(authority.key), publicKey, false)
  return { cert, key: pemOf(privateKey) }
}

/**
 * X.509 written out byte by byte (RFC 5280, section 4.1), so that tests need no program besides Node: keytool writes no
 * PEM keys, and openssl is not on every machine.
 */
function certificate(
  { name, hosts = [], validUntil = Date.now() + DAY_MS }: CertificateOptions,
  issuer: string,
  issuerKey: KeyObject,
  publicKey: KeyObject,
  isAuthority: boolean,
): string {
  const algorithm = sequence(ECDSA_WITH_SHA256)
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(time(validUntil - 3 * DAY_MS), time(validUntil)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(hosts, isAuthority))),
  )
  const der = sequence(body, algorithm, bitString(sign('sha256', body, issuerKey)))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function extensions(hosts: readonly string[], isAuthority: boolean): Buffer[] {
  const basic = extension(BASIC_CONSTRAINTS, sequence(...(isAuthority ? [tagged(0x01, Buffer.of(0xff))] : [])), true)
  if (hosts.length === 0) return [basic]
  return [basic, extension(ALTERNATIVE_NAMES, sequence(...hosts.map(alternativeName)), false)]
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, addressBytes(host))
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail = ''] = address.split('::')
  const words = (text: string) => text.split(':').filter((word) => word !== '')
  const [first, last] = [words(head), words(tail)]
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0')
  const all = [...first, ...zeros, ...last].map((word) => Number.parseInt(word, 16))
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]))
}

function extension(id: Buffer, value: Buffer, critical: boolean): Buffer {
  return sequence(id, ...(critical ? [tagged(0x01, Buffer.of(0xff))] : []), tagged(0x04, value))
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(name)))))
}

/** GeneralizedTime. RFC 5280 wants UTCTime before 2050, but nobody refuses this. */
function time(ms: number): Buffer {
  return tagged(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes)
}

function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.of(0), bytes]))
}

function explicit(tag: number, content: Buffer): Buffer {
  return tagged(0xa0 + tag, content)
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const prefix = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...prefix), content])
}

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex')
const ALTERNATIVE_NAMES = Buffer.from('0603551d11', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}
