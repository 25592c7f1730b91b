import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeAuthority, makeCertificate } from '@/e2e/sandbox/certificates'
import { readSettings } from './settings'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-security-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string): string {
  const file = join(folder, crypto.randomUUID())
  writeFileSync(file, content)
  return file
}

const authority = makeAuthority('Test authority')
const own = makeCertificate(authority, { name: 'zoolens' })
const [caFile, certFile, keyFile] = [authority.cert, own.cert, own.key].map(fileOf)
const passwordFile = fileOf(' s3:cret \n')

const read = (cluster: object) =>
  readSettings({ ZOOLENS_CONFIG: fileOf(JSON.stringify({ clusters: [{ id: 'a', connect: 'zk:2181', ...cluster }] })) })
    .clusters[0]?.security

describe('the security of a cluster', () => {
  it('may be several identities, with secrets in files of their own', () => {
    const auth = [
      { scheme: 'digest', user: 'zoe', passwordFile },
      { scheme: 'sasl', user: 'bob', password: 'word' },
      { scheme: 'ip' },
      { scheme: 'x509' },
    ]
    expect(read({ digest: 'old:way', auth, tls: { caFile, certFile, keyFile } })).toEqual({
      auth: [
        { scheme: 'digest', auth: 'old:way' },
        { scheme: 'digest', auth: 'zoe: s3:cret ' },
        { scheme: 'ip', auth: '' },
        { scheme: 'x509', auth: '' },
      ],
      sasl: { mechanism: 'DIGEST-MD5', user: 'bob', password: 'word' },
      tls: { caFile, certFile, keyFile, verifyName: true, insecure: false },
    })
  })

  it('is TLS with the authorities of Node when nothing more is said', () => {
    expect(read({ tls: {} })).toEqual({ auth: [], tls: { verifyName: true, insecure: false } })
    expect(read({ tls: { insecure: true, serverName: 'zk.test' } })?.tls).toMatchObject({ insecure: true })
  })

  it.each<[string, object, RegExp]>([
    ['an authority that is not there', { tls: { caFile: '/nowhere.pem' } }, /clusters\[0\]\.tls\.caFile: cannot read/],
    ['a certificate without its key', { tls: { certFile } }, /tls\.keyFile: is missing/],
    ['a key that is no key', { tls: { certFile, keyFile: caFile } }, /tls\.keyFile: .*no private key/],
    [
      'a passphrase twice',
      { tls: { passphrase: 'x', passphraseFile: passwordFile } },
      /tls\.passphraseFile: set either/,
    ],
    ['a key of its own invention', { tls: { verify: false } }, /tls: Unrecognized key: "verify"/],
    ['an unknown scheme', { auth: [{ scheme: 'token' }] }, /auth\[0\].*: must have a scheme: digest, sasl, ip or x509/],
    ['a user without password', { auth: [{ scheme: 'digest', user: 'zoe' }] }, /auth\[0\]\.password: is missing/],
    [
      'a user with a colon',
      { auth: [{ scheme: 'digest', user: 'a:b', password: 'x' }] },
      /auth\[0\]\.user: must have no/,
    ],
    [
      'a password file that is not there',
      { auth: [{ scheme: 'digest', user: 'a', passwordFile: '/x' }] },
      /cannot read \/x/,
    ],
    ['x509 without a certificate', { auth: [{ scheme: 'x509' }] }, /auth\[0\]: needs tls\.certFile/],
    [
      'two SASL identities',
      { auth: Array(2).fill({ scheme: 'sasl', user: 'a', password: 'b' }) },
      /auth\[1\]: is a second/,
    ],
    ['Kerberos with a password', { auth: [{ scheme: 'sasl', mechanism: 'GSSAPI', user: 'a' }] }, /ticket/],
    ['an old file without a colon', { digestFile: fileOf('hunter2') }, /digestFile: must hold user:password/],
  ])('with %s stops the start and names the key', (_, cluster, message) => {
    expect(() => read(cluster)).toThrow(message)
    expect(() => read(cluster)).not.toThrow(/hunter2|s3:cret/)
  })

  it('refuses Kerberos by name where its package is not installed', () => {
    const kerberos = () => read({ auth: [{ scheme: 'sasl', mechanism: 'GSSAPI' }] })
    expect(kerberos).toThrow(/auth\[0\]\.mechanism: the package kerberos is not installed: npm install kerberos@/)
  })
})
