import type { Server } from './connect-string'
import type { Admission } from './framing'
import type { JuteReader } from './jute'
import type { LinkFault } from './link-fault'

/** Who is told what happens on the connections of a session. */
export interface TransportListener {
  /** The handshake is on its way: what is to be known of the server can be asked meanwhile. */
  onHandshake(server: Server): void
  /** A server took the session; what is written now goes before everything else on this connection. */
  onAccepted(connection: { readonly host: string; readonly readOnly: boolean }): void
  /** A message is about to come, with this xid: whether it is wanted. It may be asked again while the message comes. */
  admit(bytes: number, xid: number): Admission
  /** The body of a frame. */
  onFrame(frame: JuteReader): void
  /** A connection or an attempt ended; the next attempt is already planned. */
  onLost(fault: LinkFault): void
  /** The ensemble no longer knows the session. Nothing follows. */
  onExpired(server: string): void
  /** A write waits for its answer. */
  isWriting(): boolean
  ping(): void
}
