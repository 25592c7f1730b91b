import type { LockWatch } from './lock-watch'

/** The locks that one session has to do with. */
export interface LocksOfSession {
  /** Paths of locks. */
  readonly holds: readonly string[]
  readonly waitsFor: readonly string[]
}

export const NO_LOCKS: LocksOfSession = { holds: [], waitsFor: [] }

/** Whose locks they are, of all that are followed. */
export function locksBySession(watches: Iterable<LockWatch>): Map<bigint, LocksOfSession> {
  const sessions = new Map<bigint, { holds: Set<string>; waitsFor: Set<string> }>()
  for (const { path, contenders } of watches) {
    for (const { session, state } of contenders) {
      if (session === null || state === 'present') continue
      const known = sessions.get(session) ?? { holds: new Set<string>(), waitsFor: new Set<string>() }
      sessions.set(session, known)
      known[state === 'holds' ? 'holds' : 'waitsFor'].add(path)
    }
  }
  return new Map(
    [...sessions].map(([session, { holds, waitsFor }]) => [session, { holds: [...holds], waitsFor: [...waitsFor] }]),
  )
}
