import ConnectionManager from 'node-zookeeper-client/lib/ConnectionManager.js'
import { AttemptPace } from './attempt-pace'
import { Attempts } from './attempts'
import { formatServer, type Server } from './connect-string'
import { Delivery } from './delivery'
import { serverError } from './errors'
import { decodeConnectAnswer, encodeConnectRequest } from './handshake'
import { brokenFault, type LinkFault, type Reached, silentFault, strangerFault } from './link-fault'
import { Liveness } from './liveness'
import { openSocket } from './open-socket'
import type { TlsOptions } from './security'
import type { TransportListener } from './transport-listener'
import { WritableServerSearch } from './writable-server-search'

const STATES = ConnectionManager.STATES
const DEFAULT_SESSION_MS = 30_000
/** Longest wait for TCP and TLS, and then again for the answer of the server. Never more than an equal share of the session. */
const REACH_MS = 4000
const ANSWER_MS = 6000
/** The answer to a handshake has 37 bytes. */
const LARGEST_ANSWER_BYTES = 1024
const NO_SESSION = { sessionId: Buffer.alloc(8), password: Buffer.alloc(16) }

export interface TransportOptions {
  /** Tried in this order. */
  readonly servers: readonly [Server, ...Server[]]
  /** Asked for. Default: 30,000. */
  readonly sessionTimeoutMs?: number | undefined
  readonly tls?: TlsOptions | undefined
  /** Shared by sessions with the same servers. */
  readonly pace?: AttemptPace | undefined
}

/**
 * The TCP connections of one session. node-zookeeper-client carries it: its connection manager opens the sockets, turns
 * from server to server, and holds the session's id and password. Everything in it that hangs, crashes or reads too much
 * into broken frames is overridden here, and its queues and records stay unused: see requests.ts and records.ts.
 */
export class Transport extends ConnectionManager {
  readonly #listener: TransportListener
  readonly #attempts: Attempts
  readonly #pace: AttemptPace
  readonly #tls: TlsOptions | undefined
  readonly #liveness: Liveness
  readonly #search: WritableServerSearch
  #delivery = this.#newDelivery()
  #retry: NodeJS.Timeout | null = null
  #fault: LinkFault | null = null
  #acceptedAt: number | null = null
  #reached: Reached = 'nothing'
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

  constructor(
    { servers, sessionTimeoutMs = DEFAULT_SESSION_MS, tls, pace }: TransportOptions,
    listener: TransportListener,
  ) {
    // Our own parser has read the connect string: the package's cuts IPv6 addresses apart.
    super('unused', { sessionTimeout: sessionTimeoutMs, spinDelay: 0 }, () => undefined)
    this.#listener = listener
    this.#tls = tls
    this.#attempts = new Attempts(servers, sessionTimeoutMs)
    this.#pace = pace ?? new AttemptPace()
    this.#liveness = new Liveness({
      ping: () => listener.ping(),
      writing: () => listener.isWriting(),
      silent: (ms) => this.drop('ConnectionLoss', `nothing was heard from it for ${ms} ms`),
    })
    this.#search = new WritableServerSearch({
      servers,
      tls,
      lastZxid: () => this.lastZxid,
      found: (server) => this.#moveTo(server),
    })
  }

  /** "host:port" of the server we are connected to or tried last. */
  get server(): string {
    return formatServer(this.#attempts.current)
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
    this.#pace.release(this)
    this.setState(STATES.CLOSING)
    // The package goes from CLOSING to CLOSED when the socket has closed, and from anywhere else to a new attempt.
    if (this.#hasSocket) this.#destroy()
    else this.setState(STATES.CLOSED)
  }

  /** Plans the next attempt. The package calls this too, whenever a connection has ended before the session has. */
  override connect(): void {
    this.setState(STATES.CONNECTING)
    const delay = this.#pace.book(this, this.#attempts.delay)
    this.nextAttemptAt = Date.now() + delay
    this.#retry = setTimeout(() => this.#attempt(), delay)
  }

  /** The next attempt is to come soon, which is never less than a second after the one before. */
  hasten(): void {
    this.#attempts.hasten()
    const { delay } = this.#attempts
    if (this.#retry === null || this.nextAttemptAt === null || this.nextAttemptAt <= Date.now() + delay) return
    clearTimeout(this.#retry)
    this.connect()
  }

  #attempt(): void {
    this.#retry = null
    this.nextAttemptAt = null
    this.#delivery = this.#newDelivery()
    this.#fault = null
    this.#acceptedAt = null
    this.#reached = 'nothing'
    this.#hasSocket = true
    const { server, lookup } = this.#attempts.begin()
    const socket = openSocket(server, { tls: this.#tls, lookup }, () => this.onSocketConnected())
    this.socket = socket
    this.#startConnectTimer(REACH_MS)
    socket.once('connect', () => {
      if (this.#reached === 'nothing') this.#reached = 'tcp'
    })
    socket.on('data', (chunk) => this.onSocketData(chunk))
    socket.on('error', (error) => this.onSocketError(error))
    socket.on('close', (hadError) => this.onSocketClosed(hadError))
  }

  /** After the TLS handshake, if there is one. */
  protected override onSocketConnected(): void {
    this.#reached = 'server'
    // The package stops its timer here; a server that accepts and then says nothing would hang us for ever.
    this.#startConnectTimer(ANSWER_MS)
    // Source: ClientCnxn.primeConnection, seenRwServerBefore. Servers before 3.7 take a real one in read-only mode too.
    const session = this.#isReal ? { sessionId: this.sessionId, password: this.sessionPassword } : NO_SESSION
    this.#listener.onHandshake(this.#attempts.current)
    this.write(encodeConnectRequest({ lastZxid: this.lastZxid, timeoutMs: this.sessionTimeout, ...session }))
  }

  protected override onSocketConnectTimeout(): void {
    this.#fault ??= silentFault(this.#attempts.current, this.#reached)
    this.#destroy()
  }

  protected override onSocketData(chunk: Buffer): void {
    this.bytesIn += chunk.length
    this.#delivery.push(chunk)
  }

  protected override onSocketError(error: Error): void {
    this.#clearConnectTimer()
    this.#fault ??= brokenFault(error, this.#attempts.current, this.#reached)
  }

  protected override onSocketClosed(hadError: boolean): void {
    this.#clearTimers()
    this.#hasSocket = false
    this.#delivery.stop()
    const accepted = this.#acceptedAt
    const servedMs = accepted === null ? null : performance.now() - accepted
    this.#attempts.ended(servedMs, this.#isReal ? this.sessionTimeout : null)
    const ended = this.state === STATES.CLOSING || this.state === STATES.SESSION_EXPIRED
    const fault = this.#fault ?? brokenFault(null, this.#attempts.current, this.#reached)
    super.onSocketClosed(hadError)
    if (!ended) this.#listener.onLost(fault)
  }

  #newDelivery(): Delivery {
    return new Delivery({
      admit: (length, first) => {
        if (!this.isOpen) return length <= LARGEST_ANSWER_BYTES ? 'take' : 'break'
        return first === null ? 'take' : this.#listener.admit(length, first)
      },
      onFrame: (frame) => (this.isOpen ? this.#listener.onFrame(frame) : this.#onAnswer(frame.rest())),
      onBroken: (error) => {
        if (!this.isOpen) this.#fault ??= strangerFault(error.beginning, this.#attempts.current)
        this.drop('MarshallingError', `it sent a ${error.message}`)
      },
      hold: (holding) => (holding ? this.socket?.pause() : this.socket?.resume()),
      heard: () => {
        this.lastHeardAt = Date.now()
        this.#liveness.heard()
      },
    })
  }

  #moveTo(server: Server): void {
    this.#attempts.prefer(server)
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
        this.#reached = 'session'
        this.setState(STATES.CONNECTED)
        this.#liveness.start(answer.timeoutMs)
        if (answer.readOnly) this.#search.start()
        else this.#search.reset()
        this.#listener.onAccepted({ host: this.#attempts.current.host, readOnly: answer.readOnly })
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
        this.#fault ??= strangerFault(body, this.#attempts.current)
        this.#destroy()
    }
  }

  #startConnectTimer(longestMs: number): void {
    this.#clearConnectTimer()
    const ms = Math.min(longestMs, this.#attempts.share(this.sessionTimeout))
    this.connectTimeoutHandler = setTimeout(() => this.onSocketConnectTimeout(), ms)
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
