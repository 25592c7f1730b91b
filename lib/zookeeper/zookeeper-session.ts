import { Authentication, SASL_REQUIRED } from './authentication'
import { assertPath } from './chroot'
import { parseConnectString, type Server } from './connect-string'
import { ConnectionFeatures } from './connection-features'
import { CLOSE_FRAME, PING_FRAME } from './control-frames'
import { behind } from './diagnosis'
import { Farewell } from './farewell'
import { FaultHistory } from './fault-history'
import type { Admission } from './framing'
import { Inquiry } from './inquiry'
import type { JuteReader } from './jute'
import type { LinkFault } from './link-fault'
import { Listeners } from './listeners'
import { XID } from './opcodes'
import { Operations } from './operations'
import { readReplyHeader } from './reply-header'
import { DEFAULT_REPLY_LIMITS, LARGEST_PLAIN_BYTES } from './reply-limits'
import { Requests } from './requests'
import { serverOrder } from './server-order'
import type * as port from './session'
import { SessionCalls } from './session-calls'
import { sessionInfo } from './session-info'
import type { WatchKind } from './session-operations'
import { SessionWatches } from './session-watches'
import { StatusBoard } from './status-board'
import { encryptionOf } from './tls-context'
import { Transport } from './transport'
import type { TransportListener } from './transport-listener'

/** The life of one session: its connections, its end, and what comes from the server unasked. */
export class ZooKeeperSession extends SessionCalls implements port.Session, TransportListener {
  protected readonly operations: Operations
  readonly #options: port.ConnectOptions
  readonly #authentication: Authentication
  readonly #transport: Transport
  protected readonly requests: Requests
  readonly #watches: SessionWatches
  readonly #features: ConnectionFeatures
  /** The highest zxid of an answer on this connection. */
  #seenZxid = 0n
  #rolledBack: port.SessionInfo['rolledBack'] = null
  readonly #board = new StatusBoard(() => this.info)
  readonly #connectionListeners = new Listeners<port.SessionInfo>()
  readonly #faults: FaultHistory
  readonly #inquiry: Inquiry
  #accepted = 0
  #connections = 0
  #closing: Promise<void> | null = null
  readonly #farewell = new Farewell()

  /** @throws ZooKeeperError when the connect string makes no sense. */
  constructor(options: port.ConnectOptions) {
    super()
    const { servers, chroot } = parseConnectString(options.connect)
    this.operations = new Operations(chroot)
    this.#options = options
    this.#features = new ConnectionFeatures(options.tls)
    this.#faults = new FaultHistory(servers.length)
    const { tls } = options
    this.#transport = new Transport({ ...options, servers: serverOrder(servers, options.first) }, this)
    this.#inquiry = new Inquiry({
      ...{ servers, tls, faults: this.#faults },
      lastZxid: () => this.#transport.lastZxid,
      outage: () => (this.#transport.isOpen || this.#isOver ? null : this.#connections),
      explained: (fault, likelier) => this.#onExplained(fault, likelier),
    })
    this.#authentication = new Authentication(options, {
      write: (frame) => this.#transport.write(frame),
      refused: (detail) => this.#end('auth-failed', { code: 'AuthFailed', server: this.#transport.server, detail }),
    })
    this.requests = new Requests({
      write: (frame) => this.#transport.write(frame),
      fault: () => this.#faults.cause,
      server: () => this.#transport.server,
      run: (work) => this.#transport.run(work),
      limits: options.replyLimits ?? DEFAULT_REPLY_LIMITS,
      maxInFlight: options.maxInFlight,
    })
    this.#watches = new SessionWatches({
      chroot,
      operations: this.operations,
      features: this.#features,
      submit: (request, requestOptions) => this.requests.submit(request, requestOptions),
    })
    this.#transport.connect()
  }

  get info(): port.SessionInfo {
    return sessionInfo({
      board: this.#board,
      transport: this.#transport,
      encryption: encryptionOf(this.#options.tls),
      connections: this.#connections,
      cause: this.#faults.cause,
      features: this.#features.current,
      rolledBack: this.#rolledBack,
      requests: this.requests,
      watches: this.#watches,
    })
  }

  onStatus(listener: (info: port.SessionInfo) => void): () => void {
    return this.#board.subscribe(listener)
  }

  onConnection(listener: (info: port.SessionInfo) => void): () => void {
    return this.#connectionListeners.subscribe(listener)
  }

  async addWatch(
    path: string,
    mode: port.WatchMode,
    listener: port.WatchListener,
    options?: port.RequestOptions,
  ): Promise<port.WatchHandle> {
    assertPath(path)
    return this.#watches.add(path, mode, listener, options)
  }

  get oneShot(): port.OneShot {
    return this.#watches.oneShot
  }

  protected forgetWatches(path: string, kind: WatchKind): void {
    this.#watches.forget(path, kind)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  onHandshake(server: Server): void {
    this.#features.ask(server)
  }

  onAccepted({ host, readOnly }: { readonly host: string; readonly readOnly: boolean }): void {
    this.#seenZxid = 0n
    this.#authentication.begin(host, () => void this.#enter(readOnly))
  }

  /** Tells the new connection of our watches, and lets the requests begin. */
  async #enter(readOnly: boolean): Promise<void> {
    const connection = ++this.#accepted
    const features = await this.#features.known()
    if (connection !== this.#accepted || !this.#transport.isOpen || this.#isOver) return
    this.#features.current = features
    for (const frame of this.#watches.registrations(this.#transport.lastZxid)) this.#transport.write(frame)
    this.#connections += 1
    this.#faults.clear()
    this.#board.become(readOnly ? 'read-only' : 'connected')
    this.#connectionListeners.emit(this.info)
    if (this.#transport.isOpen) this.requests.open({ readOnly, features })
  }

  admit(bytes: number, xid: number): Admission {
    if (xid > 0) return this.requests.admit(bytes, xid)
    return bytes <= LARGEST_PLAIN_BYTES ? 'take' : 'break'
  }

  onFrame(reader: JuteReader): void {
    const header = readReplyHeader(reader)
    if (header === null) {
      this.#transport.drop('MarshallingError', 'it sent half a header')
      return
    }
    const { xid, zxid, zkCode } = header
    // Notifications of servers before 3.9 and refusals of unknown requests carry -1.
    if (zxid > this.#transport.lastZxid) this.#transport.lastZxid = zxid
    if (xid !== XID.notification && zxid > 0n) {
      if (zxid < this.#seenZxid) {
        this.#rollBack(zxid, behind(this.#transport.server, zxid, this.#seenZxid))
        return
      }
      this.#seenZxid = zxid
    }
    if (zkCode === SASL_REQUIRED) {
      this.#end('auth-failed', { code: 'SessionClosedRequireSaslAuth', server: this.#transport.server, detail: '' })
      return
    }
    switch (xid) {
      case XID.ping:
        break
      case XID.notification:
        this.#onNotification(reader, zxid)
        break
      case XID.auth:
        this.#authentication.onAuthReply(zkCode)
        break
      case XID.sasl:
        this.#authentication.onSaslReply(zkCode, reader)
        break
      case XID.setWatches:
        if (zkCode === 0) break
        this.#features.refuseAddWatch()
        this.#transport.drop('MarshallingError', `it refused our watches with code ${zkCode}`)
        break
      case XID.close:
        this.#farewell.heard()
        break
      default:
        this.#onAnswer(xid, zxid, zkCode, reader)
    }
  }

  onLost(fault: LinkFault): void {
    this.#authentication.onLost()
    const status = this.#features.lost()
    if (this.#isOver) {
      this.#farewell.heard()
      return
    }
    this.#faults.add(fault)
    this.#board.become(this.#board.status === 'connecting' ? 'connecting' : 'disconnected')
    this.requests.interrupt(fault)
    if (fault.unanswered !== undefined) void this.#inquiry.ask(fault.unanswered, status)
  }

  onExpired(server: string): void {
    if (!this.#isOver) this.#end('expired', { code: 'SessionExpired', server, detail: '' })
    this.#farewell.heard()
  }

  isWriting(): boolean {
    return this.requests.isWriting
  }

  ping(): void {
    if (!this.#authentication.isBusy) this.#transport.write(PING_FRAME)
  }

  #onAnswer(xid: number, zxid: bigint, zkCode: number, reader: JuteReader): void {
    // What was in flight at the close has been given up, its answers come all the same.
    if (this.#isOver) return
    if (this.requests.answer(xid, zxid, zkCode, reader)) return
    this.#transport.drop('MarshallingError', `it answered request ${xid}, which was not next`)
  }

  #onNotification(reader: JuteReader, zxid: bigint): void {
    if (this.#isOver || this.#watches.notify(reader, zxid)) return
    this.#transport.drop('MarshallingError', 'it sent a notification that cannot be read')
  }

  async #close(): Promise<void> {
    if (!this.#board.isOver) {
      const open = this.#transport.isOpen
      this.requests.end('Closed')
      if (open) await this.#endOnServer()
      this.#transport.shutdown()
      this.#board.become('closed')
    }
    this.#board.clear()
    this.#connectionListeners.clear()
  }

  #endOnServer(): Promise<void> {
    this.#transport.write(CLOSE_FRAME)
    return this.#farewell.wait()
  }

  #onExplained(fault: LinkFault, likelier: boolean): void {
    const to = this.#faults.rolledBackTo
    if (likelier) this.#transport.hasten()
    if (to === null) this.#board.become(this.#board.status)
    else this.#rollBack(to, fault)
  }

  /** The ensemble has gone back in time. Nothing that the session has seen can be trusted, and the session is of that time. */
  #rollBack(to: bigint, fault: LinkFault): void {
    if (this.#isOver) return
    this.#rolledBack = { from: this.#transport.lastZxid, to }
    // After whoever awaits an earlier answer: what they keep of it must be there when it is all thrown away.
    setImmediate(() => {
      if (this.#closing !== null) return
      const open = this.#transport.isOpen
      this.#finish('expired', fault)
      if (open) void this.#endOnServer().then(() => this.#transport.shutdown())
      else this.#transport.shutdown()
    })
  }

  get #isOver(): boolean {
    return this.#rolledBack !== null || this.#board.isOver || this.#closing !== null
  }

  /** The session is over without our wish. The cause stays to be seen. */
  #end(status: 'expired' | 'auth-failed', fault: LinkFault): void {
    this.#transport.shutdown()
    this.#finish(status, fault)
  }

  #finish(status: 'expired' | 'auth-failed', fault: LinkFault): void {
    this.#faults.clear()
    this.#faults.add(fault)
    this.#board.become(status)
    this.requests.end(status === 'expired' ? 'SessionExpired' : fault.code)
  }
}
