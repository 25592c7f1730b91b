import { classifyName, type RuleId } from '@/lib/recipes/classify'
import { REVOKE } from '@/lib/recipes/revoke-message'
import { nameOf, parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import type { Ensemble } from './ensemble'
import type { GatheredEvidence } from './evidence'
import { readNode } from './reads'
import { type Seen, writeData } from './writes'

/** Whose owner listens on its own znode when it was made revocable. Source: Curator's Revocable: both kinds of lock. */
const CURATOR_LOCKS: ReadonlySet<RuleId> = new Set(['curator.lock', 'curator.rw.read', 'curator.rw.write'])
/** Watches are asked for again when what is known is older. */
const EVIDENCE_MS = 2000

/**
 * Asks the owner of a Curator lock's znode to release, as Curator's own Revoker does: by writing "__REVOKE__" into it.
 * Only where a server tells that the owner listens: to anybody else it would only destroy the data.
 * @throws ZooKeeperError NotRevocable: nothing was written; else as {@link writeData}
 */
export async function askToRelease(ensemble: Ensemble, path: string, seen: Seen): Promise<Stat> {
  const [{ stat, data }, gathered] = await Promise.all([
    readNode(ensemble, path, null),
    ensemble.evidence.current(EVIDENCE_MS),
  ])
  const why = whyNotRevocable(path, stat, data, gathered)
  if (why !== null) throw new ZooKeeperError('NotRevocable', { path, detail: why })
  return writeData(ensemble, path, Buffer.from(REVOKE), seen)
}

/** In a few words; null when its owner listens. */
export function whyNotRevocable(
  path: string,
  { ephemeralOwner }: Pick<Stat, 'ephemeralOwner'>,
  data: Buffer | null,
  { evidence, ephemerals }: Pick<GatheredEvidence, 'evidence' | 'ephemerals'>,
): string | null {
  const rule = classifyName(nameOf(path))?.rule
  if (rule === undefined || !CURATOR_LOCKS.has(rule)) return 'it is no lock of Curator’s'
  if (ephemeralOwner === 0n) return 'it belongs to no session'
  // Revocable locks are made without data (LockInternals.REVOKE_MESSAGE is told from it).
  const isBlank = data === null || data.length === 0 || data.equals(Buffer.from(REVOKE))
  if (!isBlank) return 'it holds data, which a revocable lock does not'
  if (evidence.watches === null) return 'no server tells whether its owner listens'
  if (!evidence.watches.get(path)?.has(ephemeralOwner)) return 'no server tells that its owner watches it'
  // With two znodes here, the session may watch the one because it waits for it with the other.
  const siblings = (ephemerals?.get(ephemeralOwner) ?? []).filter((other) => parentOf(other) === parentOf(path))
  return siblings.length > 1 ? 'its session has more than one znode here, and may watch it for another reason' : null
}
