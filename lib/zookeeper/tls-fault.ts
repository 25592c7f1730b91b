import type { PeerCertificate } from 'node:tls'
import type { ErrorCode } from '@/lib/znode/app-error'
import { TlsFileError } from './tls-context'

interface TlsError extends NodeJS.ErrnoException {
  readonly host?: string
  readonly cert?: PeerCertificate
}

/** Source: X509_V_ERR_... of OpenSSL, as Node names them in the code of its errors. */
const UNTRUSTED = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** The alerts by which a server turns down our certificate, or says that it wants one (RFC 8446, section 6.2). */
const REFUSED = /ALERT_((?:BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED|BAD_CERTIFICATE\w*)$/

/** What went wrong with TLS, or null when the error is none of TLS. */
export function tlsFault(error: Error): { readonly code: ErrorCode; readonly detail: string } | null {
  if (error instanceof TlsFileError) return { code: 'TlsFailed', detail: `${error.setting}: ${error.message}` }
  const { code = '', message, host, cert }: TlsError = error
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = cert?.subjectaltname ?? `CN=${cert?.subject?.CN ?? ''}`
    return { code: 'TlsNameMismatch', detail: `it is for ${names}, not for ${host}` }
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return { code: 'TlsExpired', detail: message }
  if (UNTRUSTED.has(code)) return { code: 'TlsUntrusted', detail: message }
  const refused = REFUSED.exec(code)?.[1]
  if (refused !== undefined) {
    return { code: 'TlsClientRefused', detail: `its alert is ${refused.toLowerCase().replaceAll('_', ' ')}` }
  }
  // What came first was no record of TLS.
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) {
    return { code: 'TlsNotSpoken', detail: 'its answer is not one of TLS' }
  }
  // OpenSSL's own texts begin with a number of the thread and end with a line of its source.
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return {
      code: 'TlsFailed',
      detail: code
        .replace(/^ERR_SSL_/, '')
        .toLowerCase()
        .replaceAll('_', ' '),
    }
  }
  return null
}
