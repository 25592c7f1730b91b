import { encodeFrame } from './framing'

/** What a client says first. Ids are the 8 and 16 bytes that an earlier connection was given, zeros for a new session. */
export interface ConnectRequest {
  readonly lastZxid: bigint
  readonly timeoutMs: number
  readonly sessionId: Buffer
  readonly password: Buffer
}

export type ConnectAnswer =
  | {
      readonly type: 'accepted'
      readonly timeoutMs: number
      readonly sessionId: Buffer
      readonly password: Buffer
      readonly readOnly: boolean
    }
  | { readonly type: 'expired' }
  | { readonly type: 'refused'; readonly zkCode: number }
  | { readonly type: 'stranger' }

const PROTOCOL_VERSION = 0
const PASSWORD_BYTES = 16
const REPLY_HEADER_BYTES = 16
/** protocolVersion, timeOut, sessionId, length of the password and the password; since 3.4 one more byte, readOnly. */
const ANSWER_BYTES = 4 + 4 + 8 + 4 + PASSWORD_BYTES

/** Source: zookeeper.jute, class ConnectRequest. */
export function encodeConnectRequest({ lastZxid, timeoutMs, sessionId, password }: ConnectRequest): Buffer {
  return encodeFrame((writer) =>
    writer
      .int(PROTOCOL_VERSION)
      .long(lastZxid)
      .int(timeoutMs)
      .long(sessionId.readBigInt64BE(0))
      .buffer(password)
      // A server that has lost its quorum closes the connection of whoever does not say that reading is enough.
      .bool(true),
  )
}

/** Never throws: whatever has another shape comes from a stranger. */
export function decodeConnectAnswer(body: Buffer): ConnectAnswer {
  // A server without quorum that may not make sessions answers with a bare ReplyHeader {xid, zxid, err}.
  if (body.length === REPLY_HEADER_BYTES) return { type: 'refused', zkCode: body.readInt32BE(12) }
  if (body.length < ANSWER_BYTES || body.length > ANSWER_BYTES + 1) return { type: 'stranger' }
  if (body.readInt32BE(0) !== PROTOCOL_VERSION || body.readInt32BE(16) !== PASSWORD_BYTES) return { type: 'stranger' }
  const timeoutMs = body.readInt32BE(4)
  if (timeoutMs <= 0) return { type: 'expired' }
  return {
    type: 'accepted',
    timeoutMs,
    sessionId: Buffer.from(body.subarray(8, 16)),
    password: Buffer.from(body.subarray(20, ANSWER_BYTES)),
    readOnly: body.length > ANSWER_BYTES && body.readUInt8(ANSWER_BYTES) !== 0,
  }
}
