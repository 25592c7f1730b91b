import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { encodeFrame, Framing } from '../framing'
import { JuteReader, type JuteWriter } from '../jute'

const CLOSE_SESSION = -11
const take = () => 'take' as const
const SRVR = 'Zookeeper version: 3.9.6-fake, built on no day\n'

/** One connection to a {@link FakeServer}, which says whatever a test wants. */
export class Peer {
  /** Types of the requests received so far, the handshake not included. */
  readonly opcodes: number[] = []
  #sessionFrame: Buffer | null = null
  #zxid = 1n

  constructor(
    readonly socket: Socket,
    onRequest: (peer: Peer, request: FakeRequest) => void,
    onHello: (peer: Peer) => void,
    onSrvr: (peer: Peer) => void,
  ) {
    const framing = new Framing()
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      if (this.#sessionFrame === null && chunk.toString('latin1') === 'srvr') return onSrvr(this)
      framing.push(chunk)
      for (let frame = framing.next(take); frame !== null; frame = framing.next(take)) {
        const body = frame.rest()
        if (this.#sessionFrame === null) {
          this.#sessionFrame = body
          onHello(this)
        } else {
          const reader = new JuteReader(body)
          const request = { xid: reader.int(), opcode: reader.int(), reader, body }
          this.opcodes.push(request.opcode)
          if (request.opcode === CLOSE_SESSION) socket.end()
          else onRequest(this, request)
        }
      }
    })
  }

  /** The id of the session that the client wants to go on with, 0 for a new one. */
  get wantedSession(): bigint {
    return this.#sessionFrame?.readBigInt64BE(16) ?? -1n
  }

  get lastZxidSeen(): bigint {
    return this.#sessionFrame?.readBigInt64BE(4) ?? -1n
  }

  /** Whether the client is content with a server that has no quorum. */
  get wantsReadOnly(): boolean {
    return this.#sessionFrame?.at(-1) === 1
  }

  /** The session time-out that the client asked for. */
  get wantedTimeoutMs(): number {
    return this.#sessionFrame?.readInt32BE(12) ?? -1
  }

  accept({ timeoutMs = this.wantedTimeoutMs, sessionId = 0x1234n, readOnly = false } = {}): void {
    this.send((w) => w.int(0).int(timeoutMs).long(sessionId).buffer(Buffer.alloc(16, 7)).bool(readOnly))
  }

  reply(xid: number, options: { zxid?: bigint; err?: number; body?: (writer: JuteWriter) => unknown } = {}): void {
    // A server never answers with less than before on one connection.
    const { zxid = this.#zxid, err = 0, body } = options
    if (xid !== -1 && zxid > 0n) this.#zxid = zxid
    this.send((w) => {
      w.int(xid).long(zxid).int(err)
      body?.(w)
    })
  }

  notify(type: number, path: string, zxid = -1n): void {
    this.reply(-1, { zxid, body: (w) => w.int(type).int(3).string(path) })
  }

  send(write: (writer: JuteWriter) => unknown): void {
    this.socket.write(encodeFrame((w) => void write(w)))
  }
}

export interface FakeRequest {
  readonly xid: number
  readonly opcode: number
  readonly reader: JuteReader
  readonly body: Buffer
}

export interface FakeServer {
  readonly connect: string
  /** Every connection so far that has begun a handshake. */
  readonly peers: readonly Peer[]
  close(): Promise<void>
}

export interface Script {
  readonly onConnection?: (socket: Socket, index: number) => void
  /** Default: the session is accepted. */
  readonly onHello?: (peer: Peer, index: number) => void
  /** What it says to srvr; null: nothing, the connection is closed. Default: a server of 3.9.6. */
  readonly srvr?: () => string | null
  /** Default: pings are answered, and nothing else. */
  readonly onRequest?: (peer: Peer, request: FakeRequest, index: number) => void
}

/** A server on a free port of 127.0.0.1 that speaks ZooKeeper's protocol as badly as the script says. */
export async function startFakeServer(script: Script): Promise<FakeServer> {
  const peers: Peer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const index = peers.length
    const join = (peer: Peer) => {
      if (!peers.includes(peer)) peers.push(peer)
      return peers.indexOf(peer)
    }
    new Peer(
      socket,
      (from, request) => (script.onRequest ?? answerPing)(from, request, join(from)),
      (from) => {
        const place = join(from)
        if (script.onHello) script.onHello(from, place)
        else from.accept()
      },
      () => socket.end((script.srvr ?? (() => SRVR))() ?? ''),
    )
    script.onConnection?.(socket, index)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    connect: `127.0.0.1:${port}`,
    peers,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Returns true when the request was a ping. */
export function answerPing(peer: Peer, { opcode }: FakeRequest): boolean {
  if (opcode !== 11) return false
  peer.reply(-2)
  return true
}

/** class Stat with these values, the rest 0. */
export function writeStat(writer: JuteWriter, { mzxid = 0n, version = 0, dataLength = 0 } = {}): JuteWriter {
  writer.long(0n).long(mzxid).long(0n).long(0n).int(version).int(0).int(0).long(0n)
  return writer.int(dataLength).int(0).long(0n)
}
