import { createHash, randomBytes } from 'node:crypto'
import { SaslError } from './client'
import { parseDirectives } from './directives'

export interface DigestMd5Identity {
  readonly user: string
  readonly password: string
  /** Service and host as the server knows itself: "zookeeper/zk-sasl-md5" (SecurityUtils.createSaslClient). */
  readonly digestUri: string
}

export interface DigestMd5Answer {
  /** The digest-response, to be sent. */
  readonly token: Buffer
  /** Checks that the server knows the password too. @throws SaslError */
  verify(token: Buffer): void
}

/**
 * The client's side of DIGEST-MD5 (RFC 2831) with qop "auth" and without subsequent authentication.
 * @param challenge the server's digest-challenge
 * @param cnonce for tests; by chance otherwise
 * @throws SaslError when the server wants something else
 */
export function answerChallenge(
  challenge: Buffer,
  { user, password, digestUri }: DigestMd5Identity,
  cnonce: string = randomBytes(24).toString('base64'),
): DigestMd5Answer {
  const { nonce, realm, utf8 } = readChallenge(challenge)
  const encode = (text: string) => encoded(text, utf8)
  const secret = md5(Buffer.concat([encode(user), COLON, encode(realm ?? ''), COLON, encode(password)]))
  const a1 = hex(md5(Buffer.concat([secret, Buffer.from(`:${nonce}:${cnonce}`, utf8 ? 'utf8' : 'latin1')])))
  const proof = (prefix: string) =>
    hex(md5(Buffer.from(`${a1}:${nonce}:${NC}:${cnonce}:auth:${hex(md5(Buffer.from(`${prefix}:${digestUri}`)))}`)))
  const token = [
    ...(utf8 ? ['charset=utf-8'] : []),
    `username=${quoted(user)}`,
    ...(realm === null ? [] : [`realm=${quoted(realm)}`]),
    `nonce=${quoted(nonce)}`,
    `nc=${NC}`,
    `cnonce=${quoted(cnonce)}`,
    `digest-uri=${quoted(digestUri)}`,
    `response=${proof('AUTHENTICATE')}`,
    'qop=auth',
  ].join(',')
  return {
    token: Buffer.from(token, utf8 ? 'utf8' : 'latin1'),
    verify: (answer) => {
      if (directives(answer).get('rspauth')?.[0] === proof('')) return
      throw new SaslError('it could not prove that it knows the password too')
    },
  }
}

/** The first use of a nonce. */
const NC = '00000001'
const COLON = Buffer.from(':')

function readChallenge(challenge: Buffer) {
  const found = directives(challenge)
  const nonces = found.get('nonce') ?? []
  const [nonce] = nonces
  if (nonce === undefined || nonces.length > 1) throw new SaslError('its challenge does not have one nonce')
  if (found.get('algorithm')?.join() !== 'md5-sess') throw new SaslError('its challenge does not ask for md5-sess')
  const qop = (found.get('qop')?.[0] ?? 'auth').split(',').map((option) => option.trim())
  if (!qop.includes('auth')) throw new SaslError('it wants every message signed (qop), which Zoolens does not do')
  const charset = found.get('charset')?.[0]
  if (charset !== undefined && charset !== 'utf-8') throw new SaslError('its challenge has a charset that is not UTF-8')
  // Of several realms any may be chosen; ZooKeeper's servers offer one.
  return { nonce, realm: found.get('realm')?.[0] ?? null, utf8: charset !== undefined }
}

function directives(token: Buffer): ReadonlyMap<string, readonly string[]> {
  const found = parseDirectives(token.toString('utf8'))
  if (found === null) throw new SaslError('its token cannot be read')
  return found
}

/** Hashed as ISO 8859-1 whenever that can hold it, also where UTF-8 is agreed on: section 2.1.2.1. */
function encoded(text: string, utf8: boolean): Buffer {
  const isLatin = [...text].every((character) => character <= 'ÿ')
  if (!isLatin && !utf8) throw new SaslError('it reads ISO 8859-1 only, and a credential does not fit into that')
  return Buffer.from(text, isLatin ? 'latin1' : 'utf8')
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest()
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex')
}
