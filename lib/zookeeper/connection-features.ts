import { formatServer, type Server } from './connect-string'
import { findFeatures } from './find-features'
import type { TlsOptions } from './security'
import type { ServerFeatures } from './server-features'
import { type ServerStatus, tryServerStatus } from './server-status'

/** Requests wait for this, so it is short; a server that answers does so within milliseconds. */
const ANSWER_MS = 1500

/**
 * What the server of each connection understands. Asked anew for every connection, because an ensemble is upgraded one
 * server at a time, and while the handshake is on its way, so that it costs no time.
 */
export class ConnectionFeatures {
  #server = ''
  #asked: { readonly server: Server; readonly status: Promise<ServerStatus | Error> } | null = null
  /** Of the connection that is open; null while there is none, or while they are being found out. */
  current: ServerFeatures | null = null
  /** Servers that know addWatch by their version and refuse it: what is kept is the version. */
  readonly #withoutAddWatch = new Map<string, string | null>()

  constructor(private readonly tls: TlsOptions | undefined) {}

  /** A handshake with this server has begun. */
  ask(server: Server): void {
    this.#server = formatServer(server)
    this.current = null
    this.#asked = { server, status: tryServerStatus(server, { timeoutMs: ANSWER_MS, tls: this.tls }) }
  }

  /**
   * The connection, or the attempt, has ended. Returns what the server says to srvr since the handshake, which never
   * rejects, or null when there was no handshake.
   */
  lost(): Promise<ServerStatus | Error> | null {
    const status = this.#asked?.status ?? null
    this.#asked = null
    this.current = null
    return status
  }

  /** The server has taken the session. Resolves when it is known what it understands, within 4.5 s. */
  async known(): Promise<ServerFeatures | null> {
    const server = this.#server
    const asked = this.#asked
    if (asked === null) return null
    const found = await findFeatures(asked.server, await asked.status, this.tls)
    if (!this.#withoutAddWatch.has(server)) return found
    if (this.#withoutAddWatch.get(server) !== found.version) return found
    return { ...found, addWatch: false }
  }

  /** This server has refused addWatch although its version says otherwise: it is not asked again, nor is SetWatches2 sent. */
  refuseAddWatch(): void {
    if (this.current === null) return
    this.#withoutAddWatch.set(this.#server, this.current.version)
    this.current = { ...this.current, addWatch: false }
  }
}
