import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Authority, Certificate } from './certificates'

export interface TlsListenerOptions {
  /** Of the PEM files that the server reads; whoever made it removes it. */
  readonly folder: string
  readonly port: number
  readonly authority: Authority
  readonly certificate: Certificate
  /** What a client must show. Default: nothing. */
  readonly clientCertificate?: 'need' | 'want' | 'none'
  /** Default: 127.0.0.1. */
  readonly address?: string
}

/**
 * The lines of zoo.cfg by which a single server, 3.6 or newer, speaks TLS on a second port; the first one stays plain. By Netty, because
 * the server's own network layer cannot, and by the TLS of the JDK.
 */
export async function tlsListener(options: TlsListenerOptions): Promise<Readonly<Record<string, string>>> {
  const { folder, port, authority, certificate, clientCertificate = 'none', address = '127.0.0.1' } = options
  const [keyStore, trustStore] = [join(folder, `server-${port}.pem`), join(folder, `authority-${port}.pem`)]
  await writeFile(keyStore, certificate.key + certificate.cert)
  await writeFile(trustStore, authority.cert)
  return {
    serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
    secureClientPort: String(port),
    secureClientPortAddress: address,
    'ssl.keyStore.location': keyStore,
    'ssl.keyStore.type': 'PEM',
    'ssl.trustStore.location': trustStore,
    'ssl.trustStore.type': 'PEM',
    'ssl.clientAuth': clientCertificate,
    'authProvider.x509': 'org.apache.zookeeper.server.auth.X509AuthenticationProvider',
  }
}
