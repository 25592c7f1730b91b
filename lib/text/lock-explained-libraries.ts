import type { Cast, Explain, Explained } from './lock-explained'

const now = (who: string, words: string) => (who === '' ? [] : [`Now ${who} ${words}.`])
const waits = ({ waiter, watched }: Cast) =>
  waiter === '' || watched === '' ? [] : [`Now ${waiter} watches ${watched}.`]

const curatorMutex: Explain = (cast): Explained => ({
  how: [
    'Each thread that wants the lock makes an ephemeral znode; after “lock-” stands its number. The lowest holds.',
    ...now(cast.holder, 'holds'),
    'The others watch the one before them. The letters before the number find the znode again after a lost reply; they mean no order.',
    ...waits(cast),
  ],
  wrong:
    'Curator sorts every child: a foreign znode that sorts first blocks all. A time-out of acquire() leaves a watch behind. After a pause longer than the session the lock is lost; only a ConnectionStateListener tells the client.',
})

const latch: Explain = (cast) => ({
  how: [
    'Every participant makes an ephemeral znode; after “latch-” stands its number. The lowest leads until it closes its latch.',
    ...now(cast.holder, 'leads'),
    ...waits(cast),
  ],
  wrong:
    'LeaderLatch.hasLeadership() can be true for a moment after the leadership was lost: work that must not be done twice needs a fencing token. A closed and restarted participant goes to the end of the queue.',
})

const semaphoreV2: Explain = (cast) => ({
  how: [
    'A client first takes the lock under “locks”, one at a time and in order; then it makes a lease under “leases”.',
    `If there are no more leases than permits${cast.permits === '' ? '' : ` (${cast.permits})`}, it holds one; else it watches the list of leases until one goes.`,
    ...now(cast.holder, 'has a lease'),
    ...waits(cast),
  ],
  wrong:
    'The number of permits is written nowhere: clients that differ let in too many. The newest lease of who holds the lock may not be granted yet.',
})

const kazooLock: Explain = (cast) => ({
  how: [
    'Each contender makes an ephemeral znode; after “__lock__” stands its number. The lowest holds, each other one watches the nearest before it.',
    ...now(cast.holder, 'holds'),
    ...waits(cast),
    'Names of other libraries are passed over, unless extra_lock_patterns says otherwise.',
  ],
  wrong:
    'It cannot be taken twice by one client: the second acquire() waits for the first. acquire(ephemeral=False) makes a znode that never expires. A lost session is only told to a listener of the client’s state.',
})

/** Where the library makes a difference to how it works; by the name that the recipe gives it. */
export const BY_LIBRARY: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ['Curator InterProcessMutex', curatorMutex],
  ['Curator LeaderLatch', latch],
  ['Curator InterProcessSemaphoreV2', semaphoreV2],
  ['kazoo Lock', kazooLock],
  [
    'Curator InterProcessReadWriteLock',
    (cast) => ({
      how: [
        'Readers (“__READ__”) and writers (“__WRIT__”) queue in one line of numbers. A writer waits for everybody before it and watches the last of them.',
        'A reader waits while any writer is before it. All readers that wait watch the first writer, so they are woken together.',
        ...now(cast.holder, 'is in'),
        ...waits(cast),
      ],
      wrong:
        'A thread that reads can never get the write lock: it waits for itself. A writer may read as well; before Curator 5.5.0 that read lock let a second writer in.',
    }),
  ],
  [
    'kazoo WriteLock and ReadLock',
    (cast) => ({
      how: [
        'Readers (“__rlock__”) and writers (“__lock__”) queue in one line of numbers. A writer waits for the nearest before it, a reader for the nearest writer.',
        ...now(cast.holder, 'is in'),
        ...waits(cast),
      ],
      wrong: 'A plain kazoo Lock on the same path does not see readers: both hold at once.',
    }),
  ],
  [
    'kazoo Semaphore',
    (cast) => ({
      how: [
        `The data of the znode says how many permits there are${cast.permits === '' ? '' : `: ${cast.permits}`}. Each permit taken is an ephemeral child.`,
        'Who wants one queues in a lock beside it (its name ends in “-__lock__”); the first there watches the list of permits until one is free.',
        ...now(cast.holder, 'has a permit'),
      ],
      wrong:
        'A client that was started with another max_leases fails. Who waits owns no permit znode yet: look at the lock beside it.',
    }),
  ],
  [
    'Election by one znode',
    (cast) => ({
      how: [
        'One ephemeral znode is the office: whoever succeeds in creating it leads, with its data saying who that is.',
        ...(cast.holder === '' ? [] : ['Now it exists, so somebody leads.']),
        'The others watch it. When it goes, with the leader or its session, all are told and all try to create it.',
      ],
      wrong:
        'A leader that is cut off believes to lead until it learns that its session has ended; an epoch, as Kafka counts one, tells its late writes from those of the next.',
    }),
  ],
  [
    'ShedLock',
    () => ({
      how: [
        'One persistent znode a job. Its data is the time until which the job is locked; nobody runs it before.',
        'When the job ends, the time is set back. Who does not get the lock skips this run: nobody waits.',
      ],
      wrong:
        'The znode does not say who holds it. A job that takes longer than lockAtMostFor runs twice. Data that is no time locks the job until the znode is deleted.',
    }),
  ],
])
