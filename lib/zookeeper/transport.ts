import ConnectionManager from 'node-zookeeper-client/lib/ConnectionManager.js'
import { BackOff } from './back-off'
import { formatServer, type Server } from './connect-string'
import { Delivery } from './delivery'
import { serverError } from './errors'
import { LARGEST_REPLY_BYTES } from './framing'
import { decodeConnectAnswer, encodeConnectRequest } from './handshake'
import { type LinkFault, socketFault, strangerFault } from './link-fault'
import { Liveness } from './liveness'
import { WritableServerSearch } from './writable-server-search'

const STATES = ConnectionManager.STATES
/** Longest wait for TCP, and then again for the answer of the server. Never more than an equal share of the session. */
const TCP_MS = 4000
const ANSWER_MS = 6000
/** The answer to a handshake has 37 bytes. */
const LARGEST_ANSWER_BYTES = 1024
const NO_SESSION = { sessionId: Buffer.alloc(8), password: Buffer.alloc(16) }
/** A connection that lived shorter than this counts as a failed attempt, or a server that drops us at once would be stormed. */
const SERVED_MS = 2000

export interface TransportListener {
  /** The handshake is on its way: what is to be known of the server can be asked meanwhile. */
  onHandshake(server: Server): void
  /** A server took the session; what is written now goes before everything else on this connection. */
  onAccepted(connection: { readonly server: string; readonly timeoutMs: number; readonly readOnly: boolean }): void
  /** The body of a frame, as a view of received bytes. */
  onFrame(body: Buffer): void
  /** A connection or an attempt ended; the next attempt is already planned. */
  onLost(fault: LinkFault): void
  /** The ensemble no longer knows the session. Nothing follows. */
  onExpired(server: string): void
  /** A write waits for its answer. */
  isWriting(): boolean
  ping(): void
}

/**
 * The TCP connections of one session. node-zookeeper-client carries it: its connection manager opens the sockets, turns
 * from server to server, and holds the session's id and password. Everything in it that hangs, crashes or reads too much
 * into broken frames is overridden here, and its queues and records stay unused: see requests.ts and records.ts.
 */
export class Transport extends ConnectionManager {
  readonly #listener: TransportListener
  readonly #backOff: BackOff
  readonly #liveness: Liveness
  readonly #search: WritableServerSearch
  #delivery = this.#newDelivery()
  #retry: NodeJS.Timeout | null = null
  #next = 0
  #server: Server
  #fault: LinkFault | null = null
  #acceptedAt: number | null = null
  #tcpOpen = false
  /** A server with a quorum has taken the session: before that nobody but one read-only server knows it. */
  #isReal = false
  /** From the attempt to the event of its end: a socket calls itself closed before it says so. */
  #hasSocket = false
  /** Sent at the handshake: a server that is behind this refuses us, so that we never read older data than before. */
  lastZxid = 0n
  lastHeardAt = 0
  /** Date.now() of the next attempt, while one is waited for. */
  nextAttemptAt: number | null = null
  bytesIn = 0
  bytesOut = 0

  constructor(servers: readonly [Server, ...Server[]], sessionTimeoutMs: number, listener: TransportListener) {
    // Our own parser has read the connect string: the package's cuts IPv6 addresses apart.
    super('unused', { sessionTimeout: sessionTimeoutMs, spinDelay: 0 }, () => undefined)
    this.servers = servers
    this.updateTimeout(sessionTimeoutMs)
    this.#listener = listener
    this.#server = servers[0]
    this.#backOff = new BackOff(servers.length)
    this.#liveness = new Liveness({
      ping: () => listener.ping(),
      writing: () => listener.isWriting(),
      silent: (ms) => this.drop('ConnectionLoss', `nothing was heard from it for ${ms} ms`),
    })
    this.#search = new WritableServerSearch({
      servers,
      lastZxid: () => this.lastZxid,
      found: (server) => this.#moveTo(server),
    })
  }

  /** "host:port" of the server we are connected to or tried last. */
  get server(): string {
    return formatServer(this.#server)
  }

  get sessionIdNumber(): bigint {
    return this.sessionId.readBigInt64BE(0)
  }

  /** Milliseconds, as negotiated. */
  get timeoutMs(): number {
    return this.sessionTimeout
  }

  get isOpen(): boolean {
    return this.state === STATES.CONNECTED
  }

  /** Sends one whole frame. What is sent in one turn of the event loop goes out in one piece. */
  write(frame: Buffer): void {
    const { socket } = this
    if (socket === undefined || socket.destroyed) return
    if (socket.writableCorked === 0) {
      socket.cork()
      process.nextTick(() => socket.uncork())
    }
    socket.write(frame)
    this.bytesOut += frame.length
  }

  /** Gives up this connection, not the session. */
  drop(code: LinkFault['code'], detail: string): void {
    this.#fault ??= { code, server: this.server, detail }
    this.#destroy()
  }

  /** Reads an answer in slices; the frames behind it wait. */
  run(work: Iterator<undefined, void>): void {
    this.#delivery.run(work)
  }

  /** Ends everything without a word to the server. Nothing is called afterwards. */
  shutdown(): void {
    this.#clearTimers()
    this.setState(STATES.CLOSING)
    // The package goes from CLOSING to CLOSED when the socket has closed, and from anywhere else to a new attempt.
    if (this.#hasSocket) this.#destroy()
    else this.setState(STATES.CLOSED)
  }

  protected override updateTimeout(sessionTimeoutMs: number): void {
    super.updateTimeout(sessionTimeoutMs)
    // Called by the package's constructor too, when nothing of this class exists yet.
    this.connectTimeout = Math.min(TCP_MS, shareOf(sessionTimeoutMs, this.servers))
  }

  protected override findNextServer(callback: (server: Server) => void): void {
    const delay = this.#backOff.delay(this.sessionTimeout)
    this.nextAttemptAt = Date.now() + delay
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.nextAttemptAt = null
      this.#server = this.servers[this.#next % this.servers.length] ?? this.#server
      this.#next += 1
      this.#delivery = this.#newDelivery()
      this.#fault = null
      this.#acceptedAt = null
      this.#tcpOpen = false
      this.#hasSocket = true
      callback(this.#server)
    }, delay)
  }

  protected override onSocketConnected(): void {
    this.#clearConnectTimer()
    this.#tcpOpen = true
    const answerMs = Math.min(ANSWER_MS, shareOf(this.sessionTimeout, this.servers))
    // The package stops its timer here; a server that accepts and then says nothing would hang us for ever.
    this.connectTimeoutHandler = setTimeout(() => this.onSocketConnectTimeout(), answerMs)
    // Source: ClientCnxn.primeConnection, seenRwServerBefore. Servers before 3.7 take a real one in read-only mode too.
    const session = this.#isReal ? { sessionId: this.sessionId, password: this.sessionPassword } : NO_SESSION
    this.#listener.onHandshake(this.#server)
    this.write(encodeConnectRequest({ lastZxid: this.lastZxid, timeoutMs: this.sessionTimeout, ...session }))
  }

  protected override onSocketConnectTimeout(): void {
    this.drop('Unreachable', this.#tcpOpen ? 'it accepts connections but does not answer' : 'connecting takes too long')
  }

  protected override onSocketData(chunk: Buffer): void {
    this.bytesIn += chunk.length
    this.lastHeardAt = Date.now()
    this.#liveness.heard()
    this.#delivery.push(chunk)
  }

  protected override onSocketError(error: Error): void {
    this.#clearConnectTimer()
    this.#fault ??= socketFault(error, this.#server, this.#acceptedAt !== null)
  }

  protected override onSocketDrain(): void {
    // At most 64 requests are ever in flight: the socket's own buffer is bounded by that.
  }

  protected override onSocketClosed(hadError: boolean): void {
    this.#clearTimers()
    this.#hasSocket = false
    this.#delivery.stop()
    const accepted = this.#acceptedAt
    if (accepted !== null && performance.now() - accepted >= SERVED_MS) this.#backOff.reset()
    else this.#backOff.failed()
    const ended = this.state === STATES.CLOSING || this.state === STATES.SESSION_EXPIRED
    const fault = this.#fault ?? this.#closedByServer()
    super.onSocketClosed(hadError)
    if (!ended) this.#listener.onLost(fault)
  }

  #newDelivery(): Delivery {
    return new Delivery({
      limit: () => (this.isOpen ? LARGEST_REPLY_BYTES : LARGEST_ANSWER_BYTES),
      onFrame: (body) => (this.isOpen ? this.#listener.onFrame(body) : this.#onAnswer(body)),
      onBroken: (error) => {
        if (!this.isOpen) this.#fault ??= strangerFault(error.beginning, this.#server)
        this.drop('MarshallingError', `it sent a ${error.message}`)
      },
      hold: (holding) => (holding ? this.socket?.pause() : this.socket?.resume()),
      working: () => this.#liveness.heard(),
    })
  }

  #moveTo(server: Server): void {
    this.#next = this.servers.indexOf(server)
    this.drop('ConnectionLoss', `it is read-only, and ${formatServer(server)} takes writes`)
  }

  #destroy(): void {
    this.#delivery.stop()
    this.socket?.destroy()
  }

  #onAnswer(body: Buffer): void {
    const answer = decodeConnectAnswer(body)
    switch (answer.type) {
      case 'accepted':
        this.#clearConnectTimer()
        this.sessionId = answer.sessionId
        this.sessionPassword = answer.password
        this.#isReal ||= !answer.readOnly
        this.updateTimeout(answer.timeoutMs)
        this.#acceptedAt = performance.now()
        this.setState(STATES.CONNECTED)
        this.#liveness.start(answer.timeoutMs)
        if (answer.readOnly) this.#search.start()
        else this.#search.reset()
        this.#listener.onAccepted({ server: this.server, timeoutMs: answer.timeoutMs, readOnly: answer.readOnly })
        return
      case 'expired':
        this.setState(STATES.SESSION_EXPIRED)
        this.#destroy()
        this.#listener.onExpired(this.server)
        return
      case 'refused': {
        const { code } = serverError(answer.zkCode)
        if (code !== 'NotReadOnly') this.drop(code, `it refused the session with code ${answer.zkCode}`)
        // ReadOnlyRequestProcessor, 3.7 and newer, while localSessionsEnabled is off: only a leader could make a session.
        else this.drop('NoQuorum', `it is in read-only mode and may not make sessions (code ${answer.zkCode})`)
        return
      }
      case 'stranger':
        this.#fault ??= strangerFault(body, this.#server)
        this.#destroy()
    }
  }

  #closedByServer(): LinkFault {
    const { server } = this
    if (this.#acceptedAt !== null) return { code: 'ConnectionLoss', server, detail: 'it closed the connection' }
    const detail = 'it closed the connection without an answer, as a server does that has no quorum or too many clients'
    return { code: 'Unreachable', server, detail, unanswered: this.#server }
  }

  #clearConnectTimer(): void {
    if (this.connectTimeoutHandler !== null) clearTimeout(this.connectTimeoutHandler)
    this.connectTimeoutHandler = null
  }

  #clearTimers(): void {
    this.#clearConnectTimer()
    this.#liveness.stop()
    this.#search.stop()
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = null
    this.nextAttemptAt = null
  }
}

/** With all servers gone silent each still gets its turn within one session time-out. */
function shareOf(sessionTimeoutMs: number, servers: readonly Server[]): number {
  return Math.floor(sessionTimeoutMs / servers.length)
}
