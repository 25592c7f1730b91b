import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Encryption, TlsOptions } from './security'

/** A file of the TLS settings cannot be used. The message names the file and never shows what is in it. */
export class TlsFileError extends Error {
  constructor(
    readonly setting: 'caFile' | 'certFile' | 'keyFile',
    problem: string,
  ) {
    super(problem)
    this.name = 'TlsFileError'
  }
}

/** Reads the PEM files as they are now. @throws TlsFileError */
export function secureContext(tls: TlsOptions): SecureContext {
  const { caFile, certFile, keyFile, passphrase } = tls
  // Before 1.2 the handshake itself can be forged. ZooKeeper's own default is the same: X509Util, DEFAULT_PROTOCOL.
  const options = { minVersion: 'TLSv1.2' } as const
  const ca = caFile === undefined ? {} : { ca: certificates('caFile', caFile).pem }
  if (certFile === undefined && keyFile === undefined) return createSecureContext({ ...options, ...ca })
  if (certFile === undefined) throw new TlsFileError('certFile', 'is missing: keyFile is the key of no certificate')
  if (keyFile === undefined) throw new TlsFileError('keyFile', 'is missing: the certificate of certFile has a key')
  const own = certificates('certFile', certFile)
  const key = privateKey(keyFile, passphrase)
  if (!own.first.checkPrivateKey(key)) {
    throw new TlsFileError('keyFile', `${keyFile} is not the key of the first certificate in ${certFile}`)
  }
  return createSecureContext({ ...options, ...ca, cert: own.pem, key: key.export({ type: 'pkcs8', format: 'pem' }) })
}

export function encryptionOf(tls: TlsOptions | undefined): Encryption {
  if (tls === undefined) return 'none'
  return tls.insecure === true || tls.verifyName === false ? 'unverified' : 'tls'
}

function certificates(setting: 'caFile' | 'certFile', file: string): { pem: string; first: X509Certificate } {
  const pem = readPem(setting, file)
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  try {
    // Node skips what it cannot read in a file of authorities, and then trusts nobody: the error would name the server.
    const [first] = parts.map((part) => new X509Certificate(part))
    if (first !== undefined) return { pem, first }
  } catch {
    throw new TlsFileError(setting, `${file} has a certificate that cannot be read`)
  }
  throw new TlsFileError(setting, `${file} has no certificate in PEM form (-----BEGIN CERTIFICATE-----)`)
}

function privateKey(file: string, passphrase: string | undefined): KeyObject {
  const key = readPem('keyFile', file)
  if (!key.includes('PRIVATE KEY-----')) {
    throw new TlsFileError('keyFile', `${file} has no private key in PEM form (-----BEGIN PRIVATE KEY-----)`)
  }
  const isEncrypted = key.includes('ENCRYPTED')
  if (isEncrypted && passphrase === undefined) {
    throw new TlsFileError('keyFile', `${file} is encrypted and there is no passphrase`)
  }
  try {
    return createPrivateKey(passphrase === undefined ? key : { key, passphrase })
  } catch {
    const problem = isEncrypted ? 'cannot be read with this passphrase' : 'has a private key that cannot be read'
    throw new TlsFileError('keyFile', `${file} ${problem}`)
  }
}

function readPem(setting: TlsFileError['setting'], file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new TlsFileError(setting, `cannot read ${file} (${(error as NodeJS.ErrnoException).code})`)
  }
}
