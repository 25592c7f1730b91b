import type { ConnectOptions, Session } from '@/lib/zookeeper/session'
import { Gathering, type GatheringParts } from './gathering'
import { type EvidenceSource, type Gathered, NOTHING_GATHERED } from './locks/evidence-source'

/** What may be asked of servers, besides what a session may ask. */
export interface EvidenceOptions {
  /** "host:port" of a server, as in the connect string or in /zookeeper/config -> "http://host:8080/commands". */
  readonly adminServers: ReadonlyMap<string, string>
  /** Whether servers without one are asked four-letter words. */
  readonly fourLetterWords: boolean
}

export interface GatheredEvidence extends Gathered {
  /** Every session that the ensemble has, as its leader or a follower lists them; null when none did. */
  readonly sessions: ReadonlySet<bigint> | null
  /** Session -> negotiated time-out in milliseconds, as far as it was told. */
  readonly timeouts: ReadonlyMap<bigint, number>
}

/** What of its ensemble the gatherer needs. */
export interface EvidenceHost {
  readonly connect: Pick<ConnectOptions, 'connect' | 'tls'>
  /** Default: four-letter words, and no AdminServer. */
  readonly options?: EvidenceOptions | undefined
  /** Opens it when it is not open. */
  live(): Session
  /** Ids of the sessions that are Zoolens's own. */
  own(): ReadonlySet<bigint>
  countTraffic(bytesOut: number, bytesIn: number): void
}

const NOTHING: GatheredEvidence = { ...NOTHING_GATHERED, sessions: null, timeouts: new Map() }

/** Listing its watches stops every change of watches in a server: it must be free of that for most of the time. */
const REST = 20
const SHORTEST_PERIOD_MS = 2000

/**
 * What the servers of one ensemble tell of sessions besides the znodes. Asks only when somebody asks it, one round at a
 * time, and then lets the servers rest for twenty times as long as the round took, and for two seconds at least.
 */
export class EvidenceGatherer implements EvidenceSource {
  readonly #gathering: Gathering
  #last: GatheredEvidence = NOTHING
  #underWay: Promise<GatheredEvidence> | null = null
  #restUntil = 0
  /** Grows when what is known becomes void. */
  #age = 0

  constructor(host: EvidenceHost, parts?: GatheringParts) {
    this.#gathering = new Gathering(host, parts)
  }

  /**
   * Not older than `maxAgeMs`, unless the servers must rest: then the last there is, `askedAt` says how old. Resolves
   * with nothing told where nobody tells. Never rejects.
   */
  current(maxAgeMs: number): Promise<GatheredEvidence> {
    if (this.#underWay !== null) return this.#underWay
    const now = Date.now()
    if (now - this.#last.askedAt <= maxAgeMs || now < this.#restUntil) return Promise.resolve(this.#last)
    this.#underWay = this.#gather().finally(() => {
      this.#underWay = null
    })
    return this.#underWay
  }

  /** The last that was gathered, however old; asks nobody. */
  get latest(): GatheredEvidence {
    return this.#last
  }

  /** The ensemble went back in time: sessions that were told of may never have been. */
  clear(): void {
    this.#age += 1
    this.#last = NOTHING
  }

  async #gather(): Promise<GatheredEvidence> {
    const age = this.#age
    const began = performance.now()
    const gathered = await this.#gathering.round().catch(() => NOTHING)
    const took = performance.now() - began
    this.#restUntil = Date.now() + Math.max(SHORTEST_PERIOD_MS - took, this.#gathering.workMs * REST)
    if (age !== this.#age) return NOTHING
    this.#last = gathered
    return gathered
  }
}
