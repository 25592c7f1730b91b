import type { AppError } from '@/lib/znode/app-error'
import { isZooKeeperError, toAppError } from '@/lib/zookeeper/errors'

/** A failure whose words are already known, such as why an ensemble cannot be reached. */
export class Failure extends Error {
  readonly isFailure = true

  constructor(readonly appError: AppError) {
    super(appError.message)
    this.name = 'Failure'
  }
}

/** Any failure below this layer as plain data for a browser; unknown ones say nothing of their text. */
export function describeFailure(thrown: unknown): AppError {
  // Not instanceof: one Next process may load a module more than once.
  if (typeof thrown === 'object' && thrown !== null && (thrown as Partial<Failure>).isFailure === true) {
    return (thrown as Failure).appError
  }
  return toAppError(thrown)
}

/** Whether somebody should look into it: not one of the failures that we have words for. */
export function isUnexpected(thrown: unknown): boolean {
  return !isZooKeeperError(thrown) && describeFailure(thrown).code === 'Internal'
}
