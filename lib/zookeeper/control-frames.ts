import { encodeFrame } from './framing'
import type { JuteWriter } from './jute'
import { OPCODE, XID } from './opcodes'
import type { WatchMode } from './session'

export const PING_FRAME: Buffer = encodeFrame((writer) => writer.int(XID.ping).int(OPCODE.ping))

/** Asks the server to end the session: its ephemeral znodes vanish at once. */
export const CLOSE_FRAME: Buffer = encodeFrame((writer) => writer.int(XID.close).int(OPCODE.closeSession))

/** Source: zookeeper.jute, class AuthPacket. */
export function authFrame(scheme: string, auth: Buffer): Buffer {
  return encodeFrame((writer) => writer.int(XID.auth).int(OPCODE.auth).int(0).string(scheme).buffer(auth))
}

/** Source: zookeeper.jute, class SetWatches2. Its first three lists are the one-shot watches, of which we have none. */
export function setWatchesFrame(lastZxid: bigint, serverPaths: Readonly<Record<WatchMode, readonly string[]>>): Buffer {
  const string = (writer: JuteWriter, path: string) => writer.string(path)
  return encodeFrame((writer) =>
    writer
      .int(XID.setWatches)
      .int(OPCODE.setWatches2)
      .long(lastZxid)
      .vector([], string)
      .vector([], string)
      .vector([], string)
      .vector(serverPaths.persistent, string)
      .vector(serverPaths.recursive, string),
  )
}
