/**
 * The 11 fields that ZooKeeper keeps about a znode, in wire order.
 * int64 fields are bigint: a zxid or a session id does not fit a JavaScript number.
 * Source: zookeeper.jute, class Stat.
 */
export interface Stat {
  /** zxid of the create: together with the path it is the identity of a znode. */
  readonly czxid: bigint
  /** zxid of the last change of the data. */
  readonly mzxid: bigint
  /** Milliseconds since 1970 by the clock of the server that led at the time. */
  readonly ctime: bigint
  readonly mtime: bigint
  /** int32, wraps; counts changes of the data. */
  readonly version: number
  /** int32; to a client it is creates + deletes of children. */
  readonly cversion: number
  /** int32; counts changes of the ACL. */
  readonly aversion: number
  /** Session id of the owner, 0 for persistent, container and TTL nodes (servers hide which). */
  readonly ephemeralOwner: bigint
  readonly dataLength: number
  readonly numChildren: number
  /** zxid of the last create or delete of a direct child. */
  readonly pzxid: bigint
}

/** A Stat as it travels in JSON: ids as "0x..." strings, times as numbers of milliseconds. */
export interface StatJson {
  readonly czxid: string
  readonly mzxid: string
  readonly ctime: number
  readonly mtime: number
  readonly version: number
  readonly cversion: number
  readonly aversion: number
  readonly ephemeralOwner: string
  readonly dataLength: number
  readonly numChildren: number
  readonly pzxid: string
}

/** Unsigned hexadecimal, as Java's Long.toHexString prints it: ids of servers above 127 are negative int64. */
export function toHex(id: bigint): string {
  return `0x${BigInt.asUintN(64, id).toString(16)}`
}

/** The inverse of {@link toHex}. @throws SyntaxError when the text is not "0x" and hexadecimal digits. */
export function fromHex(text: string): bigint {
  return BigInt.asIntN(64, BigInt(text))
}

export function statToJson(stat: Stat): StatJson {
  return {
    czxid: toHex(stat.czxid),
    mzxid: toHex(stat.mzxid),
    ctime: Number(stat.ctime),
    mtime: Number(stat.mtime),
    version: stat.version,
    cversion: stat.cversion,
    aversion: stat.aversion,
    ephemeralOwner: toHex(stat.ephemeralOwner),
    dataLength: stat.dataLength,
    numChildren: stat.numChildren,
    pzxid: toHex(stat.pzxid),
  }
}
