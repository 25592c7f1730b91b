import type { ErrorCode } from '@/lib/znode/app-error'
import { ZooKeeperError, type ZooKeeperErrorDetails } from './errors'
import { operationName } from './opcodes'
import { encodeRequest, type Request, type RequestFor } from './request'
import type { Linked } from './request-list'
import type { ServerFeatures } from './server-features'

/** A request on its way: it waits to be sent, or for its answer. */
export interface Pending extends Linked<Pending> {
  readonly requestFor: RequestFor<unknown>
  request: Request<unknown>
  frame: Buffer
  /** Whom the request and its frame were made for. */
  features: ServerFeatures
  xid: number
  sent: boolean
  /** Why it is not sent again although the connection broke under it. */
  refused: ZooKeeperError | null
  settled: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  release: () => void
}

/** Puts it into the words of a server with these features. Throws what encoding throws. */
export function makeFor(pending: Pending, features: ServerFeatures): void {
  if (pending.features === features) return
  pending.request = pending.requestFor(features)
  pending.frame = encodeRequest(pending.request)
  pending.features = features
}

/** The error that it ends with, for a reason of ours. */
export function errorOf(
  pending: Pending,
  code: ErrorCode,
  server: string | null,
  details: ZooKeeperErrorDetails = {},
): ZooKeeperError {
  const { path, opcode, write } = pending.request
  return new ZooKeeperError(code, {
    path,
    server: server ?? undefined,
    operation: operationName(opcode),
    ...details,
    outcomeUnknown: pending.sent && write === true,
  })
}
