import type { AppError } from '@/lib/znode/app-error'
import type { Stat } from '@/lib/znode/stat'
import type { AttemptPace } from './attempt-pace'
import type { ReplyLimits } from './reply-limits'
import type { AuthIdentity, Encryption, SaslOptions, TlsOptions } from './security'
import type { ServerFeatures } from './server-features'
import type { SessionOperations } from './session-operations'

/** The typed port to one ZooKeeper session. Nothing outside lib/zookeeper knows which package carries it. */
export interface Session extends SessionOperations {
  readonly info: SessionInfo
  /** Called after every change of `status` and after every failed attempt (a new `cause`). Returns a function that removes the listener. */
  onStatus(listener: (info: SessionInfo) => void): () => void
  /**
   * Called on every new TCP connection, first and later ones, once authentication and watches have been sent again and
   * before any waiting request: what was seen before must be read again, ZooKeeper replays nothing for persistent watches.
   */
  onConnection(listener: (info: SessionInfo) => void): () => void

  /**
   * Registers a watch that stays. Resolves when the server has acknowledged it; it is registered again on every new
   * connection. Recursive watches never report 'children'. Several listeners on one path share one server watch.
   */
  addWatch(path: string, mode: WatchMode, listener: WatchListener, options?: RequestOptions): Promise<WatchHandle>
  /** Watches that are gone with their first event: for servers without addWatch. */
  readonly oneShot: OneShot
  /** Ends the session on the server (ephemerals vanish) and the connection. Never rejects. */
  close(): Promise<void>
}

export type SessionStatus =
  | 'connecting' // never connected so far
  | 'connected'
  | 'read-only' // connected to a server that has lost its quorum: writes and sync reject with NotReadOnly
  | 'disconnected' // was connected, trying again
  | 'expired' // the ensemble has ended the session: make a new one
  | 'auth-failed'
  | 'closed'

export interface SessionInfo {
  readonly status: SessionStatus
  /** Date.now() of the last change of status. */
  readonly since: number
  /** "host:port" of the server we are connected to or tried last. */
  readonly server: string | null
  readonly sessionId: bigint
  readonly encryption: Encryption
  /** Negotiated with the server. */
  readonly timeoutMs: number
  /** Date.now() of the last byte from the server, replies to pings included. 0 before the first. */
  readonly lastHeardAt: number
  /** The highest zxid that a reply carried, pings included. */
  readonly lastZxid: bigint
  /** 1 for the first TCP connection that was accepted, and so on. */
  readonly connections: number
  /** Date.now() of the next attempt to connect, while one is waited for. */
  readonly nextAttemptAt: number | null
  /** Why we are not connected: the real cause of the last attempt. */
  readonly cause: AppError | null
  /** What the server we are connected to understands; null while nobody is connected. */
  readonly features: ServerFeatures | null
  /** Why the session has expired: the ensemble was found behind what it had told us before. */
  readonly rolledBack: { readonly from: bigint; readonly to: bigint } | null
  readonly load: SessionLoad
}

interface SessionLoad {
  readonly inFlight: number
  readonly queued: number
  readonly watches: number
  /** Since the session was made. */
  readonly requests: number
  readonly notifications: number
  readonly bytesIn: number
  readonly bytesOut: number
}

export interface RequestOptions {
  readonly signal?: AbortSignal
  /** Milliseconds from the call to the reply, waiting for a connection included. Default: 15,000. */
  readonly timeoutMs?: number
  /** About how long the answer will be, if that is known: above the soft limit it is not asked for (ReplyTooLarge). */
  readonly expectedReplyBytes?: number
}

export type WatchMode = 'persistent' | 'recursive'

export interface WatchEvent {
  readonly type: 'created' | 'deleted' | 'changed' | 'children'
  readonly path: string
  /** The transaction that caused it; null from servers before 3.9, which do not say. */
  readonly zxid: bigint | null
}

/** Called in the order of the session: after the answers that the server sent before the event were handed out. */
export type WatchListener = (event: WatchEvent) => void

export interface WatchHandle {
  /** Removes this listener; the last one of a path and mode removes the watch from the server. Never rejects. */
  remove(): Promise<void>
}

/** 'data': changed, created and deleted of the znode itself; 'children': its list of children, and deleted. */
export type OneShotKind = 'data' | 'children'

/**
 * Reads that set a watch in the same request, so that nothing can happen between what was read and what the event tells.
 * A new connection is told of the watches that are set, and fires at once those that have missed a change; but a znode
 * that was created and deleted in between, or an event whose read was lost with the connection, only a new read tells.
 */
export interface OneShot {
  /** Set on the server, those included that it cannot be made to forget (before 3.5). */
  readonly size: number
  has(path: string, kind: OneShotKind): boolean
  /** Those whose event will be told. */
  all(): readonly { readonly path: string; readonly kind: OneShotKind }[]
  /** Sets 'data', on a znode that does not exist too. */
  exists(path: string, options?: RequestOptions): Promise<Stat | null>
  /** Sets 'children'. */
  getChildren(path: string, options?: RequestOptions): Promise<{ readonly names: string[]; readonly stat: Stat }>
  /** Its event will not be told any more. Never rejects. */
  drop(path: string, kind: OneShotKind): Promise<void>
  /** Called with the event of every watch that is set, which then is not set any more. Returns a function that removes the listener. */
  onEvent(listener: WatchListener): () => void
}

export interface ConnectOptions {
  /** "host:port,host:port/chroot"; IPv6 as "[::1]:2181". */
  readonly connect: string
  /** Asked for; the server clamps it. Default: 30,000. */
  readonly sessionTimeoutMs?: number
  /** Given in this order on every connection, before anything else. */
  readonly auth?: readonly AuthIdentity[]
  /** Proven on every connection, before `auth`. */
  readonly sasl?: SaslOptions
  /** Without it the connections are plain text. */
  readonly tls?: TlsOptions
  /** Default: 64 MiB and 256 MiB. */
  readonly replyLimits?: ReplyLimits
  /** Requests that wait for their answer at a time; later ones wait here. Default: 64. */
  readonly maxInFlight?: number
  /** "host:port" of the server to try first; default: any. */
  readonly first?: string | null
  /** Shared by the sessions with one ensemble, so that together they do not try more than once a second. */
  readonly pace?: AttemptPace
}

/** Starts connecting and returns at once; requests made before the connection wait for it, within their time-out. */
export type Connect = (options: ConnectOptions) => Session
