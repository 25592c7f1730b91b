import { setTimeout as delay } from 'node:timers/promises'
import { OPCODE } from '@/lib/zookeeper/opcodes'
import { type FakeRequest, type Peer, startFakeServer, writeStat } from '@/lib/zookeeper/testing/fake-server'
import { until } from '../sandbox/until'
import { type Fault, judged, type Line, megabytes, ms } from './fault'
import { Inspector } from './inspector'
import { rss } from './recovery'

const FOR_MS = 6_000
const PING = 11

type Attack = (peer: Peer, request: FakeRequest) => void

const length =
  (bytes: number): Attack =>
  ({ socket }) => {
    const header = Buffer.alloc(4)
    header.writeInt32BE(bytes)
    socket.write(header)
  }

/** Sent in answer to whatever is asked first; pings are answered. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  'length -1': length(-1),
  'length 2^31-1': length(0x7fffffff),
  'length 0': length(0),
  'length 2^30, endless': (peer) => {
    length(0x40000000)(peer, null as never)
    const chunk = Buffer.alloc(65_536, 1)
    const pour = () => {
      while (!peer.socket.destroyed && peer.socket.write(chunk));
      if (!peer.socket.destroyed) peer.socket.once('drain', pour)
    }
    pour()
  },
  'truncated and closed': ({ socket }) => {
    const half = Buffer.alloc(100_000)
    half.writeInt32BE(300_000)
    socket.end(half)
  },
  'wrong xid': (peer, { xid }) => peer.reply(xid + 7),
  'bad UTF-8 in a name': (peer, { xid, opcode }) => {
    // Both kinds of question get an answer of their shape: data with its stat, or names with their stat.
    if (opcode === OPCODE.getChildren2)
      peer.reply(xid, { body: (w) => writeStat(w.int(1).buffer(Buffer.from([0xff, 0xfe, 0xc3, 0x28]))) })
    else peer.reply(xid, { body: (w) => (opcode === OPCODE.exists ? writeStat(w) : writeStat(w.buffer(null))) })
  },
  'vector of 2^31-1': (peer, { xid }) => peer.reply(xid, { body: (w) => w.int(0x7fffffff) }),
  'random bytes': ({ socket }) => {
    socket.write(Buffer.from(Array.from({ length: 4_096 }, () => Math.floor(Math.random() * 256))))
  },
  'answers nobody asked for': (peer) => {
    for (let i = 0; i < 1_000 && !peer.socket.destroyed; i++) peer.reply(1_000_000 + i)
  },
}

async function attacked(name: string, attack: Attack): Promise<Line> {
  const server = await startFakeServer({
    onRequest: (peer, request) => {
      if (request.opcode === PING) peer.reply(-2)
      // The watch is taken, so that the attack meets a reading.
      else if (request.opcode === OPCODE.addWatch) peer.reply(request.xid)
      else attack(peer, request)
    },
  })
  const inspector = new Inspector({ connect: server.connect, sessionTimeoutMs: 6_000 })
  try {
    const opened = inspector.ask({ ask: 'open', directories: ['/'], nodes: [] }).then(
      () => 'taken for names',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    await until('connected once', async () => server.peers.length > 0)
    const before = await rss(inspector)
    const read = await inspector.ask({ ask: 'read', path: '/a' })
    await delay(FOR_MS)
    const samples = inspector.all('sample').map((sample) => sample.rss)
    const grown = Math.max(0, (await rss(inspector)).rss - before.rss)
    const peak = Math.max(...samples) - before.rss
    // Names are refused where they are listed; everything else already fails the single read.
    const failed = read.failed ?? (await opened)
    const answered = !['OperationTimeout', 'Internal', 'taken for names'].includes(failed)
    const measured = `${failed} after ${ms(read.ms)}, ${server.peers.length} connections, RSS +${megabytes(grown)} (peak +${megabytes(peak)})`
    return judged(`${name}: a clear error, RSS < 20 MB more`, measured, answered && grown < 20 * 2 ** 20)
  } finally {
    await inspector.stop()
    await server.close()
  }
}

export const F17: Fault = {
  id: 'F17',
  what: 'hostile frames from a fake server (a process of its own is measured for 6 s)',
  async run() {
    const lines: Line[] = []
    for (const [name, attack] of Object.entries(ATTACKS)) lines.push(await attacked(name, attack))
    return lines
  },
}
