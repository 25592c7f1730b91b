/**
 * Every failure that a person can meet, by code. ZooKeeper's own carry the name that its Java client gives them
 * (KeeperException.Code); the rest are ours. The sentence and the remedy for each are in lib/text/errors.ts.
 */
export const ERROR_CODES = [
  // ZooKeeper's
  'SystemError',
  'RuntimeInconsistency',
  'DataInconsistency',
  'ConnectionLoss',
  'MarshallingError',
  'Unimplemented',
  'OperationTimeout',
  'BadArguments',
  'UnknownSession',
  'NewConfigNoQuorum',
  'ReconfigInProgress',
  'ApiError',
  'NoNode',
  'NoAuth',
  'BadVersion',
  'NoChildrenForEphemerals',
  'NodeExists',
  'NotEmpty',
  'SessionExpired',
  'InvalidCallback',
  'InvalidACL',
  'AuthFailed',
  'SessionMoved',
  'NotReadOnly',
  'EphemeralOnLocalSession',
  'NoWatcher',
  'RequestTimeout',
  'ReconfigDisabled',
  'SessionClosedRequireSaslAuth',
  'QuotaExceeded',
  'ThrottledOp',
  // Zoolens's: before or beside ZooKeeper
  'BadPath',
  'BadRequest',
  'UnknownCluster',
  'NotFound',
  'Forbidden',
  'ReadOnly',
  'TooLarge',
  'ReplyTooLarge',
  'Recreated',
  'OverwroteRecreated',
  'NotRevocable',
  'NotText',
  'Unreachable',
  'HostUnknown',
  'NotZooKeeper',
  'NoQuorum',
  'TurnedAway',
  'TlsExpected',
  'TlsNotSpoken',
  'TlsNameMismatch',
  'TlsUntrusted',
  'TlsExpired',
  'TlsClientRefused',
  'TlsFailed',
  'ChrootMissing',
  'Busy',
  'Aborted',
  'Closed',
  'UnknownOutcome',
  'Internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** A failure as it travels: plain data, because Next masks class instances and thrown errors in production. */
export interface AppError {
  readonly code: ErrorCode
  /** What happened, one sentence. */
  readonly message: string
  /** What to do about it, one sentence. */
  readonly hint: string
  /** The znode it is about, if it is about one. */
  readonly path?: string
}

/** What a server action returns: nothing is thrown across the wire. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }
