import type { JuteReader } from './jute'

const BYTES = 16

/** class ReplyHeader of zookeeper.jute. */
export interface ReplyHeader {
  readonly xid: number
  readonly zxid: bigint
  /** KeeperException.Code */
  readonly zkCode: number
}

/** Reads it off the beginning of a frame; null when there is not so much. */
export function readReplyHeader(reader: JuteReader): ReplyHeader | null {
  if (reader.remaining < BYTES) return null
  return { xid: reader.int(), zxid: reader.long(), zkCode: reader.int() }
}
