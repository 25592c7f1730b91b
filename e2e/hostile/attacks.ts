import { encodeFrame } from '@/lib/zookeeper/framing'
import { answerPing, type FakeRequest, type Peer, type Script, writeStat } from '@/lib/zookeeper/testing/fake-server'
import { intBytes } from '@/lib/zookeeper/testing/hostile-bytes'

const EXISTS = 3
const GET_DATA = 4
const GET_CHILDREN = 12
const MB = 1_000_000

/** What a peer does at the first request of this type on each connection. It leaves further ones of that type unanswered. */
interface Attack {
  readonly opcode: number
  /** An answer that a server may well give: its bytes are read, and thrown away. */
  readonly withinLimits?: boolean
  readonly strike: (peer: Peer, request: FakeRequest) => void
}

function beginning(length: number, xid: number): Buffer {
  return Buffer.concat([intBytes(length), intBytes(xid), Buffer.alloc(12)])
}

/** Writes so many bytes as fast as they are taken. */
function pour(peer: Peer, piece: Buffer, bytes: number): void {
  let left = bytes
  const more = () => {
    while (left > 0 && !peer.socket.destroyed) {
      left -= piece.length
      if (!peer.socket.write(piece)) {
        peer.socket.once('drain', more)
        return
      }
    }
  }
  more()
}

const repeated = (frame: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(65_536 / frame.length) }, () => frame))
const event = encodeFrame((w) => w.int(-1).long(5n).int(0).int(3).int(3).string('/a/rather/long/path/of/a/znode'))
const pong = encodeFrame((w) => w.int(-2).long(5n).int(0))
const list =
  (count: number, rest: Buffer) =>
  (peer: Peer, { xid }: FakeRequest) =>
    peer.reply(xid, {
      body: (w) => {
        w.int(count)
        for (const byte of rest) w.bool(byte !== 0)
      },
    })

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'a length of -1': { opcode: EXISTS, strike: (peer) => peer.socket.write(intBytes(-1)) },
  'a length of 2^31 - 1, then 100 MB': {
    opcode: GET_DATA,
    strike: (peer, { xid }) => {
      peer.socket.write(beginning(0x7fffffff, xid))
      pour(peer, Buffer.alloc(65_536), 100 * MB)
    },
  },
  'an answer to exists of 200 MB': {
    opcode: EXISTS,
    strike: (peer, { xid }) => {
      peer.socket.write(beginning(200 * MB, xid))
      pour(peer, Buffer.alloc(65_536), 200 * MB)
    },
  },
  'a list of 200 MB, above the soft limit': {
    opcode: GET_CHILDREN,
    withinLimits: true,
    strike: (peer, { xid }) => {
      peer.socket.write(beginning(200 * MB, xid))
      pour(peer, Buffer.alloc(65_536), 200 * MB)
    },
  },
  'single bytes of a frame of 60 MB': {
    opcode: GET_DATA,
    strike: (peer, { xid }) => {
      peer.socket.setNoDelay(true)
      peer.socket.write(beginning(60 * MB, xid))
      const timer = setInterval(() => peer.socket.write(Buffer.alloc(1)), 1)
      peer.socket.on('close', () => clearInterval(timer))
    },
  },
  'frames of 0 bytes': { opcode: EXISTS, strike: (peer) => pour(peer, Buffer.alloc(65_536), 50 * MB) },
  '50 MB of notifications': { opcode: EXISTS, strike: (peer) => pour(peer, repeated(event), 50 * MB) },
  '50 MB of answers to pings': { opcode: EXISTS, strike: (peer) => pour(peer, repeated(pong), 50 * MB) },
  'the answer to another request': { opcode: EXISTS, strike: (peer, { xid }) => peer.reply(xid + 7) },
  'a list of 2^31 - 1 names': { opcode: GET_CHILDREN, strike: list(0x7fffffff, Buffer.alloc(0)) },
  'a name of 2^31 - 1 bytes': { opcode: GET_CHILDREN, strike: list(1, intBytes(0x7fffffff)) },
  'the end in the middle of a frame': {
    opcode: GET_DATA,
    strike: (peer, { xid }) => peer.socket.end(Buffer.concat([beginning(300_000, xid), Buffer.alloc(1000)])),
  },
}

/** Answers everything by what fits every read. */
function answer(peer: Peer, request: FakeRequest): void {
  if (!answerPing(peer, request)) peer.reply(request.xid, { body: (w) => writeStat(w.int(0)).int(0) })
}

export const FRIENDLY: Script = { onRequest: answer }

export function scriptOf({ opcode, strike }: Attack): Script {
  const struck = new WeakSet<Peer>()
  return {
    onRequest: (peer, request) => {
      if (struck.has(peer) && request.opcode === opcode) return
      if (request.opcode !== opcode) {
        answer(peer, request)
        return
      }
      struck.add(peer)
      strike(peer, request)
    },
  }
}
