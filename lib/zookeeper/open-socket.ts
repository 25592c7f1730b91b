import { connect, isIP, type LookupFunction, Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls'
import type { Server } from './connect-string'
import type { TlsOptions } from './security'
import { secureContext } from './tls-context'

export interface LinkOptions {
  /** Without it: plain text. */
  readonly tls?: TlsOptions | undefined
  /** Finds the address of a host name; without it the system's first. */
  readonly lookup?: LookupFunction
}

/**
 * Begins a connection to a server, at its `address` when it has one. `onReady` is called when bytes may be sent: after
 * the TLS handshake, if there is one. Never throws: what goes wrong comes as 'error' and 'close' of the socket.
 */
export function openSocket(server: Server, { tls, lookup }: LinkOptions, onReady: () => void): Socket {
  // One address an attempt, and the next one at the next: Node would give up each but the last after 250 ms.
  const target = {
    host: server.address ?? server.host,
    port: server.port,
    autoSelectFamily: false,
    ...(lookup === undefined ? {} : { lookup }),
  }
  if (tls === undefined) return connect(target, onReady).setNoDelay()
  try {
    return beginTls(target, tls.serverName ?? server.host, tls, onReady).setNoDelay()
  } catch (error) {
    return new Socket().destroy(error as Error)
  }
}

/** @throws TlsFileError */
function beginTls(
  target: { readonly host: string; readonly port: number },
  server: string,
  tls: TlsOptions,
  onReady: () => void,
): TLSSocket {
  // The zone of an address such as fe80::1%eth0 is this machine's own affair.
  const name = server.replace(/%.*$/, '')
  return connectTls(
    {
      ...target,
      secureContext: secureContext(tls),
      // SNI carries names only (RFC 6066, section 3).
      servername: isIP(name) === 0 ? name : '',
      rejectUnauthorized: tls.insecure !== true,
      checkServerIdentity: (_, certificate) =>
        tls.verifyName === false ? undefined : checkServerIdentity(name, certificate),
    },
    onReady,
  )
}
