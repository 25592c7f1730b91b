import { formatServer, type Server } from './connect-string'
import { findFeatures } from './find-features'
import type { TlsOptions } from './security'
import type { ServerFeatures } from './server-features'

/**
 * What the server of each connection understands. Asked anew for every connection, because an ensemble is upgraded one
 * server at a time, and while the handshake is on its way, so that it costs no time.
 */
export class ConnectionFeatures {
  #server = ''
  #asked: Promise<ServerFeatures> | null = null
  /** Of the connection that is open; null while there is none, or while they are being found out. */
  current: ServerFeatures | null = null
  /** Servers that know addWatch by their version and refuse it: what is kept is the version. */
  readonly #withoutAddWatch = new Map<string, string | null>()

  constructor(
    private readonly tls: TlsOptions | undefined,
    private readonly find: typeof findFeatures = findFeatures,
  ) {}

  /** A handshake with this server has begun. */
  ask(server: Server): void {
    this.#server = formatServer(server)
    this.current = null
    this.#asked = this.find(server, this.tls)
  }

  /** The server has taken the session. Resolves when it is known what it understands, which is bounded by `find`. */
  async known(): Promise<ServerFeatures | null> {
    const server = this.#server
    const found = (await this.#asked) ?? null
    if (found === null || !this.#withoutAddWatch.has(server)) return found
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
