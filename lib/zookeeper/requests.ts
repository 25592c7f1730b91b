import type { ErrorCode } from '@/lib/znode/app-error'
import { isZooKeeperError, serverError, ZooKeeperError, type ZooKeeperErrorDetails } from './errors'
import { encodeFrame } from './framing'
import type { JuteReader, JuteWriter } from './jute'
import type { LinkFault } from './link-fault'
import { onAbort } from './on-abort'
import { type Linked, RequestList } from './request-list'
import type { RequestOptions } from './session'

/** Work that pauses now and then, so that a list of a million names does not hold up everybody else. */
export type Slices<T> = Generator<undefined, T>

/** jute.maxbuffer of a server that has the default: a longer request makes it close the connection without a word. */
export const LARGEST_REQUEST_BYTES = 0xfffff
const MAX_IN_FLIGHT = 64
const MAX_WAITING = 10_000
const MAX_WAITING_BYTES = 64 * 1024 * 1024
const DEFAULT_TIMEOUT_MS = 15_000
const LENGTH_BYTES = 4
const LARGEST_XID = 0x7fffffff

export interface Request<T> {
  readonly opcode: number
  /** For errors, as the caller wrote it. */
  readonly path: string
  /** The znode that is missing when the server says NoNode; default: path. */
  readonly needs?: string
  /** It changes something: once sent, its outcome is unknown until the answer comes. */
  readonly write?: boolean
  /** It may be sent again on another connection, because doing it twice is the same as once. */
  readonly repeatable?: boolean
  readonly encode: (writer: JuteWriter) => unknown
  /** Called in the order of the answers, before any later frame is looked at. */
  readonly decode: (reader: JuteReader, zxid: bigint) => T | Slices<T>
  /** The server did it, but nobody waits for it any more. */
  readonly late?: () => void
}

interface Pending extends Linked<Pending> {
  readonly request: Request<unknown>
  frame: Buffer
  xid: number
  sent: boolean
  settled: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  release: () => void
}

export interface RequestsLink {
  write(frame: Buffer): void
  /** Why there is no connection, as far as known. */
  fault(): LinkFault | null
  server(): string | null
  /** Runs it to its end, the first slice at once; no further answer is handed in before that. */
  run(work: Slices<void>): void
}

/**
 * The requests of one session, in the order of their calls: at most 64 wait for an answer, the rest wait here, and each
 * is given up when its time is over or its signal says so. Time counts from the call, connected or not.
 */
export class Requests {
  readonly #link: RequestsLink
  readonly #waiting = new RequestList<Pending>()
  readonly #inFlight = new RequestList<Pending>()
  #waitingBytes = 0
  #writesInFlight = 0
  #xid = 0
  #open = false
  #readOnly = false
  #ended: ErrorCode | null = null
  #total = 0

  constructor(link: RequestsLink) {
    this.#link = link
  }

  get inFlight(): number {
    return this.#inFlight.length
  }

  get queued(): number {
    return this.#waiting.length
  }

  get total(): number {
    return this.#total
  }

  get isWriting(): boolean {
    return this.#writesInFlight > 0
  }

  /** Rejects with ZooKeeperError. */
  submit<T>(request: Request<T>, options: RequestOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options
      const pending: Pending = {
        request,
        frame: this.#encode(request),
        xid: 0,
        sent: false,
        settled: false,
        previous: null,
        next: null,
        resolve: resolve as (value: unknown) => void,
        reject,
        release: () => {
          clearTimeout(timer)
          unsubscribe?.()
        },
      }
      this.#admit(pending, signal)
      const abort = () => this.#giveUp(pending, this.#error(pending, 'Aborted'))
      const timer = setTimeout(() => this.#giveUp(pending, this.#timeoutError(pending)), timeoutMs)
      const unsubscribe = signal === undefined ? null : onAbort(signal, abort)
      this.#total += 1
      this.#waiting.push(pending)
      this.#waitingBytes += pending.frame.length
      this.#pump()
    })
  }

  /** A connection is ready for requests. On a read-only one writes are refused here, without being sent. */
  open({ readOnly }: { readonly readOnly: boolean }): void {
    this.#open = true
    this.#readOnly = readOnly
    this.#pump()
  }

  /** The connection broke. What was sent is lost, or repeated if that is harmless; what was not sent waits on. */
  interrupt(fault: LinkFault): void {
    this.#open = false
    this.#writesInFlight = 0
    for (const pending of this.#inFlight.drain().reverse()) {
      if (pending.settled) continue
      if (pending.request.repeatable === true) {
        pending.sent = false
        this.#waiting.unshift(pending)
        this.#waitingBytes += pending.frame.length
      } else {
        this.#reject(pending, this.#error(pending, 'ConnectionLoss', { detail: fault.detail, server: fault.server }))
      }
    }
  }

  /** The session is over: everything is rejected with this code, now and later. */
  end(code: ErrorCode): void {
    if (this.#ended !== null) return
    this.#ended = code
    this.#open = false
    this.#writesInFlight = 0
    this.#waitingBytes = 0
    for (const pending of [...this.#inFlight.drain(), ...this.#waiting.drain()]) {
      if (!pending.settled) this.#reject(pending, this.#error(pending, code))
    }
  }

  /** The answer to the oldest request in flight. Returns false when it is not that: the stream cannot be trusted any more. */
  answer(xid: number, zxid: bigint, zkCode: number, reader: JuteReader): boolean {
    const pending = this.#inFlight.first
    if (pending === null || pending.xid !== xid) return false
    this.#inFlight.remove(pending)
    if (pending.request.write === true) this.#writesInFlight -= 1
    const { request } = pending
    if (pending.settled) {
      if (zkCode === 0) request.late?.()
    } else if (zkCode !== 0) {
      this.#reject(pending, this.#serverError(pending, zkCode))
    } else {
      this.#link.run(this.#settle(pending, reader, zxid))
    }
    this.#pump()
    return true
  }

  *#settle(pending: Pending, reader: JuteReader, zxid: bigint): Slices<void> {
    let value: unknown
    try {
      const decoded = pending.request.decode(reader, zxid)
      value = isSliced(decoded) ? yield* decoded : decoded
    } catch (error) {
      const detail = `the answer cannot be read: ${error instanceof Error ? error.message : 'no reason'}`
      const reason = isZooKeeperError(error) ? error : this.#error(pending, 'MarshallingError', { detail })
      if (!pending.settled) this.#reject(pending, reason)
      return
    }
    if (pending.settled) return
    pending.settled = true
    pending.release()
    pending.resolve(value)
  }

  /** @throws ZooKeeperError when it cannot be taken. */
  #admit(pending: Pending, signal: AbortSignal | undefined): void {
    if (this.#ended !== null) throw this.#error(pending, this.#ended)
    if (signal?.aborted === true) throw this.#error(pending, 'Aborted')
    if (this.#waiting.length >= MAX_WAITING || this.#waitingBytes > MAX_WAITING_BYTES) {
      throw this.#error(pending, 'Busy', { detail: `${this.#waiting.length} are waiting` })
    }
  }

  /** The xid is filled in when it is sent. @throws ZooKeeperError TooLarge. */
  #encode(request: Request<unknown>): Buffer {
    const frame = encodeFrame((writer) => request.encode(writer.int(0).int(request.opcode)))
    const length = frame.length - LENGTH_BYTES
    if (length <= LARGEST_REQUEST_BYTES) return frame
    const detail = `the request has ${length} bytes, the limit is ${LARGEST_REQUEST_BYTES}`
    throw new ZooKeeperError('TooLarge', { path: request.path, detail })
  }

  #pump(): void {
    while (this.#open && this.#inFlight.length < MAX_IN_FLIGHT) {
      const pending = this.#waiting.shift()
      if (pending === null) return
      this.#waitingBytes -= pending.frame.length
      if (this.#readOnly && pending.request.write === true) {
        this.#reject(pending, this.#error(pending, 'NotReadOnly'))
        continue
      }
      this.#xid = this.#xid === LARGEST_XID ? 1 : this.#xid + 1
      pending.xid = this.#xid
      pending.sent = true
      pending.frame.writeInt32BE(pending.xid, LENGTH_BYTES)
      if (pending.request.write === true) this.#writesInFlight += 1
      this.#inFlight.push(pending)
      this.#link.write(pending.frame)
    }
  }

  /** What was sent keeps its place in flight, because its answer will come. */
  #giveUp(pending: Pending, error: ZooKeeperError): void {
    if (pending.settled) return
    if (!pending.sent) {
      this.#waiting.remove(pending)
      this.#waitingBytes -= pending.frame.length
    }
    this.#reject(pending, error)
  }

  #reject(pending: Pending, error: ZooKeeperError): void {
    pending.settled = true
    pending.release()
    pending.reject(error)
  }

  #timeoutError(pending: Pending): ZooKeeperError {
    const fault = this.#link.fault()
    return fault === null ? this.#error(pending, 'OperationTimeout') : this.#error(pending, fault.code, fault)
  }

  #serverError(pending: Pending, zkCode: number): ZooKeeperError {
    const { path, needs = path } = pending.request
    const error = serverError(zkCode, { path })
    if (error.code !== 'NoNode') return error
    // The root always exists, so that only a chroot can be missing there.
    if (needs === '/') return new ZooKeeperError('ChrootMissing', { zkCode })
    return needs === path ? error : serverError(zkCode, { path: needs })
  }

  #error(pending: Pending, code: ErrorCode, details: ZooKeeperErrorDetails = {}): ZooKeeperError {
    return new ZooKeeperError(code, {
      path: pending.request.path,
      server: this.#link.server() ?? undefined,
      ...details,
      outcomeUnknown: pending.sent && pending.request.write === true,
    })
  }
}

function isSliced(decoded: unknown): decoded is Slices<unknown> {
  return typeof decoded === 'object' && decoded !== null && 'next' in decoded && Symbol.iterator in decoded
}
