import type { LookupFunction } from 'node:net'
import { Addresses } from './addresses'
import { BackOff } from './back-off'
import type { Server } from './connect-string'

/** A connection that lived shorter than this counts as a failed attempt, or a server that drops us at once would be stormed. */
const SERVED_MS = 2000

/** Enough for TCP and TLS around the world. */
const SHORTEST_MS = 800

/** Which server is tried next, at which of its addresses, and when. */
export class Attempts {
  readonly #addresses: Addresses
  readonly #backOff: BackOff
  #turn = 0
  #preferred: Server | null = null
  #current: Server
  #servedUntil = Number.NEGATIVE_INFINITY

  /**
   * @param servers tried in this order
   * @param sessionTimeoutMs as asked for
   */
  constructor(
    private readonly servers: readonly [Server, ...Server[]],
    sessionTimeoutMs: number,
  ) {
    this.#backOff = new BackOff(sessionTimeoutMs)
    this.#addresses = new Addresses(servers)
    this.#current = servers[0]
  }

  /** The next attempt need not wait longer than after a first failure. */
  hasten(): void {
    this.#backOff.hasten()
  }

  /** The one that is tried or was tried last, with its address once that is known. */
  get current(): Server {
    return this.#current
  }

  /** Milliseconds to wait before the next attempt. */
  get delay(): number {
    return this.#backOff.delay
  }

  /** With all servers gone silent each address still gets its turn within one session time-out, and a fair chance. */
  share(sessionTimeoutMs: number): number {
    return Math.max(SHORTEST_MS, Math.floor(sessionTimeoutMs / this.#addresses.count))
  }

  begin(): { readonly server: Server; readonly lookup: LookupFunction } {
    const server = this.#preferred ?? this.servers[this.#turn % this.servers.length] ?? this.#current
    if (this.#preferred === null) this.#turn += 1
    this.#preferred = null
    this.#current = server
    const lookup = this.#addresses.lookup(server, (address) => {
      this.#current = { ...server, address }
    })
    return { server, lookup }
  }

  /** The next attempt goes to this one, out of turn. */
  prefer(server: Server): void {
    this.#preferred = server
  }

  /**
   * An attempt or its connection has ended.
   * @param servedMs how long the session was served, null when it was not even taken
   * @param sessionTimeoutMs of the session, null while there is none
   */
  ended(servedMs: number | null, sessionTimeoutMs: number | null): void {
    const now = performance.now()
    if (servedMs !== null) this.#servedUntil = now
    if (servedMs !== null && servedMs >= SERVED_MS) {
      this.#backOff.reset()
      return
    }
    // Java's client too gives its session up after 4/3 of the time-out (ZOOKEEPER-4508).
    const alive = sessionTimeoutMs !== null && now - this.#servedUntil < (sessionTimeoutMs * 4) / 3
    this.#backOff.failed(this.#addresses.count, alive ? sessionTimeoutMs : null)
  }
}
