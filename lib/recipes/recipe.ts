import type { Finding } from './finding'

/** What kind of coordination a directory, or a single znode, is used for. */
export type RecipeKind =
  | 'mutex'
  | 'read-write-lock'
  | 'semaphore'
  | 'election'
  | 'single-lock' // one znode is the lock: whoever creates it holds it
  | 'timed-lock' // its data says until when
  | 'item-locks' // each child is a lock of its own: not a queue of waiters
  | 'barrier'
  | 'double-barrier'
  | 'queue' // of items
  | 'membership'
  | 'service-discovery'
  | 'counter'
  | 'value'
  | 'id-generator'
  | 'assignment'
  | 'notifications' // numbered messages that nobody waits for
  | 'sequence' // numbered ephemerals that no known library makes: first in, first out is assumed
  | 'none'

/** One directory as its library sees it. */
export interface Recipe {
  readonly kind: RecipeKind
  /** Which library's rules were applied, as it calls itself and its recipe: "Curator InterProcessMutex". "" for 'none'. */
  readonly library: string
  /** What has the same layout and so may it be as well: "LeaderSelector". */
  readonly orElse: readonly string[]
  /** A well-known application that has this directory: "Kafka: the controller". */
  readonly application: string | null
  /** Everyone who takes part, in the library's own order, holders first where the library has no order. */
  readonly contenders: readonly Contender[]
  /** Children that are no contenders. */
  readonly foreign: readonly Foreign[]
  /** How many may hold at a time: 1 of a mutex; null when nobody but the clients knows it. */
  readonly permits: number | null
  readonly findings: readonly Finding[]
  /** What nobody can know from outside here: codes, with words in lib/text/lock-unknowns.ts. */
  readonly unknowable: readonly Unknowable[]
  /** Decoded payload of the directory itself or of a well-known application's znode: name -> value, in order. */
  readonly payload: readonly (readonly [name: string, value: string])[]
}

export type Unknowable =
  | 'max-leases' // how many may hold
  | 'member-quantity' // how many a barrier waits for
  | 'reentrancy' // how often the holder took it
  | 'threads' // which thread of a client
  | 'lock-or-write-lock' // kazoo's Lock and WriteLock have one name
  | 'child-watch' // waiters watch the directory, which no server tells
  | 'owner' // whose persistent znode it is
  | 'pending-lease' // which of the leases is not granted yet
  | 'nested-read' // whether a reader holds the write lock as well
  | 'waits-or-looks' // who watches the znode may wait for it, or only look at it
  | 'pollers' // clients that wait try again from time to time and leave no trace

export interface Contender {
  /**
   * Of the child; relative to the directory where a recipe is spread over several: "locks/_c_...". {@link SELF} is the
   * directory itself. Who waits without a znode of his own is {@link WATCHER} and his session: "session:0x10000a".
   * Unique in its recipe.
   */
  readonly name: string
  readonly state: 'holds' | 'waits' | 'present'
  /** Of read-write locks. */
  readonly lane: 'shared' | 'exclusive' | null
  /** int32 as the library reads it; null without one. */
  readonly sequence: number | null
  /** The owner's session, null for persistent znodes or when the stat is not known. */
  readonly session: bigint | null
  /** What the znode's data says about its owner: an address, an id. Claimed, never proven. */
  readonly claims: string | null
  /** Its owner watches the znode itself: Curator's revocable locks. */
  readonly revocable: boolean
  /** Empty for holders. */
  readonly waitsOn: readonly Edge[]
}

/** A waiter waits for a change of another znode. */
export interface Edge {
  /** The name of another contender or foreign child, or {@link CHILDREN}. */
  readonly on: string
  /**
   * 'confirmed': a server tells that the waiter's session watches it. 'contradicted': it watches another one, `watches`.
   * 'unknown': no server tells, or the library uses a watch that none tells.
   */
  readonly proof: 'confirmed' | 'contradicted' | 'unknown'
  readonly watches?: string
}

/** The znode itself takes part: it is the lock, the counter, the barrier. No child can be called so. */
export const SELF = '.'

/** Starts the name of who is known only by his watch. */
export const WATCHER = 'session:'

/** The waiter watches the list of children. */
export const CHILDREN = '<children>'

export interface Foreign {
  readonly name: string
  /** 'blocks': stands in the order and nobody behind it gets the lock; 'breaks': clients fail; 'ignored'. */
  readonly effect: 'blocks' | 'breaks' | 'ignored'
}
