import type { HeldSession, Load, Traffic } from '@/lib/live/protocol'
import { toHex } from '@/lib/znode/stat'
import { missingFeatures } from '@/lib/zookeeper/server-features'
import type { Session } from '@/lib/zookeeper/session'

const WINDOW_MS = 5000
/** Every stream asks with every beat; more samples than this say nothing new. */
const SAMPLE_MS = 250
const NOTHING: Traffic = { requests: 0, notifications: 0, bytesIn: 0, bytesOut: 0 }

interface Held {
  readonly session: Session
  /** Date.now() when the ensemble made the session. */
  madeAt: number | null
}

/** Counts what the sessions of one ensemble cost it, now and since the start. Asks the ensemble nothing. */
export class LoadMeter {
  readonly #held = new Map<HeldSession['role'], Held>()
  /** Of sessions that are no longer held, and of what was asked beside the sessions. */
  #past = NOTHING
  #samples: { readonly at: number; readonly total: Traffic }[] = []

  /** The session takes the place of the one that was held in this role. */
  hold(role: HeldSession['role'], session: Session): void {
    this.release(role)
    const held: Held = { session, madeAt: null }
    this.#held.set(role, held)
    session.onConnection(() => {
      held.madeAt ??= Date.now()
    })
  }

  /** The session of this role has ended; what it has cost stays counted. */
  release(role: HeldSession['role']): void {
    const held = this.#held.get(role)
    if (held === undefined) return
    this.#held.delete(role)
    this.#past = plus(this.#past, held.session.info.load)
  }

  /** What was asked of servers on connections of its own. */
  add(traffic: Traffic): void {
    this.#past = plus(this.#past, traffic)
  }

  load(): Load {
    const held = [...this.#held].map(([role, { session, madeAt }]) => view(role, session, madeAt))
    const total = [...this.#held.values()].reduce((sum, { session }) => plus(sum, session.info.load), this.#past)
    // The ensemble knows nothing of a session before it has made it.
    const made = held.filter(({ ageMs }) => ageMs !== null)
    const sum = (what: 'watches' | 'inFlight' | 'queued'): number => made.reduce((all, one) => all + one[what], 0)
    return {
      sessions: made.length,
      watches: sum('watches'),
      inFlight: sum('inFlight'),
      queued: sum('queued'),
      perSecond: this.#rate(total),
      total,
      held,
    }
  }

  /** Growth a second over the window, to one decimal. */
  #rate(total: Traffic): Traffic {
    const at = Date.now()
    const newest = this.#samples.at(-1)
    if (newest === undefined || at - newest.at >= SAMPLE_MS) this.#samples.push({ at, total })
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift()
    const first = this.#samples[0]
    if (first === undefined || at - first.at < SAMPLE_MS) return NOTHING
    const rate = (what: keyof Traffic): number =>
      Math.round(((total[what] - first.total[what]) * 10_000) / (at - first.at)) / 10
    return {
      requests: rate('requests'),
      notifications: rate('notifications'),
      bytesIn: rate('bytesIn'),
      bytesOut: rate('bytesOut'),
    }
  }
}

function plus(sum: Traffic, more: Traffic): Traffic {
  return {
    requests: sum.requests + more.requests,
    notifications: sum.notifications + more.notifications,
    bytesIn: sum.bytesIn + more.bytesIn,
    bytesOut: sum.bytesOut + more.bytesOut,
  }
}

function view(role: HeldSession['role'], { info }: Session, madeAt: number | null): HeldSession {
  const now = Date.now()
  const since = (time: number): number => Math.max(0, now - time)
  return {
    role,
    connected: info.status === 'connected' || info.status === 'read-only',
    sessionId: toHex(info.sessionId),
    server: info.server,
    version: info.features?.version ?? null,
    lacks: info.features === null ? [] : missingFeatures(info.features),
    timeoutMs: info.timeoutMs,
    ageMs: madeAt === null ? null : since(madeAt),
    heardAgoMs: info.lastHeardAt === 0 ? null : since(info.lastHeardAt),
    zxid: toHex(info.lastZxid),
    watches: info.load.watches,
    inFlight: info.load.inFlight,
    queued: info.load.queued,
    reconnects: Math.max(0, info.connections - 1),
    nextAttemptMs: info.nextAttemptAt === null ? null : Math.max(0, info.nextAttemptAt - now),
  }
}
