import type { ErrorCode } from '@/lib/znode/app-error'
import { because, type ErrorContext, type Sentences, Server, server } from './error-words'

/** What keeps Zoolens from an ensemble. */
export const CONNECTION_ERRORS = {
  Unreachable: (c) => [because(c, `No connection to ${server(c)}`), reachHint(c)],
  HostUnknown: (c) => [
    because(c, `The host name of ${server(c)} is not known here`),
    'Check the spelling in the connect string, and the DNS of the machine that runs Zoolens: the name is looked up again with every attempt.',
  ],
  NotZooKeeper: (c) => [
    because(c, `${Server(c)} answers, but not as ZooKeeper does`),
    'Check the port: the client port is wanted (usually 2181), not the quorum, TLS, AdminServer or another service’s port.',
  ],
  NoQuorum: (c) => [
    because(c, `${Server(c)} runs but serves nobody: it knows no leader`),
    'A majority of the servers must be up and reach one another on their quorum and election ports: see which of them are down.',
  ],
  TurnedAway: (c) => [
    because(c, `${Server(c)} closes our connections without an answer`),
    'Most likely it has too many: from this address (maxClientCnxns, 60 by default), in all (maxCnxns), or too fast (connection_throttle_tokens). Its log says; cons lists who holds them. Zoolens tries again ever more slowly.',
  ],
  TlsExpected: (c) => [
    because(c, `${Server(c)} speaks TLS on this port, and Zoolens did not`),
    'Give this ensemble a tls section in ZOOLENS_CONFIG, or name the plain clientPort in the connect string.',
  ],
  TlsNotSpoken: (c) => [
    because(c, `${Server(c)} does not speak TLS on this port`),
    'Name its secureClientPort in the connect string, or leave out the tls section of this ensemble.',
  ],
  TlsNameMismatch: (c) => [
    because(c, `The certificate of ${server(c)} was made for another name`),
    'Connect by a name that it carries, set tls.serverName to that name, or give the server a certificate with this name.',
  ],
  TlsUntrusted: (c) => [
    because(c, `The certificate of ${server(c)} comes from nobody that Zoolens trusts`),
    'Set tls.caFile of this ensemble to the certificate of the authority that signed it; if you know of none, somebody may be in between.',
  ],
  TlsExpired: (c) => [
    because(c, `The certificate of ${server(c)} is not valid today`),
    'Renew it on the server, and check the clocks of both machines.',
  ],
  TlsClientRefused: (c) => [
    because(c, `${Server(c)} refused the certificate of Zoolens, or the lack of one`),
    'Set tls.certFile and tls.keyFile of this ensemble to a certificate that the server’s trust store accepts and that has not expired.',
  ],
  TlsFailed: (c) => [
    because(c, `No TLS connection to ${server(c)}`),
    'Check the PEM files of this ensemble, and which protocols and ciphers the server allows: Zoolens speaks TLS 1.2 and 1.3.',
  ],
  ChrootMissing: (c) => [
    because(
      c,
      c.path === undefined ? 'The chroot of the connect string does not exist' : `The chroot ${c.path} does not exist`,
    ),
    'Create that znode, or correct the part behind the slash in the connect string: nothing can be shown without it.',
  ],
} as const satisfies Partial<Record<ErrorCode, Sentences>>

/** What the system said about the attempt tells where to look. */
function reachHint({ detail = '' }: ErrorContext): string {
  if (detail.includes('ECONNREFUSED'))
    return 'That machine answers, but nothing listens on this port: start the server, or correct the port in the connect string (clientPort, usually 2181).'
  if (/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|takes too long/.test(detail))
    return 'Nothing comes back from that machine: see that it is up, that its address is right, and which firewall or network policy lies in between.'
  if (detail.includes('does not answer'))
    return 'The server may hang, be paused or be out of memory; something else than ZooKeeper that waits for its client to speak looks the same.'
  return 'Check that the servers run, that their client port is right, and that no firewall is in between.'
}
