import { contenderPath } from '@/lib/recipes/contender-path'
import type { LockWatch } from './lock-watch'

/** The locks that one session has to do with. */
export interface LocksOfSession {
  /** Paths of locks. */
  readonly holds: readonly string[]
  readonly waitsFor: readonly string[]
  /** Paths of its znodes among all that take part in them. */
  readonly znodes: readonly string[]
}

export const NO_LOCKS: LocksOfSession = { holds: [], waitsFor: [], znodes: [] }

/** Whose locks they are, of all that are followed. */
export function locksBySession(watches: Iterable<LockWatch>): Map<bigint, LocksOfSession> {
  const sessions = new Map<bigint, { holds: Set<string>; waitsFor: Set<string>; znodes: Set<string> }>()
  for (const { path, contenders } of watches) {
    for (const { name, session, state } of contenders) {
      if (session === null) continue
      const known = sessions.get(session) ?? { holds: new Set(), waitsFor: new Set(), znodes: new Set() }
      sessions.set(session, known)
      const znode = contenderPath(path, name)
      if (znode !== null) known.znodes.add(znode)
      if (state !== 'present') known[state === 'holds' ? 'holds' : 'waitsFor'].add(path)
    }
  }
  return new Map(
    [...sessions].map(([session, { holds, waitsFor, znodes }]) => [
      session,
      { holds: [...holds], waitsFor: [...waitsFor], znodes: [...znodes] },
    ]),
  )
}
