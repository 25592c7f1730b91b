import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { kerberosProblem } from '@/lib/zookeeper/sasl/kerberos'
import type { AuthIdentity, SaslOptions, TlsOptions } from '@/lib/zookeeper/security'
import type { ConnectOptions } from '@/lib/zookeeper/session'
import { secureContext, TlsFileError } from '@/lib/zookeeper/tls-context'
import { BadSetting } from './bad-setting'

/** How a cluster is reached and as whom. Holds secrets: it is never logged and never sent to a browser. */
export type ClusterSecurity = Pick<ConnectOptions, 'auth' | 'sasl' | 'tls'>

const USER_AND_PASSWORD = /^[^:]+:/
const text = z.string().min(1)
const secret = { password: z.string().optional(), passwordFile: text.optional() }
const user = text.regex(/^[^:]*$/, 'must have no colon')

const identitySchema = z.discriminatedUnion(
  'scheme',
  [
    z.strictObject({ scheme: z.literal('digest'), user, ...secret }),
    z.strictObject({
      scheme: z.literal('sasl'),
      mechanism: z.enum(['DIGEST-MD5', 'GSSAPI']).default('DIGEST-MD5'),
      user: user.optional(),
      ...secret,
      service: text.optional(),
    }),
    // What these two identities are the server sees by itself; naming them makes sure that it takes them.
    z.strictObject({ scheme: z.literal('ip') }),
    z.strictObject({ scheme: z.literal('x509') }),
  ],
  { error: 'must have a scheme: digest, sasl, ip or x509' },
)

/** The keys of a cluster that are about security. */
export const securitySchema = {
  digest: z.string().regex(USER_AND_PASSWORD, 'must be user:password').optional(),
  digestFile: text.optional(),
  auth: z.array(identitySchema).max(16).default([]),
  tls: z
    .strictObject({
      caFile: text.optional(),
      certFile: text.optional(),
      keyFile: text.optional(),
      passphrase: z.string().optional(),
      passphraseFile: text.optional(),
      serverName: text.optional(),
      verifyName: z.boolean().default(true),
      insecure: z.boolean().default(false),
    })
    .optional(),
}

const securityObject = z.strictObject(securitySchema)
type Input = z.infer<typeof securityObject>
type Identity = Input['auth'][number]

/**
 * @param key of the cluster, for errors
 * @throws BadSetting when a file cannot be used, or parts contradict each other
 */
export function readSecurity(input: Input, key: string): ClusterSecurity {
  const tls = input.tls === undefined ? null : readTls(input.tls, `${key}.tls`)
  const auth: AuthIdentity[] = []
  const digest = readSecret(key, 'digest', input.digest, input.digestFile)
  if (digest !== null) {
    if (!USER_AND_PASSWORD.test(digest)) throw new BadSetting(`${key}.digestFile`, 'must hold user:password')
    auth.push({ scheme: 'digest', auth: digest })
  }
  let sasl: SaslOptions | null = null
  for (const [index, identity] of input.auth.entries()) {
    const at = `${key}.auth[${index}]`
    if (identity.scheme === 'sasl') {
      if (sasl !== null) throw new BadSetting(at, 'is a second sasl identity: a session has one')
      sasl = readSasl(identity, at)
    } else {
      if (identity.scheme === 'x509' && tls?.certFile === undefined) {
        throw new BadSetting(at, 'needs tls.certFile: the certificate is the identity')
      }
      auth.push({ scheme: identity.scheme, auth: identity.scheme === 'digest' ? readDigest(identity, at) : '' })
    }
  }
  return { auth, ...(sasl === null ? {} : { sasl }), ...(tls === null ? {} : { tls }) }
}

function readTls(input: NonNullable<Input['tls']>, key: string): TlsOptions {
  const { caFile, certFile, keyFile, serverName, verifyName, insecure } = input
  const passphrase = readSecret(key, 'passphrase', input.passphrase, input.passphraseFile)
  const tls: TlsOptions = {
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(passphrase === null ? {} : { passphrase }),
    ...(serverName === undefined ? {} : { serverName }),
    verifyName,
    insecure,
  }
  try {
    secureContext(tls)
    return tls
  } catch (error) {
    if (!(error instanceof TlsFileError)) throw error
    throw new BadSetting(`${key}.${error.setting}`, error.message)
  }
}

function readSasl(identity: Extract<Identity, { scheme: 'sasl' }>, key: string): SaslOptions {
  const { mechanism, user: name, password, passwordFile, service } = identity
  if (mechanism === 'GSSAPI') {
    if (name !== undefined || password !== undefined || passwordFile !== undefined) {
      throw new BadSetting(key, 'Kerberos takes who we are from its ticket: leave out user and password')
    }
    const problem = kerberosProblem()
    if (problem !== null) throw new BadSetting(`${key}.mechanism`, problem)
    return { mechanism, service: service ?? 'zookeeper' }
  }
  if (service !== undefined) throw new BadSetting(`${key}.service`, 'belongs to the mechanism GSSAPI')
  if (name === undefined) throw new BadSetting(`${key}.user`, 'is missing')
  return { mechanism, user: name, password: readPassword(identity, key) }
}

function readDigest(identity: Extract<Identity, { scheme: 'digest' }>, key: string): string {
  return `${identity.user}:${readPassword(identity, key)}`
}

function readPassword(
  identity: { password?: string | undefined; passwordFile?: string | undefined },
  key: string,
): string {
  const password = readSecret(key, 'password', identity.password, identity.passwordFile)
  if (password === null) throw new BadSetting(`${key}.password`, 'is missing; or passwordFile, which holds it')
  return password
}

/** A secret is given directly or by a file that holds it, whose last line break is not a part of it. */
function readSecret(key: string, name: string, value: string | undefined, file: string | undefined): string | null {
  if (file === undefined) return value ?? null
  if (value !== undefined) throw new BadSetting(`${key}.${name}File`, `set either this or ${name}, not both`)
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new BadSetting(`${key}.${name}File`, `cannot read ${file}`)
  }
}
