/** What servers tell of their clients, whether by four-letter words or by their AdminServer. Session ids are signed. */

/** One answer. `complete`: it has its end, and nothing in it was beyond understanding. */
export interface Told<T> {
  readonly value: T
  readonly complete: boolean
}

/** Why a server did not tell. */
export type WhySilent =
  | 'not whitelisted' // 4lw.commands.whitelist
  | 'not serving' // it has no quorum, or is about to find one
  | 'unreachable'
  | 'forbidden' // the AdminServer wants a log-in
  | 'admin server off' // what answers at its address is none, or knows no such command
  | 'too large'
  | 'cut' // the answer ends in the middle, or is no such answer

/** A client of the server that was asked. */
export interface ToldConnection {
  readonly session: bigint
  /** "host:port", IPv6 in brackets and as short as it can be written. */
  readonly client: string
  /** Milliseconds since 1970 by the server's clock. */
  readonly establishedAt: number | null
  /** Negotiated, milliseconds. */
  readonly timeoutMs: number | null
  /** Such as "PING" or "GETD"; null when the connection has done nothing yet, or nothing that has a name (NA). */
  readonly lastOperation: string | null
  /** Of the last answer, by the clock of {@link ToldDump.expiries} of the same server. */
  readonly lastResponseAt: number | null
}

export type ToldConnections = readonly ToldConnection[]

/** Path -> sessions with a data watch on it. */
export type ToldWatches = ReadonlyMap<string, ReadonlySet<bigint>>

export interface ToldDump {
  /** Of all sessions of the ensemble, whichever server was asked. In the server's order. */
  readonly ephemerals: ReadonlyMap<bigint, readonly string[]>
  /** Only the leader, and a server alone, knows when which session ends. */
  readonly expiries: Expiries | null
  /** Session -> negotiated time-out, milliseconds; followers from 3.5 on tell it. */
  readonly timeouts: ReadonlyMap<bigint, number> | null
}

/**
 * The leader's ExpiryQueue: session -> when it ends, in milliseconds of a clock of which only differences mean something
 * (its start is the JVM's own affair, or in text it is the server's time of day in a zone of its choice).
 */
export interface Expiries {
  readonly at: ReadonlyMap<bigint, number>
  /** The true moment is less than so many milliseconds later: 0 in JSON, 1000 in text. */
  readonly roundedDownBy: number
  /** It is the clock of {@link ToldConnection.lastResponseAt}: only in JSON. */
  readonly responseClock: boolean
}

/** What a server says about itself. */
export interface ServerFacts {
  /** Its number in the ensemble ("myid"), decimal. */
  readonly id: string | null
  readonly tickTimeMs: number | null
  /** Clients may be connected at a port that cons, asked at this one, does not tell of; null when it does not say. */
  readonly otherPort: boolean | null
}

export interface QuorumFacts {
  readonly state: 'leader' | 'follower' | 'observer' | 'standalone' | 'other'
  /** Servers that follow or observe this one right now; null from all but leaders. */
  readonly learners: number | null
}
