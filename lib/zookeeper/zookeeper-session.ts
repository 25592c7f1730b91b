import { describeError } from '@/lib/text/errors'
import { assertPath } from './chroot'
import { parseConnectString, type Server } from './connect-string'
import { authFrame, CLOSE_FRAME, PING_FRAME } from './control-frames'
import { diagnose } from './diagnosis'
import { FaultHistory } from './fault-history'
import { JuteReader } from './jute'
import type { LinkFault } from './link-fault'
import { Listeners } from './listeners'
import { EVENT_TYPE, XID } from './opcodes'
import { Operations } from './operations'
import { readPath } from './records'
import { Requests } from './requests'
import type * as port from './session'
import { SessionCalls } from './session-calls'
import type { WatchKind } from './session-operations'
import { shuffle } from './shuffle'
import { Transport, type TransportListener } from './transport'
import { Watches } from './watches'

const DEFAULT_SESSION_MS = 30_000
/** How long close() waits for the server to end the session. */
const CLOSE_MS = 1000
const REPLY_HEADER_BYTES = 16
const OVER: ReadonlySet<port.SessionStatus> = new Set(['expired', 'auth-failed', 'closed'])

/** The life of one session: its connections, its end, and what comes from the server unasked. */
export class ZooKeeperSession extends SessionCalls implements port.Session, TransportListener {
  protected readonly operations: Operations
  readonly #digest: Buffer | null
  readonly #transport: Transport
  protected readonly requests: Requests
  readonly #watches: Watches
  readonly #statusListeners = new Listeners<port.SessionInfo>()
  readonly #connectionListeners = new Listeners<port.SessionInfo>()
  #status: port.SessionStatus = 'connecting'
  #since = Date.now()
  readonly #faults: FaultHistory
  #connections = 0
  #notifications = 0
  #closing: Promise<void> | null = null
  #sessionIsGone: () => void = () => undefined

  /** @throws ZooKeeperError when the connect string makes no sense. */
  constructor(options: port.ConnectOptions) {
    super()
    const { servers, chroot } = parseConnectString(options.connect)
    this.operations = new Operations(chroot)
    this.#digest = options.digest === undefined ? null : Buffer.from(options.digest)
    this.#faults = new FaultHistory(servers.length)
    this.#transport = new Transport(shuffle(servers), options.sessionTimeoutMs ?? DEFAULT_SESSION_MS, this)
    this.requests = new Requests({
      write: (frame) => this.#transport.write(frame),
      fault: () => this.#faults.cause,
      server: () => this.#transport.server,
      run: (work) => this.#transport.run(work),
    })
    this.#watches = new Watches(chroot, (request, requestOptions) => this.requests.submit(request, requestOptions))
    this.#transport.connect()
  }

  get info(): port.SessionInfo {
    const { cause } = this.#faults
    const { server, timeoutMs, lastHeardAt, lastZxid, nextAttemptAt, bytesIn, bytesOut, sessionIdNumber } =
      this.#transport
    return {
      status: this.#status,
      since: this.#since,
      server,
      sessionId: sessionIdNumber,
      timeoutMs,
      lastHeardAt,
      lastZxid,
      connections: this.#connections,
      nextAttemptAt,
      cause: cause === null ? null : describeError(cause.code, cause),
      features: null,
      rolledBack: null,
      load: {
        inFlight: this.requests.inFlight,
        queued: this.requests.queued,
        watches: this.#watches.size,
        requests: this.requests.total,
        notifications: this.#notifications,
        bytesIn,
        bytesOut,
      },
    }
  }

  onStatus(listener: (info: port.SessionInfo) => void): () => void {
    return this.#statusListeners.subscribe(listener)
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

  protected forgetWatches(path: string, kind: WatchKind): void {
    this.#watches.forget(path, kind)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  onAccepted({ readOnly }: { readonly readOnly: boolean }): void {
    if (this.#digest !== null) this.#transport.write(authFrame('digest', this.#digest))
    for (const frame of this.#watches.registrations(this.#transport.lastZxid)) this.#transport.write(frame)
    this.#connections += 1
    this.#faults.clear()
    this.#become(readOnly ? 'read-only' : 'connected')
    this.#connectionListeners.emit(this.info)
    if (this.#transport.isOpen) this.requests.open({ readOnly })
  }

  onFrame(body: Buffer): void {
    if (body.length < REPLY_HEADER_BYTES) {
      this.#transport.drop('MarshallingError', 'it sent half a header')
      return
    }
    const reader = new JuteReader(body)
    const xid = reader.int()
    const zxid = reader.long()
    const zkCode = reader.int()
    // Notifications of servers before 3.9 and refusals of unknown requests carry -1.
    if (zxid > this.#transport.lastZxid) this.#transport.lastZxid = zxid
    switch (xid) {
      case XID.ping:
        break
      case XID.notification:
        this.#onNotification(reader, zxid)
        break
      case XID.auth:
        if (zkCode !== 0) this.#end('auth-failed', { code: 'AuthFailed', server: this.#transport.server, detail: '' })
        break
      case XID.setWatches:
        if (zkCode !== 0) this.#transport.drop('MarshallingError', `it refused our watches with code ${zkCode}`)
        break
      case XID.close:
        this.#sessionIsGone()
        break
      default:
        this.#onAnswer(xid, zxid, zkCode, reader)
    }
  }

  onLost(fault: LinkFault): void {
    if (this.#closing !== null) {
      this.#sessionIsGone()
      return
    }
    this.#faults.add(fault)
    if (this.#status !== 'connecting') this.#status = 'disconnected'
    this.#become(this.#status)
    this.requests.interrupt(fault)
    if (fault.unanswered !== undefined) void this.#diagnose(fault.unanswered)
  }

  onExpired(server: string): void {
    this.#end('expired', { code: 'SessionExpired', server, detail: '' })
    this.#sessionIsGone()
  }

  isWriting(): boolean {
    return this.requests.isWriting
  }

  ping(): void {
    this.#transport.write(PING_FRAME)
  }

  #onAnswer(xid: number, zxid: bigint, zkCode: number, reader: JuteReader): void {
    // What was in flight at the close has been given up, its answers come all the same.
    if (this.#closing !== null) return
    if (this.requests.answer(xid, zxid, zkCode, reader)) return
    this.#transport.drop('MarshallingError', `it answered request ${xid}, which was not next`)
  }

  #onNotification(reader: JuteReader, zxid: bigint): void {
    try {
      const type = EVENT_TYPE[reader.int()]
      reader.int()
      const path = readPath(reader)
      if (type === undefined) return
      this.#notifications += 1
      this.#watches.dispatch(type, path, zxid > 0n ? zxid : null)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#transport.drop('MarshallingError', 'it sent a notification that cannot be read')
    }
  }

  async #close(): Promise<void> {
    if (!OVER.has(this.#status)) {
      const open = this.#transport.isOpen
      this.requests.end('Closed')
      if (open) await this.#endOnServer()
      this.#transport.shutdown()
      this.#become('closed')
    }
    this.#statusListeners.clear()
    this.#connectionListeners.clear()
  }

  /** The server drops the connection when it has ended the session. */
  #endOnServer(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MS)
      this.#sessionIsGone = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#transport.write(CLOSE_FRAME)
    })
  }

  /** Asks the server itself why it turned us away. */
  async #diagnose(server: Server): Promise<void> {
    const attempts = this.#connections
    const fault = await diagnose(server, this.#transport.lastZxid)
    if (fault === null || this.#transport.isOpen || attempts !== this.#connections || this.#isOver) return
    this.#faults.explain(fault)
    if (this.#faults.isRolledBack) this.#end('expired', fault)
    else this.#statusListeners.emit(this.info)
  }

  get #isOver(): boolean {
    return OVER.has(this.#status) || this.#closing !== null
  }

  /** The session is over without our wish. The cause stays to be seen. */
  #end(status: 'expired' | 'auth-failed', fault: LinkFault): void {
    this.#transport.shutdown()
    this.#faults.clear()
    this.#faults.add(fault)
    this.#become(status)
    this.requests.end(status === 'expired' ? 'SessionExpired' : 'AuthFailed')
  }

  #become(status: port.SessionStatus): void {
    if (status !== this.#status) this.#since = Date.now()
    this.#status = status
    this.#statusListeners.emit(this.info)
  }
}
