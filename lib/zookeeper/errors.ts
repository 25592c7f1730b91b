import { describeError } from '@/lib/text/errors'
import type { AppError, ErrorCode } from '@/lib/znode/app-error'

/** Source: KeeperException.Code. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [-1]: 'SystemError',
  [-2]: 'RuntimeInconsistency',
  [-3]: 'DataInconsistency',
  [-4]: 'ConnectionLoss',
  [-5]: 'MarshallingError',
  [-6]: 'Unimplemented',
  [-7]: 'OperationTimeout',
  [-8]: 'BadArguments',
  [-12]: 'UnknownSession',
  [-13]: 'NewConfigNoQuorum',
  [-14]: 'ReconfigInProgress',
  [-100]: 'ApiError',
  [-101]: 'NoNode',
  [-102]: 'NoAuth',
  [-103]: 'BadVersion',
  [-108]: 'NoChildrenForEphemerals',
  [-110]: 'NodeExists',
  [-111]: 'NotEmpty',
  [-112]: 'SessionExpired',
  [-113]: 'InvalidCallback',
  [-114]: 'InvalidACL',
  [-115]: 'AuthFailed',
  [-118]: 'SessionMoved',
  [-119]: 'NotReadOnly',
  [-120]: 'EphemeralOnLocalSession',
  [-121]: 'NoWatcher',
  [-122]: 'RequestTimeout',
  [-123]: 'ReconfigDisabled',
  [-124]: 'SessionClosedRequireSaslAuth',
  [-125]: 'QuotaExceeded',
  [-127]: 'ThrottledOp',
}

export interface ZooKeeperErrorDetails {
  readonly path?: string | undefined
  readonly server?: string | undefined
  readonly detail?: string | undefined
  /** The number that the server sent. */
  readonly zkCode?: number
  /** Of ZooKeeper, such as "getData". */
  readonly operation?: string
  /** The ZooKeeper that knows the operation, such as "3.6.0". */
  readonly needsVersion?: string
  readonly failedOperation?: number
  readonly fates?: readonly OperationFate[]
  readonly outcomeUnknown?: boolean
  readonly replyBytes?: number
  readonly cause?: unknown
}

/** What became of one operation of a multi that was not applied; none of them was. */
export type OperationFate =
  /** It would have been applied: everything about it was in order. */
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly code: ErrorCode; readonly zkCode: number }
  /** An operation before it had failed. */
  | { readonly outcome: 'not-tried' }

/** A failed request. Never carries credentials or data. */
export class ZooKeeperError extends Error {
  /** Told apart by this and not by instanceof: one Next process may load a module more than once. */
  readonly isZooKeeperError = true
  readonly code: ErrorCode
  /** ZooKeeper's number, 0 when the failure did not come from a server. */
  readonly zkCode: number
  readonly path?: string
  /** What was asked of the server, as ZooKeeper calls it: "getData". */
  readonly operation?: string
  /** Of Unimplemented, if known: the first ZooKeeper that can do it, such as "3.6.0". */
  readonly needsVersion?: string
  /** Of a multi: the index of the operation that failed. */
  readonly failedOperation?: number
  /** Of a multi: what became of each of its operations, in their order. */
  readonly fates?: readonly OperationFate[]
  /** A write that had been sent when this happened: it may or may not have been applied. */
  readonly outcomeUnknown: boolean
  /** Of ReplyTooLarge: the length of the answer, or what it would have been about. */
  readonly replyBytes?: number
  readonly #appError: AppError

  constructor(code: ErrorCode, details: ZooKeeperErrorDetails = {}) {
    const described = describeError(code, details)
    super(described.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'ZooKeeperError'
    this.code = code
    this.zkCode = details.zkCode ?? 0
    if (details.path !== undefined) this.path = details.path
    if (details.operation !== undefined) this.operation = details.operation
    if (details.needsVersion !== undefined) this.needsVersion = details.needsVersion
    if (details.failedOperation !== undefined) this.failedOperation = details.failedOperation
    if (details.fates !== undefined) this.fates = details.fates
    this.outcomeUnknown = details.outcomeUnknown ?? false
    if (details.replyBytes !== undefined) this.replyBytes = details.replyBytes
    this.#appError = described
  }

  /** As it travels to a browser. */
  toAppError(): AppError {
    return this.#appError
  }
}

export function isZooKeeperError(error: unknown): error is ZooKeeperError {
  return typeof error === 'object' && error !== null && (error as Partial<ZooKeeperError>).isZooKeeperError === true
}

/** Any failure as plain data. Unknown ones become 'Internal' without their text, which may hold anything. */
export function toAppError(error: unknown): AppError {
  return isZooKeeperError(error) ? error.toAppError() : describeError('Internal')
}

/** The name of a code that a server sent. Newer servers have codes that nobody here knows: those are SystemError. */
export function codeOf(zkCode: number): ErrorCode {
  return CODES[zkCode] ?? 'SystemError'
}

/** The error for a code that a server sent. */
export function serverError(zkCode: number, details: Omit<ZooKeeperErrorDetails, 'zkCode'> = {}): ZooKeeperError {
  const code = CODES[zkCode]
  if (code !== undefined) return new ZooKeeperError(code, { ...details, zkCode })
  return new ZooKeeperError('SystemError', { ...details, zkCode, detail: `error code ${zkCode}` })
}
