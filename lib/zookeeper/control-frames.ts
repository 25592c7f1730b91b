import { encodeFrame } from './framing'
import { OPCODE, XID } from './opcodes'

export const PING_FRAME: Buffer = encodeFrame((writer) => writer.int(XID.ping).int(OPCODE.ping))

/** Asks the server to end the session: its ephemeral znodes vanish at once. */
export const CLOSE_FRAME: Buffer = encodeFrame((writer) => writer.int(XID.close).int(OPCODE.closeSession))

/** Source: zookeeper.jute, class AuthPacket. */
export function authFrame(scheme: string, auth: Buffer): Buffer {
  return encodeFrame((writer) => writer.int(XID.auth).int(OPCODE.auth).int(0).string(scheme).buffer(auth))
}

/** Source: zookeeper.jute, class GetSASLRequest. */
export function saslFrame(token: Buffer): Buffer {
  return encodeFrame((writer) => writer.int(XID.sasl).int(OPCODE.sasl).buffer(token))
}
