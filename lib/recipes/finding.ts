/** Something that is wrong, or may be, with what coordinates in a directory. Its words are in lib/text/lock-findings.ts. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: 'danger' | 'warning' | 'note'
  /** How far the evidence carries it; "possible" is never shown as more. */
  readonly certainty: 'certain' | 'likely' | 'possible'
  /** The znodes that it is about, named as the contenders of the recipe are; at most 20, `count` says how many there are. */
  readonly subjects: readonly string[]
  readonly count: number
  /**
   * What else its sentence needs, as text: `session` and `sessions` "0x...", names and paths as they are, whole numbers
   * and spans of milliseconds (…Ms) in digits. Each may be missing where it is not known. By code:
   * no-holder `blocker`; ghost-* `session`, `goneMs`, `expiresInMs`; leftover-watch `session`; herd `watchers`;
   * mixed-libraries `libraries` (without subjects they see each other); sequence-ends-soon `left`; waiter-without-watch `session`, `seenMs`; possible-deadlock
   * `sessions`, `paths`; not-assigned `next`; foreign-breaks `library`, where it is another one; upgrade-never, double-hold, orphan `session`; long-hold `heldMs`, `p95Ms`, `samples`;
   * revoked-held `askedMs`, `revocable`; foreign-breaks `library`; not-assigned `next`;
   * locked-for-ever `barrier`; unfenced `lock` ("missing" or "another").
   */
  readonly facts: Readonly<Record<string, string>>
}

export type FindingCode =
  | 'no-holder' // contenders, and none of them holds
  | 'foreign-blocks' // a znode that is no contender stands before them in the library's order
  | 'foreign-breaks' // a foreign znode makes the library's clients fail
  | 'ghost-holder' // the holder's session has no connection to any server
  | 'ghost-waiter'
  | 'leftover-watch' // a session watches a contender and has none itself: gave up waiting
  | 'persistent-contender' // never expires
  | 'duplicate-sequence'
  | 'sequence-overflow' // the counter has reached its end
  | 'sequence-ends-soon'
  | 'herd' // many wait for one znode
  | 'mixed-libraries' // two libraries in one directory: both may hold
  | 'waiter-without-watch' // nothing will wake it
  | 'possible-deadlock' // a cycle of sessions across locks
  | 'upgrade-never' // waits for its own read lock
  | 'double-hold' // an exclusive lock has more than one holder
  | 'long-hold' // held longer than usual
  | 'order-differs' // the order in which they were created is not the library's
  | 'not-assigned' // the number at the end of a name was not given by the server
  | 'revoked-held' // was asked to release, and still is there
  | 'locked-for-ever' // nothing ends it: a time-based lock without a readable end, a barrier left behind
  | 'orphan' // a contender whose client has given up, as its library leaves behind
  | 'unfenced' // a former active left its breadcrumb
