import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Framing } from '../framing'

const take = () => 'take' as const

/** What becomes of the request at which the link breaks. */
export type Cut =
  | 'lost' // it never reaches the server
  | 'answered' // the server does it, and its answer is lost
  | 'late' // it reaches the server on its old connection when release() says so

export interface CuttingLink {
  /** "127.0.0.1:port" in place of the server's own address. */
  readonly connect: string
  /**
   * Breaks the connection at the next request of one of these types. New connections wait until `meanwhile` has come to
   * its end. Resolves with the error code of the server's answer, null when there was none.
   */
  cutAt(opcodes: readonly number[], cut: Cut, meanwhile?: () => Promise<unknown>): Promise<number | null>
  /** Lets the late request through; resolves with the error code of its answer, null when the server closed instead. */
  release(): Promise<number | null>
  close(): Promise<void>
}

interface Armed {
  readonly opcodes: readonly number[]
  readonly cut: Cut
  readonly meanwhile: () => Promise<unknown>
  readonly done: (zkCode: number | null) => void
}

/** A link to a server of 127.0.0.1 that breaks exactly between a request and its answer. */
export async function startCuttingLink(port: number): Promise<CuttingLink> {
  const sockets = new Set<Socket>()
  let armed: Armed | null = null
  let open: Promise<unknown> = Promise.resolve()
  let late: (() => Promise<number | null>) | null = null
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }

  const join = (client: Socket) => {
    const upstream = connect(port, '127.0.0.1')
    keep(upstream)
    let greeted = false
    let kept = true
    let onAnswer: ((xid: number, zkCode: number) => boolean) | null = null
    client.on('close', () => {
      if (kept) upstream.destroy()
    })
    upstream.on('close', () => client.destroy())
    forward(client, upstream, (frame) => {
      const opcode = greeted ? frame.readInt32BE(8) : 0
      greeted = true
      if (armed?.opcodes.includes(opcode) !== true) return true
      const { cut, meanwhile, done } = armed
      armed = null
      const xid = frame.readInt32BE(4)
      const finish = (zkCode: number | null) => {
        open = meanwhile().catch(() => undefined)
        client.destroy()
        done(zkCode)
      }
      const answered = new Promise<number | null>((resolve) => {
        onAnswer = (of, zkCode) => {
          if (of === xid) resolve(zkCode)
          return of !== xid
        }
        upstream.once('close', () => resolve(null))
      })
      if (cut === 'answered') {
        void answered.then(finish)
        return true
      }
      if (cut === 'late') {
        kept = false
        late = () => {
          upstream.write(frame)
          return answered
        }
      }
      finish(null)
      return false
    })
    let first = true
    forward(upstream, client, (frame) => {
      const answer = !first && onAnswer !== null && frame.length >= 20
      first = false
      return answer && onAnswer !== null ? onAnswer(frame.readInt32BE(4), frame.readInt32BE(16)) : true
    })
  }
  const server = createServer((client) => {
    keep(client)
    client.pause()
    void open.then(() => {
      join(client)
      client.resume()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    connect: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAt: (opcodes, cut, meanwhile = () => Promise.resolve()) =>
      new Promise((done) => {
        armed = { opcodes, cut, meanwhile, done }
      }),
    release: () => late?.() ?? Promise.resolve(null),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Hands on whole frames (length included), as long as `pass` says so. */
function forward(from: Socket, to: Socket, pass: (frame: Buffer) => boolean): void {
  const framing = new Framing()
  let framed: boolean | null = null
  from.on('data', (chunk) => {
    // A four-letter word and its answer are plain text; no frame is as long as that would be.
    framed ??= !/^[a-zA-Z]{4}/.test(chunk.toString('latin1', 0, 4))
    if (!framed) {
      to.write(chunk)
      return
    }
    framing.push(chunk)
    for (let reader = framing.next(take); reader !== null; reader = framing.next(take)) {
      const body = reader.rest()
      const frame = Buffer.alloc(body.length + 4)
      frame.writeInt32BE(body.length)
      body.copy(frame, 4)
      if (pass(frame)) to.write(frame)
    }
  })
}
