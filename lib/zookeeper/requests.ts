import type { ErrorCode } from '@/lib/znode/app-error'
import { isZooKeeperError, type ZooKeeperError, type ZooKeeperErrorDetails } from './errors'
import type { Admission } from './framing'
import type { JuteReader } from './jute'
import type { LinkFault } from './link-fault'
import { onAbort } from './on-abort'
import { errorOf, makeFor, type Pending } from './pending-request'
import { missingFeature, refusal } from './refusal'
import { inMegabytes, LARGEST_PLAIN_BYTES, type ReplyLimits } from './reply-limits'
import { encodeRequest, type Request, type RequestFor, type Slices, XID_OFFSET } from './request'
import { RequestList } from './request-list'
import { ALL_FEATURES, type ServerFeatures } from './server-features'
import type { RequestOptions } from './session'

const MAX_IN_FLIGHT = 64
const MAX_WAITING = 10_000
const MAX_WAITING_BYTES = 64 * 1024 * 1024
const DEFAULT_TIMEOUT_MS = 15_000
const LARGEST_XID = 0x7fffffff

export interface RequestsLink {
  write(frame: Buffer): void
  /** Why there is no connection, as far as known. */
  fault(): LinkFault | null
  server(): string | null
  /** Runs it to its end, the first slice at once; no further answer is handed in before that. */
  run(work: Slices<void>): void
  readonly limits: ReplyLimits
  /** Default: 64. */
  readonly maxInFlight?: number | undefined
}

/**
 * The requests of one session, in the order of their calls: at most `maxInFlight` wait for an answer, the rest wait here, and each
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
  #features = ALL_FEATURES
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
  submit<T>(asked: Request<T> | RequestFor<T>, options: RequestOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options
      const requestFor = typeof asked === 'function' ? asked : () => asked
      const request = requestFor(this.#features)
      const pending: Pending = {
        requestFor,
        request,
        frame: encodeRequest(request),
        features: this.#features,
        xid: 0,
        sent: false,
        refused: null,
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
      this.#enlist(pending, options)
      const abort = () => this.#giveUp(pending, this.#error(pending, 'Aborted'))
      const timer = setTimeout(() => this.#giveUp(pending, this.#timeoutError(pending)), timeoutMs)
      const unsubscribe = signal === undefined ? null : onAbort(signal, abort)
      this.#total += 1
      this.#waiting.push(pending)
      this.#waitingBytes += pending.frame.length
      this.#pump()
    })
  }

  /**
   * A connection is ready for requests. On a read-only one writes are refused here, without being sent, and so is what
   * its server does not know; features are null when nothing is known about it.
   */
  open({ readOnly, features }: { readonly readOnly: boolean; readonly features?: ServerFeatures | null }): void {
    this.#open = true
    this.#readOnly = readOnly
    this.#features = features ?? ALL_FEATURES
    this.#pump()
  }

  /** The connection broke. What was sent is lost, or repeated if that is harmless; what was not sent waits on. */
  interrupt(fault: LinkFault): void {
    this.#open = false
    this.#writesInFlight = 0
    for (const pending of this.#inFlight.drain().reverse()) {
      if (pending.settled) continue
      if (pending.refused !== null) this.#reject(pending, pending.refused)
      else if (pending.request.repeatable === true) {
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
      this.#reject(pending, refusal(zkCode, request))
    } else {
      this.#link.run(this.#settle(pending, reader, zxid))
    }
    this.#pump()
    return true
  }

  /**
   * The answer that is about to come: one that is too large is never read, its request is rejected at once and nobody
   * repeats it. Above the hard limit the connection is given up too.
   */
  admit(bytes: number, xid: number): Admission {
    const pending = this.#inFlight.first
    if (pending === null || pending.xid !== xid) return bytes <= LARGEST_PLAIN_BYTES ? 'take' : 'break'
    const { soft, hard } = this.#link.limits
    const limit = pending.request.large === true ? soft : Math.min(soft, LARGEST_PLAIN_BYTES)
    // What nobody waits for any more is not kept, unless it is small.
    if (bytes <= limit && (!pending.settled || bytes <= LARGEST_PLAIN_BYTES)) return 'take'
    const refused = this.#tooLarge(pending, bytes, limit, 'it has')
    // No server has so much to say to a plain request: there is nothing to go on with.
    if (bytes > hard || (pending.request.large !== true && !pending.settled)) {
      // Whoever hears of it asks for something else at once, which must not go out on the connection that is given up.
      pending.refused = refused
      return 'break'
    }
    this.#inFlight.remove(pending)
    if (pending.request.write === true) this.#writesInFlight -= 1
    if (!pending.settled) this.#reject(pending, refused)
    this.#pump()
    return 'skip'
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
  #enlist(pending: Pending, { signal, expectedReplyBytes = 0 }: RequestOptions): void {
    if (this.#ended !== null) throw this.#error(pending, this.#ended)
    if (signal?.aborted === true) throw this.#error(pending, 'Aborted')
    const { soft } = this.#link.limits
    if (expectedReplyBytes > soft) throw this.#tooLarge(pending, expectedReplyBytes, soft, 'it will have about')
    if (this.#waiting.length >= MAX_WAITING || this.#waitingBytes > MAX_WAITING_BYTES) {
      throw this.#error(pending, 'Busy', { detail: `${this.#waiting.length} are waiting` })
    }
  }

  #pump(): void {
    while (this.#open && this.#inFlight.length < (this.#link.maxInFlight ?? MAX_IN_FLIGHT)) {
      const pending = this.#waiting.shift()
      if (pending === null) return
      this.#waitingBytes -= pending.frame.length
      const refused = this.#refuse(pending)
      if (refused !== null) {
        this.#reject(pending, refused)
        continue
      }
      this.#xid = this.#xid === LARGEST_XID ? 1 : this.#xid + 1
      pending.xid = this.#xid
      pending.sent = true
      pending.frame.writeInt32BE(pending.xid, XID_OFFSET)
      if (pending.request.write === true) this.#writesInFlight += 1
      this.#inFlight.push(pending)
      this.#link.write(pending.frame)
    }
  }

  /** Why it cannot be sent to this server; makes it anew when it was made for another one. */
  #refuse(pending: Pending): ZooKeeperError | null {
    if (this.#readOnly && pending.request.write === true) return this.#error(pending, 'NotReadOnly')
    try {
      makeFor(pending, this.#features)
    } catch (error) {
      return isZooKeeperError(error) ? error : this.#error(pending, 'Internal', { cause: error })
    }
    return missingFeature(pending.request, this.#features, this.#link.server())
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

  #tooLarge(pending: Pending, bytes: number, limit: number, has: string): ZooKeeperError {
    const detail = `${has} ${inMegabytes(bytes)}, the limit is ${inMegabytes(limit)}`
    return this.#error(pending, 'ReplyTooLarge', { detail, replyBytes: bytes })
  }

  #error(pending: Pending, code: ErrorCode, details?: ZooKeeperErrorDetails): ZooKeeperError {
    return errorOf(pending, code, this.#link.server(), details)
  }
}

function isSliced(decoded: unknown): decoded is Slices<unknown> {
  return typeof decoded === 'object' && decoded !== null && 'next' in decoded && Symbol.iterator in decoded
}
