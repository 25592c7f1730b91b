import type { LocksResponse, LockView } from '@/lib/queries/lock-responses'
import type { AppError } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'

/** What the server tells a browser over the event stream. One JSON object an event, its SSE id is a growing number. */
export type LiveMessage = Reset | Beat | ConnectionChange | Gap | Changes | LockChange | LocksChange

/** The server no longer knows what this stream has seen: read everything again. */
interface Reset {
  readonly type: 'reset'
}

/** Sent every 1.5 s, so that silence means something. */
export interface Beat {
  readonly type: 'beat'
  /** Per cluster that this stream looks at. */
  readonly clusters: Readonly<
    Record<
      string,
      {
        readonly heardAgoMs: number
        readonly zxid: string
        readonly load: Load
        /** Directories and nodes that are open in this browser without being live: there are too many. */
        readonly unwatched: number
      }
    >
  >
}

/** What Zoolens costs an ensemble. */
export interface Load {
  readonly sessions: number
  readonly watches: number
  /** Sent and not answered yet. */
  readonly inFlight: number
  /** Waiting to be sent. */
  readonly queued: number
  /** Over the last five seconds. */
  readonly perSecond: Traffic
  /** Since Zoolens was started, sessions that have ended included. */
  readonly total: Traffic
  readonly held: readonly HeldSession[]
}

export interface Traffic {
  readonly requests: number
  readonly notifications: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** One of the sessions with an ensemble, at the moment of sending. */
export interface HeldSession {
  /** 'live' carries the watches and short reads, 'bulk' what would delay them. */
  readonly role: 'live' | 'bulk'
  readonly connected: boolean
  readonly sessionId: string
  /** "host:port" that it is connected to or tried last. */
  readonly server: string | null
  /** Such as "3.9.6"; null while the server has not said. */
  readonly version: string | null
  /** What servers of this version do not know yet, and the version that brought it. */
  readonly lacks: readonly { readonly feature: string; readonly since: string }[]
  /** Negotiated with the server. */
  readonly timeoutMs: number
  /** Since the ensemble made it; null before that. */
  readonly ageMs: number | null
  /** null when never. */
  readonly heardAgoMs: number | null
  readonly zxid: string
  readonly watches: number
  readonly inFlight: number
  readonly queued: number
  /** Connections after its first. */
  readonly reconnects: number
  /** Until the next attempt to connect; null while none is waited for. */
  readonly nextAttemptMs: number | null
}

export type ConnectionStatus =
  | 'connecting'
  | 'connected'
  | 'read-only'
  | 'reconnecting'
  | 'expired' // the old session ended; a new one is being made
  | 'unreachable'
  | 'auth-failed'

export interface ConnectionView {
  readonly status: ConnectionStatus
  /** Milliseconds since 1970 of the last change of status, by the clock of the Zoolens server. */
  readonly since: number
  /** Milliseconds since the ensemble was last heard, at the moment of sending; -1 when never. */
  readonly heardAgoMs: number
  readonly server: string | null
  readonly sessionId: string
  /** 'unverified': encrypted, but by the settings nobody checks whom Zoolens talks to. */
  readonly encryption: 'none' | 'tls' | 'unverified'
  readonly timeoutMs: number
  readonly zxid: string
  readonly cause: AppError | null
  /** Connected, but what is shown has not all been compared with the ensemble yet. */
  readonly syncing: boolean
  readonly load: Load
  /** How what is shown is kept current on this connection. */
  readonly liveness: Liveness
  /** Why it is less than 'every change'; null when it is not, or while nobody is connected. */
  readonly limitation: Limitation | null
  /** Of the server we are connected to, such as "3.5.10"; null when it does not say. */
  readonly version: string | null
  /** The ensemble went back in time under us; told for an hour after that, a person may put it away before (by `at`). */
  readonly rolledBack: RolledBack | null
}

export type Liveness =
  | 'every change' // one recursive watch: changes below closed folders are told too
  | 'shown only' // one-shot watches on what is shown: closed folders cannot say that something below them changed
  | 'polled in part' // and more is shown than may be watched: the rest is read in turns, 1,000 rows in ten seconds

export type Limitation =
  | 'old server' // before 3.6 there are no recursive watches
  | 'watch manager' // a server with WatchManagerOptimized claims 3.6 and refuses them all the same
  | 'wrong paths' // ClickHouse Keeper: the events of recursive watches name the watch, not the znode

/** Everything that was known of the ensemble has been dropped and read anew. */
export interface RolledBack {
  /** The highest zxid seen before, or with `path` that of the znode's last change seen before. */
  readonly from: string
  /** The zxid that the ensemble was found at, or with `path` that of the change that the znode was found at. */
  readonly to: string
  /** The znode that was found older than it had been, where the zxid of the ensemble itself did not tell. */
  readonly path?: string
  /** Milliseconds since 1970 of the discovery, by the clock of the Zoolens server. */
  readonly at: number
}

interface ConnectionChange {
  readonly type: 'connection'
  readonly cluster: string
  readonly connection: ConnectionView
}

/** The link was broken for a while: what happened in between is known only by its outcome. */
export interface Gap {
  readonly type: 'gap'
  readonly cluster: string
  readonly fromZxid: string
  readonly toZxid: string
  readonly forMs: number
  /** Directories shown at the time were read again and compared. */
  readonly directories: number
}

export interface Changes {
  readonly type: 'changes'
  readonly cluster: string
  readonly directories: readonly DirectoryDelta[]
  readonly nodes: readonly NodeChange[]
  /** Row path -> number of changes somewhere below it, in places that nobody has open. */
  readonly below: Readonly<Record<string, number>>
}

/** A directory that this stream looks at has another list of names. */
export interface DirectoryDelta {
  readonly path: string
  /** Grows with every change of the list; a page read at a smaller revision is old. */
  readonly revision: number
  readonly total: number
  /** At most 100 names each; `more` says that there were others. */
  readonly created: readonly string[]
  readonly deleted: readonly string[]
  readonly more: boolean
  /** The directory itself was deleted (total is 0), or can no longer be read. */
  readonly gone: boolean
}

export type ChangeKind = 'created' | 'changed' | 'deleted' | 'recreated'

/** Something happened to one znode that is a row of a directory, or a node, that this stream looks at. */
export interface NodeChange {
  readonly path: string
  /**
   * The last state wins; `count` says how many changes were merged into it. 0 means that neither data nor identity
   * changed: only the stat (children, ACL) is news, nothing lights up.
   */
  readonly kind: ChangeKind
  readonly count: number
  /** Of the last change; null where the server does not say. */
  readonly zxid: string | null
  /** The znode's stat after the change, where somebody has it on the screen; null when deleted or not known. */
  readonly stat: StatJson | null
}

/** A lock that this stream looks at has changed; at most ten a second each. */
interface LockChange {
  readonly type: 'lock'
  readonly cluster: string
  /** With the first 200 of those who take part. */
  readonly view: LockView
}

/** The list of locks has changed, while this stream looks at it; at most one a second. */
interface LocksChange {
  readonly type: 'locks'
  readonly cluster: string
  readonly response: LocksResponse
}
