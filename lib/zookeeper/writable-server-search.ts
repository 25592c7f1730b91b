import { atEachAddress } from './addresses'
import type { Server } from './connect-string'
import type { TlsOptions } from './security'
import { askServerStatus, type ServerStatus, type StatusRequest } from './server-status'

const FIRST_PAUSE_MS = 1000
/** Java's client grows to 60 s (ClientCnxn.maxPingRwTimeout), asking one server a time; nobody should wait for that. */
const LONGEST_PAUSE_MS = 10_000
const JITTER = 0.3
const ANSWER_MS = 2000

export interface WritableServerSearchLink {
  readonly servers: readonly Server[]
  readonly tls?: TlsOptions | undefined
  /** A server that is behind this would refuse the session. */
  lastZxid(): bigint
  found(server: Server): void
}

/**
 * While a session is on a read-only server, looks for one that takes writes: a server that was cut off from the others
 * goes on serving reads for as long as that lasts, and never says that they have found a leader without it.
 * Each round asks every server at once; the pause between rounds doubles.
 */
export class WritableServerSearch {
  #timer: NodeJS.Timeout | null = null
  #pauseMs = FIRST_PAUSE_MS
  /** Changes when the search starts or stops, so that an answer that comes too late is told from one that is wanted. */
  #search = 0

  constructor(
    private readonly link: WritableServerSearchLink,
    private readonly ask: (server: Server, request: StatusRequest) => Promise<ServerStatus> = askServerStatus,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    this.stop()
    this.#plan(this.#search)
  }

  /** The pause is kept: a server that is found and then refuses us must not be asked every second. */
  stop(): void {
    this.#search += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** A writable server has taken the session: the next search is a new one. */
  reset(): void {
    this.stop()
    this.#pauseMs = FIRST_PAUSE_MS
  }

  #plan(search: number): void {
    this.#timer = setTimeout(() => void this.#round(search), this.#pauseMs * (1 + JITTER * this.random()))
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
  }

  async #round(search: number): Promise<void> {
    const { servers, found } = this.link
    const writable = await Promise.any(servers.map((server) => this.#check(server))).catch(() => null)
    if (search !== this.#search) return
    if (writable === null) this.#plan(search)
    else found(writable)
  }

  /** Rejects when no address of it is one of a server that takes writes and would take us. */
  async #check(server: Server): Promise<Server> {
    return Promise.any((await atEachAddress(server)).map((one) => this.#checkOne(one)))
  }

  async #checkOne(server: Server): Promise<Server> {
    const { mode, zxid } = await this.ask(server, { timeoutMs: ANSWER_MS, tls: this.link.tls })
    if (mode === null || mode === 'read-only' || zxid === null || zxid < this.link.lastZxid())
      throw new Error('not this')
    return server
  }
}
