import { BUDGET } from '@/lib/live/budget'
import type { ConnectionStatus, ConnectionView, Gap, Load, RolledBack } from '@/lib/live/protocol'
import { toHex } from '@/lib/znode/stat'
import { AttemptPace } from '@/lib/zookeeper/attempt-pace'
import { connect } from '@/lib/zookeeper/connect'
import type { ConnectOptions, Session, SessionInfo } from '@/lib/zookeeper/session'
import { EvidenceGatherer, type EvidenceOptions } from './evidence'
import { LoadMeter } from './load-meter'
import { LockRegistry } from './locks/lock-registry'
import { Mirror, type Sessions } from './mirror'

export interface EnsembleOptions {
  readonly id: string
  readonly connect: ConnectOptions
  /** Default: four-letter words, and no AdminServer. */
  readonly evidence?: EvidenceOptions
  /** Sessions are closed when nobody has looked at the ensemble for this long. */
  readonly idleMs?: number
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void
}

/** Trying for this long without success is "unreachable" rather than "reconnecting". */
const UNREACHABLE_MS = 10_000

/** Of the requests in flight that one ensemble is asked to bear; the rest is for long listings. */
const LIVE_IN_FLIGHT = 48

const RETRY_DENIED_MS = 30_000
/** That the ensemble went back in time is told for so long to whoever comes later. */
const TELL_ROLLBACK_MS = 3_600_000

/**
 * One configured ensemble: at most two sessions, opened on first use and closed when idle, made anew when the ensemble
 * ends them, and the mirror that they feed. Every browser shares them.
 */
export class Ensemble {
  readonly id: string
  readonly mirror: Mirror
  readonly sessions: Sessions
  readonly evidence: EvidenceGatherer
  readonly locks: LockRegistry
  #live: Session | null = null
  #bulk: Session | null = null
  #lastUsed = Date.now()
  #expiredSince: number | null = null
  /** Where the gap begins that has not been told yet. */
  #lostAt: { readonly at: number; readonly zxid: bigint } | null = null
  #rolledBack: RolledBack | null = null
  readonly #meter = new LoadMeter()
  readonly #pace = new AttemptPace()
  /** "host:port" of the server that ended the last session: the next one need not look for a server that answers. */
  #answered: string | null = null
  readonly #connectionListeners = new Set<(view: ConnectionView) => void>()
  readonly #gapListeners = new Set<(gap: Omit<Gap, 'type' | 'cluster'>) => void>()
  readonly #rollbackListeners = new Set<() => void>()
  readonly #idleTimer: NodeJS.Timeout
  #closed = false

  constructor(private readonly options: EnsembleOptions) {
    this.id = options.id
    this.sessions = { live: () => this.#openLive(), bulk: () => this.#openBulk() }
    this.mirror = new Mirror(this.sessions, {
      livenessChanged: () => this.#tellConnection(),
      compareAgain: () => {
        if (this.#live) this.#resync(this.#live, this.#live.info.connections, 0)
      },
      wentBack: (proof) => this.#rollBack(proof),
    })
    this.evidence = new EvidenceGatherer({
      ...{ connect: options.connect, options: options.evidence },
      live: () => this.#openLive(),
      own: () => new Set([this.#live, this.#bulk].flatMap((session) => (session ? [session.info.sessionId] : []))),
      countTraffic: (bytesOut, bytesIn) => this.#meter.add({ requests: 1, notifications: 0, bytesIn, bytesOut }),
    })
    this.locks = new LockRegistry(this)
    const idleMs = options.idleMs ?? 300_000
    this.#idleTimer = setInterval(() => this.#closeWhenIdle(idleMs), Math.min(idleMs, 30_000))
    this.#idleTimer.unref()
  }

  /** What the interface shows about the connection. Opens it when it is not open yet. */
  connection(): ConnectionView {
    const { info } = this.#openLive()
    return {
      status: this.#status(info),
      since: this.#expiredSince ?? info.since,
      heardAgoMs: info.lastHeardAt === 0 ? -1 : Math.max(0, Date.now() - info.lastHeardAt),
      server: info.server,
      sessionId: toHex(info.sessionId),
      encryption: info.encryption,
      timeoutMs: info.timeoutMs,
      zxid: toHex(info.lastZxid),
      cause: info.cause,
      syncing: this.mirror.syncing,
      load: this.load(),
      liveness: this.mirror.liveness,
      limitation: this.mirror.limitation,
      version: info.features?.version ?? null,
      rolledBack: this.#rolledBack && Date.now() - this.#rolledBack.at < TELL_ROLLBACK_MS ? this.#rolledBack : null,
    }
  }

  /** What we cost the ensemble. Opens nothing. */
  load(): Load {
    return this.#meter.load()
  }

  /** Called after every change of the connection. Returns a function that removes the listener. */
  onConnection(listener: (view: ConnectionView) => void): () => void {
    this.#connectionListeners.add(listener)
    return () => this.#connectionListeners.delete(listener)
  }

  /** Called after each time that the link was broken and everything shown has been read again. */
  onGap(listener: (gap: Omit<Gap, 'type' | 'cluster'>) => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  /** Called when the ensemble was found to have gone back in time: everything that was read of it is void. */
  onRolledBack(listener: () => void): () => void {
    this.#rollbackListeners.add(listener)
    return () => this.#rollbackListeners.delete(listener)
  }

  /** Ends both sessions on the server. */
  async close(): Promise<void> {
    this.#closed = true
    this.locks.clear()
    this.mirror.detach()
    clearInterval(this.#idleTimer)
    await this.#closeSessions()
  }

  #status(info: SessionInfo): ConnectionStatus {
    if (this.#expiredSince !== null) return 'expired'
    switch (info.status) {
      case 'connected':
      case 'read-only':
      case 'auth-failed':
        return info.status
      case 'connecting':
        return info.cause ? 'unreachable' : 'connecting'
      case 'disconnected':
        return Date.now() - info.since > UNREACHABLE_MS && info.cause ? 'unreachable' : 'reconnecting'
      case 'expired':
      case 'closed':
        return 'expired'
    }
  }

  #openLive(): Session {
    this.#lastUsed = Date.now()
    if (this.#live && !this.#deniedLongAgo(this.#live.info)) return this.#live
    if (this.#live) void this.#live.close()
    if (this.#closed) throw new Error('The ensemble is closed.')
    const pacing = { maxInFlight: LIVE_IN_FLIGHT, pace: this.#pace, first: this.#answered }
    const session = connect({ ...this.options.connect, ...pacing })
    this.#live = session
    this.#meter.hold('live', session)
    session.onStatus((info) => this.#onLiveStatus(session, info))
    session.onConnection((info) => this.#onLiveConnection(session, info))
    this.mirror.attach(session)
    return session
  }

  /** A refused credential is not tried in a loop, but it may have been mended on the server. */
  #deniedLongAgo(info: SessionInfo): boolean {
    return info.status === 'auth-failed' && Date.now() - info.since > RETRY_DENIED_MS
  }

  #openBulk(): Session {
    this.#lastUsed = Date.now()
    if (this.#bulk && !this.#deniedLongAgo(this.#bulk.info)) return this.#bulk
    if (this.#bulk) void this.#bulk.close()
    const maxInFlight = BUDGET.inFlight - LIVE_IN_FLIGHT
    const session = connect({ ...this.options.connect, maxInFlight, pace: this.#pace })
    this.#bulk = session
    this.#meter.hold('bulk', session)
    session.onStatus((info) => {
      if ((info.status !== 'expired' && info.status !== 'closed') || this.#bulk !== session) return
      this.#bulk = null
      this.#meter.release('bulk')
      if (info.rolledBack) this.#rollBack(info.rolledBack)
    })
    return session
  }

  #onLiveStatus(session: Session, info: SessionInfo): void {
    if (session !== this.#live) return
    this.options.log('session', {
      status: info.status,
      server: info.server,
      sessionId: toHex(info.sessionId),
      ...(info.cause ? { cause: info.cause.code } : {}),
    })
    if (info.status === 'disconnected' || info.status === 'expired') this.locks.lose(info.lastHeardAt)
    if (info.status === 'disconnected') this.#lostAt ??= { at: info.lastHeardAt, zxid: info.lastZxid }
    if (info.status === 'expired') {
      // The ensemble has ended the session: its watch is gone with it. A new one compares everything that is shown.
      this.#lostAt ??= { at: info.lastHeardAt, zxid: info.lastZxid }
      this.#expiredSince = Date.now()
      this.#answered = info.server
      if (info.rolledBack) this.#rollBack(info.rolledBack)
      else {
        this.#live = null
        this.#openLive()
      }
    }
    // Of a new connection nothing is told before the comparison has begun, in #onLiveConnection, which comes next.
    if (info.status !== 'connected' && info.status !== 'read-only') this.#tellConnection()
  }

  /** Both sessions are of a time that the ensemble no longer knows, and so is everything that they read. */
  #rollBack({ from, to, path }: NonNullable<SessionInfo['rolledBack']> & { readonly path?: string }): void {
    this.#rolledBack = { from: toHex(from), to: toHex(to), at: Date.now(), ...(path === undefined ? {} : { path }) }
    this.options.log('rolled-back', { ...this.#rolledBack })
    this.#lostAt = null
    this.mirror.clear()
    this.evidence.clear()
    this.locks.clear()
    void this.#closeSessions()
    this.#openLive()
    for (const listener of this.#rollbackListeners) listener()
  }

  #onLiveConnection(session: Session, info: SessionInfo): void {
    if (session !== this.#live) return
    this.#expiredSince = null
    this.#resync(session, info.connections, 0)
    this.locks.compare()
  }

  #resync(session: Session, connection: number, attempt: number): void {
    const current = (): boolean => {
      const { status, connections } = session.info
      return session === this.#live && connections === connection && (status === 'connected' || status === 'read-only')
    }
    this.mirror.resync().then(
      (directories) => {
        this.#tellConnection()
        const lost = this.#lostAt
        // Broken again meanwhile: the gap is not over, the next comparison tells it.
        if (!lost || !current()) return
        this.#lostAt = null
        const gap = {
          fromZxid: toHex(lost.zxid),
          toZxid: toHex(session.info.lastZxid),
          forMs: Date.now() - lost.at,
          directories,
        }
        for (const listener of this.#gapListeners) listener(gap)
      },
      (error: unknown) => {
        this.options.log('resync-failed', { error: String(error), attempt })
        // A broken connection starts over by itself; anything else is tried again, ever more slowly.
        const again = () => current() && this.#resync(session, connection, attempt + 1)
        setTimeout(again, Math.min(1000 * 2 ** attempt, 60_000)).unref()
      },
    )
    this.#tellConnection()
  }

  async #audit(): Promise<void> {
    try {
      const stale = await this.mirror.audit()
      if (stale > 0) this.options.log('audit', { stale })
    } catch (error) {
      this.options.log('audit-failed', { error: String(error) })
    }
  }

  #tellConnection(): void {
    if (this.#connectionListeners.size === 0 || this.#closed || !this.#live) return
    const view = this.connection()
    for (const listener of this.#connectionListeners) listener(view)
  }

  #closeWhenIdle(idleMs: number): void {
    this.mirror.sweep()
    if (this.#live?.info.status === 'connected' && !this.mirror.idle) void this.#audit()
    if (!this.mirror.idle || this.#lastUsed + idleMs > Date.now()) return
    this.mirror.clear()
    this.locks.clear()
    this.mirror.detach()
    void this.#closeSessions()
  }

  async #closeSessions(): Promise<void> {
    const sessions = [this.#live, this.#bulk]
    this.#live = null
    this.#bulk = null
    this.#meter.release('live')
    this.#meter.release('bulk')
    await Promise.all(sessions.map((session) => session?.close()))
  }
}
