/**
 * What servers tell about sessions besides the znodes: four-letter words and the AdminServer, where they are allowed.
 * Session ids are signed, as they come in Stat.ephemeralOwner.
 */
export interface Evidence {
  /**
   * Absolute path -> the sessions with a data watch on it; null when no server told. Child watches are told by no server.
   */
  readonly watches: ReadonlyMap<string, ReadonlySet<bigint>> | null
  /** Every server of the ensemble told its watches: only then does a missing watch mean something. */
  readonly watchesOfAll: boolean
  /** By session; null when no server told. */
  readonly connections: ReadonlyMap<bigint, ClientConnection> | null
  /** Every server told its connections: only then is a session that is in none of them not connected. */
  readonly connectionsOfAll: boolean
  /** Session -> at most so many milliseconds until it expires if nothing is heard of it; null when no server told. */
  readonly expiresInMs: ReadonlyMap<bigint, number> | null
  /** Sessions of Zoolens itself: they wait for nothing. */
  readonly own: ReadonlySet<bigint>
  /**
   * The servers were asked when the ensemble was at this zxid: of the owner of a znode created after it they cannot have
   * told anything yet, so that a missing watch or connection of his means nothing. Left out: of no znode known.
   */
  readonly upTo?: bigint
  /**
   * The directory has not changed in the seconds before the servers were asked, nor since: only then is a session
   * without a watch no client that was just woken. Left out: not known, and no conclusion is drawn from a missing watch.
   */
  readonly quiet?: boolean
}

export interface ClientConnection {
  /** "host:port" of the client as its server sees it: behind a proxy, the proxy's. */
  readonly client: string
  /** The server that it is connected to, as we name it: "host:port". */
  readonly server: string
  /** Milliseconds since 1970; null when it was not told. */
  readonly establishedAt: number | null
  /** Negotiated; null when it was not told. */
  readonly timeoutMs: number | null
  /** Such as "PING" or "GETD"; null when it was not told. */
  readonly lastOperation: string | null
}

/** Where no server tells anything. */
export const NO_EVIDENCE: Evidence = {
  watches: null,
  watchesOfAll: false,
  connections: null,
  connectionsOfAll: false,
  expiresInMs: null,
  own: new Set(),
}
