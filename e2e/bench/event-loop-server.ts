import { encodeFrame } from '@/lib/zookeeper/framing'
import { OPCODE } from '@/lib/zookeeper/opcodes'
import { type FakeServer, startFakeServer, writeStat } from '@/lib/zookeeper/testing/fake-server'

const NAMES = 1_000_000
const VALUE_BYTES = 60 * 1024 * 1024
/** Operations in one request, about as many as have room. */
export const MANY = 36_000
export const EVENTS = 100_000
const NO_NODE = -101
const EVENTS_A_WRITE = 1000

/** Answers with the longest answers that a server gives, at once and in one piece where that is possible. */
export function startLongServer(): Promise<FakeServer> {
  return startFakeServer({
    onRequest(peer, { xid, opcode, reader }) {
      switch (opcode) {
        case OPCODE.ping:
          return peer.reply(-2)
        case OPCODE.getChildren2:
          return peer.reply(xid, {
            body: (w) => {
              w.int(NAMES)
              for (let i = 0; i < NAMES; i++) w.string(`node-${String(i).padStart(10, '0')}`)
              writeStat(w)
            },
          })
        case OPCODE.getData:
          return peer.reply(xid, { body: (w) => writeStat(w.buffer(Buffer.alloc(VALUE_BYTES, 7))) })
        case OPCODE.multi:
          return peer.reply(xid, {
            body: (w) => {
              const sets = reader.int() === OPCODE.setData
              for (let i = 0; i < MANY; i++) {
                w.int(sets ? OPCODE.setData : OPCODE.delete)
                  .bool(false)
                  .int(0)
                if (sets) writeStat(w)
              }
              w.int(-1).bool(true).int(-1)
            },
          })
        case OPCODE.multiRead:
          return peer.reply(xid, {
            body: (w) => {
              for (let i = 0; i < MANY; i++) w.int(OPCODE.error).bool(false).int(NO_NODE).int(NO_NODE)
              w.int(-1).bool(true).int(-1)
            },
          })
        case OPCODE.addWatch:
          return peer.reply(xid, { body: (w) => w.int(0) })
        default:
          peer.reply(xid, { body: writeStat })
          if (peer.opcodes.filter((code) => code === opcode).length > 1) storm(peer.socket)
      }
    },
  })
}

/** Events as fast as they are taken. */
function storm(socket: { write(bytes: Buffer): boolean }): void {
  const event = encodeFrame((w) => w.int(-1).long(5n).int(0).int(3).int(3).string('/some/folder/with/a/znode'))
  const bytes = Buffer.concat(Array.from({ length: EVENTS_A_WRITE }, () => event))
  for (let sent = 0; sent < EVENTS; sent += EVENTS_A_WRITE) socket.write(bytes)
}
