import type { ErrorCode } from '@/lib/znode/app-error'
import { codeOf, serverError, ZooKeeperError, type ZooKeeperErrorDetails } from './errors'
import { operationName } from './opcodes'
import type { Explanations, Request } from './request'
import { type ServerFeatures, sinceVersion } from './server-features'

/** What a server was asked when it refused. */
export interface Refused {
  readonly opcode: number
  readonly path: string
  /** The znode that is missing when it says NoNode; default: path. */
  readonly needs?: string
  readonly explain?: Explanations | undefined
  /** It changes something. */
  readonly write?: boolean
}

/**
 * Faults of the system and not of the request: a write that got one of them may have been applied, or still will be.
 * FinalRequestProcessor answers MarshallingError to whatever goes wrong after the transaction too.
 */
const UNDECIDED: ReadonlySet<ErrorCode> = new Set([
  'SystemError',
  'RuntimeInconsistency',
  'DataInconsistency',
  'ConnectionLoss',
  'MarshallingError',
  'OperationTimeout',
  'RequestTimeout',
])

/** The error for a code that a server gave to one operation. */
export function refusal(zkCode: number, refused: Refused, details: ZooKeeperErrorDetails = {}): ZooKeeperError {
  const { path, needs = path, explain, write = false } = refused
  const code = codeOf(zkCode)
  const outcomeUnknown = write && UNDECIDED.has(code)
  const context = { operation: operationName(refused.opcode), outcomeUnknown, ...details }
  // The root always exists, so that only a chroot can be missing there.
  if (code === 'NoNode' && needs === '/') return new ZooKeeperError('ChrootMissing', { ...context, zkCode })
  const detail = explain?.[code]
  return serverError(zkCode, {
    path: code === 'NoNode' ? needs : path,
    ...context,
    ...(detail === undefined ? {} : { detail }),
  })
}

/** The error for a request that this server would not understand; null when it does. */
export function missingFeature(
  request: Request<unknown>,
  features: ServerFeatures,
  server: string | null,
): ZooKeeperError | null {
  const { feature, path, opcode } = request
  if (feature === undefined || features[feature]) return null
  const needsVersion = sinceVersion(feature)
  const operation = operationName(opcode)
  const its = features.version === null ? 'it does not know that' : `it runs ${features.version}`
  const detail = `${operation} needs ZooKeeper ${needsVersion} or newer, and ${its}`
  return new ZooKeeperError('Unimplemented', { path, server: server ?? undefined, operation, needsVersion, detail })
}
