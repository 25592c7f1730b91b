import { OPEN_ACL } from '@/lib/znode/acl'
import { parentOf } from '@/lib/znode/path'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Operation, OperationResult } from '@/lib/zookeeper/session-operations'
import type { Ensemble } from './ensemble'
import { createOutcome, isUntouched, type Outcome, type Sent, sameData } from './outcome'
import { type Found, find, findAcl } from './read-back'
import { settle, WRITE, writableSession } from './settle'

/** All or nothing: what became of some operations tells what became of all. */
const MOST_READ = 32

/** What one operation says about the whole: 'fits' is no proof, of a transaction that was applied it is true as well. */
type Verdict =
  | { readonly says: 'applied'; readonly zxid: bigint }
  | { readonly says: 'not applied' | 'fits' | 'unknown' }

const FITS: Verdict = { says: 'fits' }
const NOT_APPLIED: Verdict = { says: 'not applied' }
const UNKNOWN: Verdict = { says: 'unknown' }

/**
 * Applies all operations or none. Resolves with null in the place of their results when the answer was lost and the
 * ensemble, asked afterwards, shows that they were applied.
 * @throws ZooKeeperError with `failedOperation`; UnknownOutcome when nothing tells
 */
export async function applyTransaction(
  ensemble: Ensemble,
  operations: readonly [Operation, ...Operation[]],
): Promise<readonly OperationResult[] | null> {
  const { path } = operations[0]
  const session = writableSession(ensemble, path)
  // Tells how far this server is, so that what happens from here on can be told from what was before.
  await session.exists(path, WRITE)
  return settle<readonly OperationResult[] | null>(ensemble, session, {
    path,
    send: (on) => on.multi(operations, WRITE),
    judge: async (on, options, sent) => {
      const telling = tellingOperations(operations)
      return together(await Promise.all(telling.map((operation) => verdictOn(on, options, operation, sent))))
    },
  })
}

/** Of operations on one path only the last one could be seen, and that not alone. */
function tellingOperations(operations: readonly Operation[]): Operation[] {
  const times = new Map<string, number>()
  const telling = operations.filter(({ type }) => type !== 'check')
  for (const { path } of telling) times.set(path, (times.get(path) ?? 0) + 1)
  return telling.filter(({ path }) => times.get(path) === 1).slice(0, MOST_READ)
}

function together(verdicts: readonly Verdict[]): Outcome<null> {
  const zxids = new Set(verdicts.flatMap((verdict) => (verdict.says === 'applied' ? [verdict.zxid] : [])))
  const says = new Set(verdicts.map((verdict) => verdict.says))
  if (says.has('not applied') && !says.has('applied')) return { applied: false }
  // Everything in a transaction has its zxid: two of them are the work of two.
  const one = zxids.size === 1 && !says.has('not applied') && !says.has('unknown')
  return one ? { applied: true, value: null } : { applied: null }
}

async function verdictOn(
  session: Session,
  options: RequestOptions,
  operation: Operation,
  sent: Sent,
): Promise<Verdict> {
  const { path } = operation
  if (operation.type === 'create' && operation.mode?.endsWith('sequential') === true) return FITS
  const found = await find(session, path, options)
  if (found === null) {
    const parent = await session.exists(parentOf(path), options)
    if (isUntouched(parent, sent)) return NOT_APPLIED
    return operation.type === 'delete' ? FITS : UNKNOWN
  }
  if (operation.type === 'set') return verdictOnSet(found, operation, sent)
  // It was there before and still is: neither was it made, nor deleted.
  if (found.stat.czxid <= sent.after) return NOT_APPLIED
  if (operation.type !== 'create') return UNKNOWN
  const { data, acl = OPEN_ACL, mode } = operation
  const withAcl = { ...found, acl: await findAcl(session, path, options) }
  const outcome = createOutcome(
    withAcl,
    { before: null, after: null },
    { data, acl, ephemeral: mode === 'ephemeral' },
    sent,
  )
  return outcome.applied === true ? { says: 'applied', zxid: outcome.value.czxid } : UNKNOWN
}

function verdictOnSet(
  { stat, data }: Found,
  operation: { readonly data: Buffer | null; readonly version: number },
  sent: Sent,
): Verdict {
  if (stat.czxid > sent.after) return UNKNOWN
  if (stat.mzxid <= sent.after) return NOT_APPLIED
  if (operation.version === -1) return UNKNOWN
  const next = (operation.version + 1) | 0
  const ours = stat.version === next && data !== undefined && sameData(data, operation.data)
  return ours ? { says: 'applied', zxid: stat.mzxid } : UNKNOWN
}
