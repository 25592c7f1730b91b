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
  readonly failedOperation?: number
  readonly outcomeUnknown?: boolean
  readonly cause?: unknown
}

/** A failed request. Never carries credentials or data. */
export class ZooKeeperError extends Error {
  /** Told apart by this and not by instanceof: one Next process may load a module more than once. */
  readonly isZooKeeperError = true
  readonly code: ErrorCode
  /** ZooKeeper's number, 0 when the failure did not come from a server. */
  readonly zkCode: number
  readonly path?: string
  /** Of a multi: the index of the operation that failed. */
  readonly failedOperation?: number
  /** A write that had been sent when this happened: it may or may not have been applied. */
  readonly outcomeUnknown: boolean
  readonly #appError: AppError

  constructor(code: ErrorCode, details: ZooKeeperErrorDetails = {}) {
    const described = describeError(code, details)
    super(described.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'ZooKeeperError'
    this.code = code
    this.zkCode = details.zkCode ?? 0
    if (details.path !== undefined) this.path = details.path
    if (details.failedOperation !== undefined) this.failedOperation = details.failedOperation
    this.outcomeUnknown = details.outcomeUnknown ?? false
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

/** The error for a code that a server sent. Newer servers have codes that nobody here knows: those are SystemError. */
export function serverError(zkCode: number, details: Omit<ZooKeeperErrorDetails, 'zkCode'> = {}): ZooKeeperError {
  const code = CODES[zkCode]
  if (code !== undefined) return new ZooKeeperError(code, { ...details, zkCode })
  return new ZooKeeperError('SystemError', { ...details, zkCode, detail: `error code ${zkCode}` })
}
