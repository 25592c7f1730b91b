import type { ClientProgram } from './client-program'
import { curatorProgram } from './curator'
import { goProgram } from './go-zookeeper'
import { kazooProgram } from './kazoo'
import type { QueuePlan } from './queue-run'
import type { RunPlan } from './recipe-run'

/** What one client does in the comparison, and what Zoolens should make of it. */
export interface ClientPlan {
  readonly name: string
  readonly program: () => Promise<ClientProgram>
  readonly runs: readonly RunPlan[]
  readonly queues: readonly QueuePlan[]
}

export const SLOW_MS = 1_000
const FAST_MS = 5

type Shared = Omit<RunPlan, 'count' | 'holdMs'>

function fast(plan: Shared, count = 50): RunPlan {
  return { ...plan, count, holdMs: FAST_MS }
}

/** Fifty that hold for a second, and fifty fast ones. */
function both(plan: Shared): RunPlan[] {
  return [{ ...plan, count: 50, holdMs: SLOW_MS }, fast(plan)]
}

/** Where several contenders share a session, a watch does not say whose it is. */
export const CLIENT_PLANS: readonly ClientPlan[] = [
  {
    name: 'Curator',
    program: curatorProgram,
    runs: [
      ...both({ recipe: 'mutex', kind: 'mutex', library: /^Curator InterProcessMutex/, sessions: 10 }),
      ...both({ recipe: 'read-write', kind: 'read-write-lock', library: /^Curator InterProcessReadW/, sessions: 50 }),
      ...both({
        recipe: 'semaphore',
        kind: 'semaphore',
        library: /^Curator InterProcessSem/,
        sessions: 50,
        permits: 5,
      }),
      fast({ recipe: 'latch', kind: 'election', library: /^Curator LeaderLatch/, sessions: 20 }, 20),
      // Its znodes are those of a mutex.
      fast({ recipe: 'selector', kind: 'mutex', library: /^Curator /, sessions: 20 }, 20),
    ],
    queues: [
      { recipe: 'queue', library: /^Curator DistributedQueue/, count: 5, holdMs: 20, items: '', locks: null },
      { recipe: 'safe-queue', library: /Curator DistributedQueue/, count: 5, holdMs: 20, items: '', locks: '-locks' },
    ],
  },
  {
    name: 'kazoo',
    program: kazooProgram,
    runs: [
      ...both({ recipe: 'mutex', kind: 'mutex', library: /^kazoo /, sessions: 10 }),
      ...both({ recipe: 'read-write', kind: 'read-write-lock', library: /^kazoo /, sessions: 50 }),
      ...both({ recipe: 'semaphore', kind: 'semaphore', library: /^kazoo /, sessions: 10, permits: 5 }),
      // Its znodes are those of a lock.
      fast({ recipe: 'election', kind: 'mutex', library: /^kazoo /, sessions: 20 }, 20),
    ],
    queues: [
      { recipe: 'queue', library: /^kazoo Queue/, count: 5, holdMs: 20, items: '', locks: null },
      { recipe: 'locking-queue', library: /kazoo Queue/, count: 5, holdMs: 20, items: '/entries', locks: '/taken' },
    ],
  },
  {
    name: 'go-zookeeper',
    program: goProgram,
    runs: both({ recipe: 'mutex', kind: 'mutex', library: /^go-zookeeper/, sessions: 50 }),
    queues: [],
  },
]
