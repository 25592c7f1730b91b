import type { Contender, RecipeKind } from '@/lib/recipes/recipe'

export interface KindWords {
  /** "read-write lock" */
  readonly name: string
  /** Beside a path where there is little room. */
  readonly badge: string
  /** Of one contender: "holds", "leads", "is a member". */
  readonly holds: string
  readonly waits: string
  /** Whoever holds or waits: "contenders", "candidates", "items". */
  readonly contenders: string
  /** What one is called who holds: "holder", "leader". */
  readonly holder: string
  /** Said where there is nobody. */
  readonly empty: string
}

const LOCK = {
  holds: 'holds',
  waits: 'waits',
  contenders: 'contenders',
  holder: 'holder',
  empty: 'Nobody holds it and nobody waits: it is free.',
} as const
const MEMBERS = {
  holds: 'is a member',
  waits: 'waits to join',
  contenders: 'members',
  holder: 'member',
  empty: 'Nobody is there.',
} as const
const ITEMS = {
  holds: 'is being worked on',
  waits: 'is in the queue',
  contenders: 'items',
  holder: 'item',
  empty: 'It is empty.',
} as const
const VALUE = {
  holds: 'is set',
  waits: 'waits',
  contenders: 'znodes',
  holder: 'znode',
  empty: 'Nothing is there.',
} as const

export const KINDS: Readonly<Record<RecipeKind, KindWords>> = {
  mutex: { name: 'mutex', badge: 'mutex', ...LOCK },
  'read-write-lock': { name: 'read-write lock', badge: 'rw lock', ...LOCK },
  semaphore: {
    ...LOCK,
    name: 'semaphore',
    badge: 'semaphore',
    holds: 'has a permit',
    waits: 'waits for a permit',
    empty: 'Nobody has a permit and nobody waits: all are free.',
  },
  election: {
    name: 'leader election',
    badge: 'election',
    holds: 'leads',
    waits: 'stands by',
    contenders: 'candidates',
    holder: 'leader',
    empty: 'Nobody leads, and there is no candidate.',
  },
  'single-lock': { ...LOCK, name: 'lock of one znode', badge: 'one znode', contenders: 'sessions' },
  'timed-lock': { ...LOCK, name: 'lock with an end time', badge: 'timed', empty: 'Nobody holds it now.' },
  'item-locks': {
    ...LOCK,
    name: 'locks on items',
    badge: 'item locks',
    contenders: 'locked items',
    empty: 'No item is locked.',
  },
  barrier: {
    name: 'barrier',
    badge: 'barrier',
    holds: 'closes it',
    waits: 'waits',
    contenders: 'those who wait',
    holder: 'barrier',
    empty: 'It is open, and nobody waits.',
  },
  'double-barrier': {
    ...MEMBERS,
    name: 'double barrier',
    badge: 'barrier',
    holds: 'has entered',
    waits: 'waits for the others',
  },
  queue: { name: 'queue', badge: 'queue', ...ITEMS },
  membership: { name: 'group membership', badge: 'members', ...MEMBERS },
  'service-discovery': {
    ...MEMBERS,
    name: 'service discovery',
    badge: 'service',
    holds: 'is registered',
    contenders: 'instances',
    holder: 'instance',
    empty: 'No instance is registered.',
  },
  counter: { name: 'counter', badge: 'counter', ...VALUE },
  value: { name: 'shared value', badge: 'value', ...VALUE },
  'id-generator': { name: 'id generator', badge: 'ids', ...VALUE },
  assignment: {
    name: 'assignment of work',
    badge: 'assignment',
    holds: 'has work',
    waits: 'has none',
    contenders: 'workers',
    holder: 'worker',
    empty: 'Nothing is assigned.',
  },
  notifications: {
    name: 'notifications',
    badge: 'notices',
    holds: 'is there',
    waits: 'is there',
    contenders: 'notices',
    holder: 'notice',
    empty: 'There is none.',
  },
  sequence: { ...LOCK, name: 'numbered ephemerals', badge: 'numbered' },
  none: { name: 'no known recipe', badge: 'none', ...VALUE },
}

/** "holds", "leads", "stands by", "takes part". */
export function stateInWords(kind: RecipeKind, state: Contender['state']): string {
  return state === 'present' ? 'takes part' : KINDS[kind][state]
}
