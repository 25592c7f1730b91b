import { randomInt } from 'node:crypto'
import { describeError } from '@/lib/text/errors'
import { type AclEntry, OPEN_ACL } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import { assertPath, fromServerPath, parentOf, toServerPath } from './chroot'
import { parseConnectString, type Server } from './connect-string'
import { isZooKeeperError } from './errors'
import { JuteReader, JuteWriter } from './jute'
import type { LinkFault } from './link-fault'
import { readMulti, writeMulti } from './multi'
import { CREATE_FLAGS, EVENT_TYPE, OPCODE, XID } from './opcodes'
import { readAcl, readNames, readPath, readStat, writeAcl } from './records'
import { Requests } from './requests'
import type * as port from './session'
import { Transport, type TransportListener } from './transport'
import { callSafely, Watches } from './watches'

const DEFAULT_SESSION_MS = 30_000
/** How long close() waits for the server to end the session. */
const CLOSE_MS = 1000
const REPLY_HEADER_BYTES = 16
const OVER: ReadonlySet<port.SessionStatus> = new Set(['expired', 'auth-failed', 'closed'])

export class ZooKeeperSession implements port.Session, TransportListener {
  readonly #chroot: string
  readonly #digest: Buffer | null
  readonly #transport: Transport
  readonly #requests: Requests
  readonly #watches: Watches
  readonly #statusListeners = new Set<(info: port.SessionInfo) => void>()
  readonly #connectionListeners = new Set<(info: port.SessionInfo) => void>()
  #status: port.SessionStatus = 'connecting'
  #since = Date.now()
  #fault: LinkFault | null = null
  #connections = 0
  #notifications = 0
  #closing: Promise<void> | null = null
  #sessionIsGone: () => void = () => undefined

  /** @throws ZooKeeperError when the connect string makes no sense. */
  constructor(options: port.ConnectOptions) {
    const { servers, chroot } = parseConnectString(options.connect)
    this.#chroot = chroot
    this.#digest = options.digest === undefined ? null : Buffer.from(options.digest)
    this.#transport = new Transport(shuffle(servers), options.sessionTimeoutMs ?? DEFAULT_SESSION_MS, this)
    this.#requests = new Requests({
      write: (body) => this.#transport.write(body),
      fault: () => this.#fault,
      server: () => this.#transport.server,
    })
    this.#watches = new Watches(chroot, (request, requestOptions) => this.#requests.submit(request, requestOptions))
    this.#transport.connect()
  }

  get info(): port.SessionInfo {
    const { server, timeoutMs, lastHeardAt, lastZxid, bytesIn, bytesOut, sessionIdNumber } = this.#transport
    return {
      status: this.#status,
      since: this.#since,
      server,
      sessionId: sessionIdNumber,
      timeoutMs,
      lastHeardAt,
      lastZxid,
      connections: this.#connections,
      cause: this.#fault === null ? null : describeError(this.#fault.code, this.#fault),
      load: {
        inFlight: this.#requests.inFlight,
        queued: this.#requests.queued,
        watches: this.#watches.size,
        requests: this.#requests.total,
        notifications: this.#notifications,
        bytesIn,
        bytesOut,
      },
    }
  }

  onStatus(listener: (info: port.SessionInfo) => void): () => void {
    return subscribe(this.#statusListeners, listener)
  }

  onConnection(listener: (info: port.SessionInfo) => void): () => void {
    return subscribe(this.#connectionListeners, listener)
  }

  async exists(path: string, options?: port.RequestOptions): Promise<Stat | null> {
    try {
      return await this.#read(OPCODE.exists, path, true, readStat, options)
    } catch (error) {
      if (isZooKeeperError(error) && error.code === 'NoNode') return null
      throw error
    }
  }

  getData(path: string, options?: port.RequestOptions): Promise<{ readonly data: Buffer | null; readonly stat: Stat }> {
    return this.#read(OPCODE.getData, path, true, (r) => ({ data: r.buffer(), stat: readStat(r) }), options)
  }

  getChildren(path: string, options?: port.RequestOptions): Promise<{ readonly names: string[]; readonly stat: Stat }> {
    return this.#read(OPCODE.getChildren2, path, true, (r) => ({ names: readNames(r), stat: readStat(r) }), options)
  }

  getAcl(path: string, options?: port.RequestOptions): Promise<{ readonly acl: AclEntry[]; readonly stat: Stat }> {
    return this.#read(OPCODE.getAcl, path, false, (r) => ({ acl: readAcl(r), stat: readStat(r) }), options)
  }

  async sync(path: string, options?: port.RequestOptions): Promise<void> {
    await this.#read(OPCODE.sync, path, false, readPath, options)
  }

  async setData(path: string, data: Buffer | null, version: number, options?: port.RequestOptions): Promise<Stat> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path)).buffer(data).int(version)
    return this.#requests.submit({ opcode: OPCODE.setData, path, write: true, encode, decode: readStat }, options)
  }

  async create(
    path: string,
    data: Buffer | null,
    options: port.CreateOptions = {},
  ): Promise<{ readonly path: string; readonly stat: Stat }> {
    const { mode = 'persistent', acl = OPEN_ACL, ...requestOptions } = options
    return this.#requests.submit(
      {
        opcode: OPCODE.create2,
        path,
        needs: parentOf(path) ?? path,
        write: true,
        encode: (writer) => {
          writer.string(this.#wire(path, mode)).buffer(data)
          writeAcl(writer, acl)
          writer.int(CREATE_FLAGS[mode])
        },
        decode: (reader) => {
          const created = readPath(reader)
          return { path: fromServerPath(this.#chroot, created) ?? created, stat: readStat(reader) }
        },
      },
      requestOptions,
    )
  }

  async delete(path: string, version: number, options?: port.RequestOptions): Promise<{ readonly zxid: bigint }> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path)).int(version)
    const decode = (_: JuteReader, zxid: bigint) => ({ zxid })
    return this.#requests.submit({ opcode: OPCODE.delete, path, write: true, encode, decode }, options)
  }

  async multi(
    operations: readonly port.Operation[],
    options?: port.RequestOptions,
  ): Promise<port.OperationResult[]> {
    const [first] = operations
    if (first === undefined) return []
    return this.#requests.submit(
      {
        opcode: OPCODE.multi,
        path: first.path,
        write: true,
        encode: (writer) => {
          for (const operation of operations) this.#wire(operation.path, 'mode' in operation ? operation.mode : undefined)
          writeMulti(writer, operations, this.#chroot)
        },
        decode: (reader) => readMulti(reader, operations, this.#chroot),
      },
      options,
    )
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

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  onAccepted({ readOnly }: { readonly readOnly: boolean }): void {
    if (this.#digest !== null) this.#transport.write(authPacket('digest', this.#digest))
    for (const frame of this.#watches.registrations(this.#transport.lastZxid)) this.#transport.write(frame)
    this.#connections += 1
    this.#fault = null
    this.#become(readOnly ? 'read-only' : 'connected')
    this.#tell(this.#connectionListeners)
    if (this.#transport.isOpen) this.#requests.open()
  }

  onFrame(body: Buffer): void {
    if (body.length < REPLY_HEADER_BYTES) return this.#transport.drop('MarshallingError', 'it sent half a header')
    const reader = new JuteReader(body)
    const xid = reader.int()
    const zxid = reader.long()
    const zkCode = reader.int()
    // Notifications of servers before 3.9 and refusals of unknown requests carry -1.
    if (zxid > this.#transport.lastZxid) this.#transport.lastZxid = zxid
    switch (xid) {
      case XID.ping:
        return
      case XID.notification:
        return this.#onNotification(reader, zxid)
      case XID.auth:
        if (zkCode !== 0) this.#end('auth-failed', 'AuthFailed')
        return
      case XID.setWatches:
        if (zkCode !== 0) this.#transport.drop('MarshallingError', `it refused our watches with code ${zkCode}`)
        return
      default:
        // Answers to what was given up at close; 0 is the one to the close itself.
        if (this.#closing !== null) return xid === 0 ? this.#sessionIsGone() : undefined
        if (!this.#requests.answer(xid, zxid, zkCode, reader)) {
          this.#transport.drop('MarshallingError', `it answered request ${xid}, which was not next`)
        }
    }
  }

  onLost(fault: LinkFault): void {
    const wasConnected = this.#status === 'connected' || this.#status === 'read-only'
    this.#fault = fault
    if (this.#closing !== null) return this.#sessionIsGone()
    this.#become(wasConnected ? 'disconnected' : this.#status)
    this.#requests.interrupt(fault)
  }

  onExpired(server: string): void {
    this.#fault = { code: 'SessionExpired', server, detail: '' }
    this.#end('expired', 'SessionExpired')
    this.#sessionIsGone()
  }

  isWriting(): boolean {
    return this.#requests.isWriting
  }

  ping(): void {
    this.#transport.write(new JuteWriter().int(XID.ping).int(OPCODE.ping).finish())
  }

  #read<T>(
    opcode: number,
    path: string,
    hasWatchFlag: boolean,
    decode: (reader: JuteReader) => T,
    options: port.RequestOptions | undefined,
  ): Promise<T> {
    const encode = (writer: JuteWriter) => {
      writer.string(this.#wire(path))
      // One-shot watches are never used: persistent ones say the same without a gap between event and re-reading.
      if (hasWatchFlag) writer.bool(false)
    }
    return this.#requests.submit({ opcode, path, encode, decode }, options)
  }

  /** The path as it goes out. @throws ZooKeeperError BadPath. */
  #wire(path: string, mode?: port.CreateMode): string {
    // The name of a sequential znode may be its number alone: "/queue/" becomes "/queue/0000000000".
    assertPath(mode?.endsWith('sequential') === true ? `${path}0` : path)
    return toServerPath(this.#chroot, path)
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
      this.#requests.end('Closed')
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
      this.#transport.write(new JuteWriter().int(0).int(OPCODE.closeSession).finish())
    })
  }

  #end(status: 'expired' | 'auth-failed', code: 'SessionExpired' | 'AuthFailed'): void {
    if (status === 'auth-failed') {
      this.#fault = { code, server: this.#transport.server, detail: '' }
      this.#transport.shutdown()
    }
    this.#become(status)
    this.#requests.end(code)
  }

  #become(status: port.SessionStatus): void {
    if (status !== this.#status) this.#since = Date.now()
    this.#status = status
    this.#tell(this.#statusListeners)
  }

  #tell(listeners: ReadonlySet<(info: port.SessionInfo) => void>): void {
    const { info } = this
    for (const listener of [...listeners]) callSafely(() => listener(info))
  }
}

/** xid -4, then zookeeper.jute, class AuthPacket. */
function authPacket(scheme: string, auth: Buffer): Buffer {
  return new JuteWriter().int(XID.auth).int(OPCODE.auth).int(0).string(scheme).buffer(auth).finish()
}

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  // One entry a call, so that the same function given twice is removed once.
  const own = (value: T) => listener(value)
  listeners.add(own)
  return () => void listeners.delete(own)
}

/** Every Zoolens picks its server by chance, as ZooKeeper's own clients do, so that no server gets all of them. */
function shuffle(servers: readonly [Server, ...Server[]]): readonly [Server, ...Server[]] {
  const shuffled: [Server, ...Server[]] = [...servers]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const [a, b] = [shuffled[last], shuffled[other]]
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a]
  }
  return shuffled
}
