import type { ErrorCode } from './app-error'

const STATUS: Readonly<Record<ErrorCode, number>> = {
  // The request itself is wrong.
  BadPath: 400,
  BadRequest: 400,
  BadArguments: 400,
  InvalidACL: 400,
  InvalidCallback: 400,
  NotText: 400,
  // Not 401: that asks a browser for credentials, and the missing ones are Zoolens's own towards ZooKeeper.
  NoAuth: 403,
  AuthFailed: 403,
  SessionClosedRequireSaslAuth: 403,
  Forbidden: 403,
  ReadOnly: 403,
  ReconfigDisabled: 403,
  QuotaExceeded: 403,
  NoNode: 404,
  NoWatcher: 404,
  NotFound: 404,
  UnknownCluster: 404,
  // Right in itself, but the ensemble has moved on.
  BadVersion: 409,
  NodeExists: 409,
  NotEmpty: 409,
  NoChildrenForEphemerals: 409,
  Recreated: 409,
  OverwroteRecreated: 409,
  NotRevocable: 409,
  ReconfigInProgress: 409,
  EphemeralOnLocalSession: 409,
  TooLarge: 413,
  ReplyTooLarge: 413,
  Busy: 429,
  ThrottledOp: 429,
  // nginx's "client closed request": nobody reads it, logs and metrics tell it from a failure.
  Aborted: 499,
  SystemError: 500,
  RuntimeInconsistency: 500,
  DataInconsistency: 500,
  MarshallingError: 500,
  ApiError: 500,
  Internal: 500,
  Unimplemented: 501,
  // The server behind is not what it is configured to be.
  NotZooKeeper: 502,
  TlsExpected: 502,
  TlsNotSpoken: 502,
  TlsNameMismatch: 502,
  TlsUntrusted: 502,
  TlsExpired: 502,
  TlsClientRefused: 502,
  TlsFailed: 502,
  ChrootMissing: 502,
  HostUnknown: 502,
  ConnectionLoss: 503,
  SessionExpired: 503,
  SessionMoved: 503,
  UnknownSession: 503,
  NewConfigNoQuorum: 503,
  NotReadOnly: 503,
  NoQuorum: 503,
  Unreachable: 503,
  TurnedAway: 503,
  Closed: 503,
  // A gateway that got no answer in time: that is also all that is known of a write whose reply was lost.
  OperationTimeout: 504,
  RequestTimeout: 504,
  UnknownOutcome: 504,
}

/** The HTTP status of an answer that carries this error: 400..504. */
export function httpStatusOf(code: ErrorCode): number {
  return STATUS[code]
}
