import { toHex } from '@/lib/znode/stat'
import type { Evidence } from './evidence'
import { type Contender, WATCHER } from './recipe'

/** More are counted by nobody: a list of those who look at one znode is for people to read. */
const SHOWN = 1000

/**
 * Those who wait for a znode without having one, known only by their data watch on it; `holder` is the session that owns
 * it, null when none does. Whoever watches may as well only be looking.
 */
export function watchersOf(path: string, on: string, holder: bigint | null, evidence: Evidence): Contender[] {
  const sessions = [...(evidence.watches?.get(path) ?? [])]
    .filter((session) => session !== holder && !evidence.own.has(session))
    .sort((a, b) => (BigInt.asUintN(64, a) < BigInt.asUintN(64, b) ? -1 : 1))
  return sessions.slice(0, SHOWN).map((session) => ({
    name: `${WATCHER}${toHex(session)}`,
    state: 'waits',
    lane: null,
    sequence: null,
    session,
    claims: null,
    revocable: false,
    waitsOn: [{ on, proof: 'confirmed' }],
  }))
}
