import type {
  ContenderView,
  LockHistoryResponse,
  LockSummary,
  LocksResponse,
  LockView,
  Turn,
} from '@/lib/queries/lock-responses'

/** A moment that everything in these fixtures is relative to. */
export const NOW = 1_700_000_000_000

export function contender(sequence: number, differences: Partial<ContenderView> = {}): ContenderView {
  const name = `_c_07ab54cd-1111-4222-8333-${String(sequence).padStart(12, '0')}-lock-${String(sequence).padStart(10, '0')}`
  return {
    name,
    path: `/locks/settlement/${name}`,
    czxid: `0x${(0x100000000 + sequence).toString(16)}`,
    state: 'waits',
    lane: null,
    sequence,
    session: `0x1000a21f004${String(sequence % 10_000).padStart(4, '0')}`,
    claims: '10.4.7.19',
    revocable: false,
    waitsOn: [],
    createdAt: NOW - 5_000,
    heldSince: null,
    client: `10.4.7.19:${40_000 + (sequence % 10_000)}`,
    server: '127.0.0.1:2181',
    connected: true,
    expiresInMs: null,
    ...differences,
  }
}

/** One who holds, and those who wait each for the one before. */
export function queueOf(waiting: number, first = 41_878): ContenderView[] {
  const holder = contender(first, { state: 'holds', heldSince: NOW - 410 })
  const all = [holder]
  for (let i = 1; i <= waiting; i++) {
    const before = all[i - 1] as ContenderView
    all.push(contender(first + i, { waitsOn: [{ on: before.name, proof: 'confirmed' }] }))
  }
  return all
}

const NO_SPANS = { samples: 0, p50: null, p95: null, longest: null }

export function lockView(differences: Partial<LockView> = {}): LockView {
  const contenders = differences.contenders ?? queueOf(3)
  return {
    path: '/locks/settlement',
    revision: 1,
    at: NOW,
    exists: true,
    settled: true,
    kind: 'mutex',
    library: 'Curator InterProcessMutex',
    orElse: ['LeaderSelector'],
    application: null,
    contenders,
    from: 0,
    total: contenders.length,
    holding: contenders.filter(({ state }) => state === 'holds').length,
    waiting: contenders.filter(({ state }) => state === 'waits').length,
    permits: 1,
    foreign: [],
    findings: [],
    unknowable: [],
    payload: [],
    deadlocks: [],
    figures: {
      handOffsPerMinute: 61,
      createsPerMinute: 61,
      held: { samples: 640, p50: 980, p95: 1_500, longest: 2_100 },
      waited: { samples: 640, p50: 9_000, p95: 10_800, longest: 11_000 },
      nextSequence: 41_890,
      watchedSince: NOW - 60_000,
    },
    evidence: { watches: 'by every server', connections: 'by every server', asOf: NOW - 900, missing: [] },
    ...differences,
  }
}

/** Nobody has been watched yet. */
export const NO_FIGURES: LockView['figures'] = {
  handOffsPerMinute: null,
  createsPerMinute: null,
  held: NO_SPANS,
  waited: NO_SPANS,
  nextSequence: null,
  watchedSince: NOW,
}

export function summary(path: string, differences: Partial<LockSummary> = {}): LockSummary {
  return {
    path,
    kind: 'mutex',
    library: 'Curator InterProcessMutex',
    application: null,
    holding: 1,
    waiting: 0,
    present: 0,
    permits: 1,
    holder: '10.4.7.19:51122',
    holderCreatedAt: NOW - 5_000,
    heldSince: null,
    handOffsPerMinute: null,
    findings: [],
    ...differences,
  }
}

export function locksResponse(
  locks: readonly LockSummary[],
  search: Partial<LocksResponse['search']> = {},
): LocksResponse {
  return {
    revision: 1,
    total: locks.length,
    locks,
    search: {
      state: 'finished',
      by: 'crawl',
      looked: 120,
      left: 0,
      cut: false,
      startedAt: NOW - 2_000,
      finishedAt: NOW - 1_000,
      ...search,
    },
  }
}

/** Six sessions in turns of a second, one after the other, up to now. */
export function lockHistory(count = 20, differences: Partial<LockHistoryResponse> = {}): LockHistoryResponse {
  const turns = Array.from({ length: count }, (_, i): Turn => {
    const heldAt = NOW - (count - i) * 1_000
    return {
      name: contender(41_858 + i).name,
      session: `0x1000a21f004000${i % 6}`,
      client: `10.4.7.${20 + (i % 6)}:51122`,
      lane: null,
      queuedAt: heldAt - 5_000,
      heldAt,
      endedAt: i === count - 1 ? null : heldAt + 980,
    }
  })
  return { path: '/locks/settlement', now: NOW, watchedSince: NOW - 60_000, turns, gaps: [], ...differences }
}
