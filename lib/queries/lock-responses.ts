import type { Finding } from '@/lib/recipes/finding'
import type { Edge, Foreign, RecipeKind, Unknowable } from '@/lib/recipes/recipe'

/** GET .../recipe?path=: for scripts; everybody who takes part, however many. */
export interface RecipeResponse {
  readonly path: string
  readonly recipe: RecipeKind
  readonly library: string
  readonly application: string | null
  readonly holders: readonly string[]
  readonly waiters: readonly string[]
  /** Who takes part and neither holds nor waits, in the library's order: the items of a queue, the members of a group. */
  readonly present: readonly string[]
  readonly edges: readonly (readonly [waiter: string, waitsOn: string])[]
  readonly warnings: readonly Finding[]
  readonly foreign: readonly Foreign[]
  readonly unknowable: readonly Unknowable[]
  /** The zxid up to which this is true. */
  readonly zxid: string
  /** false: it changed so fast that no single moment could be read; this is put together from several. */
  readonly settled: boolean
}

/** One who holds or waits, as the page shows it. Ids are "0x...", times milliseconds since 1970. */
export interface ContenderView {
  /** See Contender.name. */
  readonly name: string
  readonly path: string
  /** Identity over time, together with the path; null while it has not been read. */
  readonly czxid: string | null
  readonly state: 'holds' | 'waits' | 'present'
  readonly lane: 'shared' | 'exclusive' | null
  readonly sequence: number | null
  readonly session: string | null
  readonly claims: string | null
  readonly revocable: boolean
  readonly waitsOn: readonly Edge[]
  /** When its znode was made, by the clock of the leader of that time: since then it queues. */
  readonly createdAt: number | null
  /** When it was seen to get the lock, by the clock of the Zoolens server; null when nobody looked at that moment. */
  readonly heldSince: number | null
  /** "ip:port" as its server sees it; null when no server told. */
  readonly client: string | null
  /** "host:port" of the server it is connected to; null when no server told. */
  readonly server: string | null
  /** null: not known, because not every server told. */
  readonly connected: boolean | null
  /** At most so long until the ensemble ends its session; set for those that are not connected. */
  readonly expiresInMs: number | null
}

/** Percentiles of what was seen, milliseconds; null before anything was. */
export interface Spans {
  readonly samples: number
  readonly p50: number | null
  readonly p95: number | null
  readonly longest: number | null
}

/** GET .../lock?path=&from=&count=, and over the event stream with the first contenders. */
export interface LockView {
  readonly path: string
  /** Grows with every change of what is shown. */
  readonly revision: number
  /** When this was true, by the clock of the Zoolens server. */
  readonly at: number
  /** false: there is no such znode now; it is watched for all the same, as many libraries delete an empty directory. */
  readonly exists: boolean
  /** false while something of it is still being read: who has not been read yet is shown without session and age. */
  readonly settled: boolean
  readonly kind: RecipeKind
  readonly library: string
  readonly orElse: readonly string[]
  readonly application: string | null
  /** A part of those who take part, in the library's order; all holders come first. */
  readonly contenders: readonly ContenderView[]
  readonly from: number
  /** All who take part. */
  readonly total: number
  readonly holding: number
  readonly waiting: number
  readonly permits: number | null
  readonly foreign: readonly Foreign[]
  readonly findings: readonly Finding[]
  readonly unknowable: readonly Unknowable[]
  readonly payload: readonly (readonly [name: string, value: string])[]
  /** Cycles of sessions across locks that this one is part of. */
  readonly deadlocks: readonly DeadlockView[]
  readonly figures: LockFigures
  readonly evidence: EvidenceView
}

export interface LockFigures {
  /** Of the last minute that was watched; null before anything was seen. */
  readonly handOffsPerMinute: number | null
  /** Znodes made in the directory, from its stat alone. */
  readonly createsPerMinute: number | null
  readonly held: Spans
  readonly waited: Spans
  /** The number that the next sequential child gets; null while the directory's stat is not known. */
  readonly nextSequence: number | null
  /** Since when this lock is watched. */
  readonly watchedSince: number
}

/** A possible deadlock: each session holds `holds` and waits for `waitsFor`, which the next one holds; the last waits for the first. */
export interface DeadlockView {
  readonly steps: readonly {
    readonly session: string
    readonly client: string | null
    readonly holds: { readonly path: string; readonly name: string }
    readonly waitsFor: { readonly path: string; readonly name: string }
  }[]
}

/** What the servers let us see, and how to let us see more. */
export interface EvidenceView {
  readonly watches: Told
  readonly connections: Told
  /** The moment of the oldest answer used; null when nothing was told. */
  readonly asOf: number | null
  /** One a server that did not tell everything. */
  readonly missing: readonly {
    readonly server: string
    readonly what: 'watches' | 'connections'
    readonly why: MissingWhy
  }[]
}

export type Told = 'by every server' | 'by some servers' | 'by none'

export type MissingWhy =
  | 'not whitelisted' // 4lw.commands.whitelist
  | 'not asked' // fourLetterWords is off, and adminServers does not name its AdminServer
  | 'admin server off' // admin.enableServer; or another program answers at the address of adminServers
  | 'unreachable'
  | 'forbidden' // the AdminServer wants a log-in
  | 'too large'
  | 'not serving' // it has no quorum, or is about to find one
  | 'cut' // its answer ends in the middle, or holds what cannot be understood
  | 'other port' // its clients are on two ports, and by four-letter words only one of them can be asked, or it does not say
  | 'unknown servers' // nothing tells how many servers there are; `server` is ''

/** A row of the list of all locks. */
export interface LockSummary {
  readonly path: string
  readonly kind: RecipeKind
  readonly library: string
  readonly application: string | null
  readonly holding: number
  readonly waiting: number
  /** Those who neither hold nor wait: the members of a group, the items of a queue. */
  readonly present: number
  readonly permits: number | null
  /** Of the first holder: the client's address, else what it claims, else its session; null without a holder. */
  readonly holder: string | null
  /** When the first holder's znode was made. */
  readonly holderCreatedAt: number | null
  readonly heldSince: number | null
  readonly handOffsPerMinute: number | null
  readonly findings: readonly Pick<Finding, 'code' | 'severity' | 'certainty'>[]
}

/** GET .../locks */
export interface LocksResponse {
  /** Grows with every change. */
  readonly revision: number
  /** How many there are; at most 500 of them are in `locks`. */
  readonly total: number
  /** By contention: those that wait, then hand-offs, then the path. */
  readonly locks: readonly LockSummary[]
  readonly search: LockSearch
}

export interface LockSearch {
  readonly state: 'searching' | 'finished' | 'stopped' | 'failed'
  /** 'dump': a server listed every ephemeral in one answer; 'crawl': znode by znode. */
  readonly by: 'dump' | 'crawl'
  /** Znodes looked at so far. */
  readonly looked: number
  /** Known to be left; grows while folders are found. */
  readonly left: number
  /** More was found than is kept, or the crawl reached its bound. */
  readonly cut: boolean
  readonly startedAt: number
  readonly finishedAt: number | null
}

/** One turn on a lock, of the past or under way. Times by the clock of the Zoolens server. */
export interface Turn {
  readonly name: string
  readonly session: string | null
  readonly client: string | null
  readonly lane: 'shared' | 'exclusive' | null
  /** When its znode appeared; null when it was there before anybody looked. */
  readonly queuedAt: number | null
  /** When it got the lock; null when it never did, or nobody saw it. */
  readonly heldAt: number | null
  /** When its znode vanished; null while it is there. */
  readonly endedAt: number | null
}

/** GET .../lock-history?path= */
export interface LockHistoryResponse {
  readonly path: string
  /** The clock of the Zoolens server at the answer: a browser's own may differ, and the view of a quiet lock is old. */
  readonly now: number
  readonly watchedSince: number
  /** Oldest first, at most 1,000. */
  readonly turns: readonly Turn[]
  /** Spans of time in which nothing could be seen. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}

/** GET .../sessions */
export interface SessionsResponse {
  readonly sessions: readonly SessionView[]
  readonly evidence: EvidenceView
  /** Where the ephemerals were learned from; 'locks' means only those of locks that were found. */
  readonly ephemeralsFrom: 'dump' | 'locks'
  readonly cut: boolean
}

export interface SessionView {
  readonly session: string
  readonly client: string | null
  readonly server: string | null
  /** The id of the server that opened it: the top byte. */
  readonly createdBy: number
  readonly connected: boolean | null
  readonly establishedAt: number | null
  readonly timeoutMs: number | null
  readonly expiresInMs: number | null
  readonly lastOperation: string | null
  /** How many there are; the first 100 are named. */
  readonly ephemeralCount: number
  readonly ephemerals: readonly string[]
  readonly watchCount: number | null
  /** Paths of locks, at most 100. */
  readonly holds: readonly string[]
  readonly waitsFor: readonly string[]
  /** It is one of Zoolens's own. */
  readonly own: boolean
}
