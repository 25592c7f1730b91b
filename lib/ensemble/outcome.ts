import type { AclEntry } from '@/lib/znode/acl'
import type { ErrorCode } from '@/lib/znode/app-error'
import type { Stat } from '@/lib/znode/stat'
import type { Found } from './read-back'
import type { Seen } from './writes'

/**
 * Whether a write whose connection broke was applied; null when what is there now does not tell. `code` is what the
 * server must have answered, if that is certain.
 */
export type Outcome<T> =
  | { readonly applied: true; readonly value: T }
  | { readonly applied: false; readonly code?: ErrorCode }
  | { readonly applied: null; readonly detail?: string }

/** When a write was sent: every transaction up to `after` was older than it, so its own zxid is higher. */
export interface Sent {
  readonly after: bigint
  readonly sessionId: bigint
}

const UNKNOWN = { applied: null } as const

/**
 * Applied if the next version holds our bytes; not applied if the version is still the one that the person saw. An
 * identical write of somebody else in the same moment cannot be told from ours, and left the same behind.
 */
export function setOutcome(found: Found | null, data: Buffer | null, seen: Seen, sent: Sent): Outcome<Stat> {
  if (found?.stat.czxid !== seen.czxid) return UNKNOWN
  const { stat } = found
  if (stat.version === seen.version) return { applied: false }
  // The last change is older than our request: the version was another one already when it arrived.
  if (stat.mzxid <= sent.after) return { applied: false, code: 'BadVersion' }
  const next = (seen.version + 1) | 0
  if (stat.version === next && found.data !== undefined && sameData(found.data, data)) {
    return { applied: true, value: stat }
  }
  return UNKNOWN
}

/** Like {@link setOutcome}, by the version of the ACL. What the server writes in the place of "auth" is not known here. */
export function setAclOutcome(
  found: { readonly stat: Stat; readonly acl: readonly AclEntry[] | null } | null,
  acl: readonly AclEntry[],
  seen: { readonly aversion: number; readonly czxid: bigint },
): Outcome<Stat> {
  if (found?.stat.czxid !== seen.czxid) return UNKNOWN
  const { stat } = found
  if (stat.aversion === seen.aversion) return { applied: false }
  const next = (seen.aversion + 1) | 0
  if (stat.aversion === next && found.acl !== null && sameAcl(found.acl, acl)) return { applied: true, value: stat }
  return UNKNOWN
}

/**
 * Applied if it is there, made after we asked, untouched, with our bytes and, if ephemeral, with our session as its
 * owner. `parent` is its directory before and after: if no child was deleted meanwhile, what is missing was never made.
 */
export function createOutcome(
  found: (Found & { readonly acl: readonly AclEntry[] | null }) | null,
  parent: { readonly before: Stat | null; readonly after: Stat | null },
  creation: { readonly data: Buffer | null; readonly acl: readonly AclEntry[]; readonly ephemeral: boolean },
  sent: Sent,
): Outcome<Stat> {
  if (found === null) return noneDeleted(parent.before, parent.after) ? { applied: false } : UNKNOWN
  const { stat, data, acl } = found
  if (stat.czxid <= sent.after) return { applied: false, code: 'NodeExists' }
  if (stat.ephemeralOwner !== (creation.ephemeral ? sent.sessionId : 0n)) return UNKNOWN
  if (stat.version !== 0 || data === undefined || !sameData(data, creation.data)) return UNKNOWN
  if (stat.aversion === 0 && acl !== null && isComparable(creation.acl) && !sameAcl(acl, creation.acl)) return UNKNOWN
  return { applied: true, value: stat }
}

/**
 * Applied if the znode that was there just before is gone, and that not before we asked; a new one in its place proves
 * that too. The zxid of the delete is not known.
 */
export function deleteOutcome(
  found: Found | null,
  parent: Stat | null,
  seen: Seen,
  sent: Sent,
): Outcome<{ zxid: bigint }> {
  if (found === null && isUntouched(parent, sent)) return { applied: false, code: 'NoNode' }
  if (found?.stat.czxid !== seen.czxid) {
    const before = found !== null && found.stat.czxid <= sent.after
    return before ? { applied: false, code: 'Recreated' } : { applied: true, value: { zxid: 0n } }
  }
  return found.stat.version === seen.version ? { applied: false } : UNKNOWN
}

/** No child was made or deleted since the write was sent: DataTree sets pzxid with each. */
export function isUntouched(parent: Stat | null, sent: Sent): boolean {
  return parent !== null && parent.pzxid <= sent.after
}

/** DataNode.copyStat tells the children made and deleted so far as cversion, and numChildren is their difference. */
function noneDeleted(before: Stat | null, after: Stat | null): boolean {
  if (before === null || after === null || before.czxid !== after.czxid) return false
  const twiceDeleted = ({ cversion, numChildren }: Stat) => (cversion - numChildren) | 0
  return twiceDeleted(before) === twiceDeleted(after)
}

export function sameData(one: Buffer | null, other: Buffer | null): boolean {
  if (one === null || other === null) return one === other
  return one.equals(other)
}

/** "auth" becomes the identities of the session, and whoever is no ADMIN is shown "x" instead of a hash. */
function isComparable(acl: readonly AclEntry[]): boolean {
  return acl.every((entry) => entry.scheme !== 'auth' && entry.scheme !== 'x509' && entry.id !== 'x')
}

/** The server drops duplicates; the order means nothing. */
function sameAcl(one: readonly AclEntry[], other: readonly AclEntry[]): boolean {
  if (!isComparable(one) || !isComparable(other)) return false
  const set = (acl: readonly AclEntry[]) =>
    [...new Set(acl.map(({ scheme, id, permissions }) => JSON.stringify([scheme, id, permissions])))].sort()
  return JSON.stringify(set(one)) === JSON.stringify(set(other))
}
