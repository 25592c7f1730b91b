import { toHex } from '@/lib/znode/stat'
import type { Cycle, CycleStep } from './deadlock'
import type { Evidence } from './evidence'
import type { Finding } from './finding'

/** A circle as the pages are told: sessions as "0x...", with the client's address where a server told it. */
export function deadlockView({ steps }: Cycle, { connections }: Pick<Evidence, 'connections'>) {
  return {
    steps: steps.map(({ session, holds, waitsFor }: CycleStep) => ({
      session: toHex(session),
      client: connections?.get(session)?.client ?? null,
      holds,
      waitsFor,
    })),
  }
}

/** The circle as a finding of one of its locks; null when the lock has no part in it. */
export function deadlockFinding({ steps }: Cycle, path: string): Finding | null {
  const here = steps.filter(({ holds }) => holds.path === path)
  if (here.length === 0) return null
  return {
    code: 'possible-deadlock',
    severity: 'danger',
    certainty: 'possible',
    subjects: here.map(({ holds }) => holds.name),
    count: here.length,
    facts: {
      sessions: steps.map(({ session }) => toHex(session)).join(', '),
      paths: [...new Set(steps.map(({ holds }) => holds.path))].join(', '),
    },
  }
}
