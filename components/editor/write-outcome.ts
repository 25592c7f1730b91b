import type { ErrorCode } from '@/lib/znode/app-error'
import { type Loaded, nextVersion, sameValue } from './draft'

/**
 * Failures of a write after which nobody knows yet whether the ensemble did it: the request was sent and its answer was
 * lost. Source: ZooKeeper's programmer's guide, "Handling the errors a ZooKeeper throws at you".
 */
const UNKNOWN: ReadonlySet<ErrorCode> = new Set([
  'ConnectionLoss',
  'OperationTimeout',
  'RequestTimeout',
  'SessionExpired',
  'SessionMoved',
  'UnknownOutcome',
])

export function isOutcomeUnknown(code: ErrorCode): boolean {
  return UNKNOWN.has(code)
}

/** Failures that mean: the znode is no longer the one that was loaded. */
export function isConflict(code: ErrorCode): boolean {
  return code === 'BadVersion' || code === 'Recreated' || code === 'NoNode'
}

/**
 * - applied: the znode holds what was sent, at the version that the write makes.
 * - not-applied: it still holds what was loaded. The write may still arrive, but then with the version it was sent with:
 *   saving again can not apply it twice.
 * - overtaken: somebody else's write took the version that ours would have made, so ours was refused.
 * - cannot-tell: it was changed more than once, ours may have been among those changes.
 */
export type WriteOutcome = 'applied' | 'not-applied' | 'overtaken' | 'cannot-tell'

/** Tells from a later read whether a set of `mine` with the version of `base` has happened. now null: no such znode. */
export function judgeSet(base: Loaded, mine: Uint8Array, now: Loaded | null): WriteOutcome {
  if (now === null || now.czxid !== base.czxid) return 'cannot-tell'
  if (now.version === base.version) return 'not-applied'
  if (now.version !== nextVersion(base.version)) return 'cannot-tell'
  return sameValue(now.bytes, mine) ? 'applied' : 'overtaken'
}

/** The same for a create with the data `mine`. */
export function judgeCreate(mine: Uint8Array, now: Loaded | null): WriteOutcome {
  if (now === null) return 'not-applied'
  return now.version === 0 && sameValue(now.bytes, mine) ? 'applied' : 'overtaken'
}
