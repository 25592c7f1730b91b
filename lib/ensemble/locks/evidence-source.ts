import type { EvidenceView } from '@/lib/queries/lock-responses'
import { type Evidence, NO_EVIDENCE } from '@/lib/recipes/evidence'

/** What the servers told, and what they did not. */
export interface Gathered {
  readonly evidence: Evidence
  readonly view: EvidenceView
  /** Milliseconds since 1970 when the servers were asked. */
  readonly askedAt: number
  /** Every ephemeral znode of the ensemble and its session, as one server lists them; null where none does. */
  readonly ephemerals: ReadonlyMap<bigint, readonly string[]> | null
}

/** Never rejects: what no server tells is not in it. */
export interface EvidenceSource {
  current(maxAgeMs: number): Promise<Gathered>
}

/** Where no server is asked. */
export const NOTHING_GATHERED: Gathered = {
  evidence: NO_EVIDENCE,
  view: { watches: 'by none', connections: 'by none', asOf: null, missing: [] },
  askedAt: 0,
  ephemerals: null,
}
