import { connect, type Socket } from 'node:net'

export interface RawSession {
  readonly sessionId: bigint
  readonly password: Buffer
  /** Negotiated, milliseconds. */
  readonly timeoutMs: number
  /** Ends the session on the server and resolves when the server has said so. */
  close(): Promise<void>
  /** Closes the connection as the death of its process would: the session lives on until it expires. */
  vanish(): void
}

const CLOSE_SESSION = -11

/**
 * The handshake of ZooKeeper's protocol and nothing else, written out byte by byte (zookeeper.jute, ConnectRequest): the
 * sandbox must not depend on the client that it serves to test. With an id and a password it takes over that session.
 * @throws Error when the server refuses, is not serving, or the session no longer exists.
 */
export async function openRawSession(
  port: number,
  resume: { readonly sessionId: bigint; readonly password: Buffer } = { sessionId: 0n, password: Buffer.alloc(16) },
): Promise<RawSession> {
  const socket = connect({ port, host: '127.0.0.1' })
  const frames = readFrames(socket)
  try {
    const request = Buffer.alloc(4 + 45)
    request.writeInt32BE(45, 0)
    // protocolVersion and lastZxidSeen stay 0: the server turns away whoever has seen more than it has.
    request.writeInt32BE(10_000, 16)
    request.writeBigInt64BE(resume.sessionId, 20)
    request.writeInt32BE(16, 28)
    resume.password.copy(request, 32, 0, 16)
    socket.write(request)

    const response = await frames.next()
    const timeoutMs = response.readInt32BE(4)
    if (timeoutMs <= 0) throw new Error('the session no longer exists')
    return {
      timeoutMs,
      sessionId: response.readBigInt64BE(8),
      password: Buffer.from(response.subarray(20, 36)),
      async close() {
        const close = Buffer.alloc(12)
        close.writeInt32BE(8, 0)
        close.writeInt32BE(1, 4)
        close.writeInt32BE(CLOSE_SESSION, 8)
        socket.write(close)
        await frames.next()
        socket.destroy()
      },
      vanish() {
        socket.destroy()
      },
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Length-prefixed frames of a socket, one at a time. */
function readFrames(socket: Socket): { next(): Promise<Buffer> } {
  let buffer = Buffer.alloc(0)
  let failure: Error | null = null
  let wake: () => void = () => {}
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')))
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    wake()
  })
  return {
    async next() {
      for (;;) {
        const length = buffer.length >= 4 ? buffer.readInt32BE(0) : Number.POSITIVE_INFINITY
        if (buffer.length >= 4 + length) {
          const frame = buffer.subarray(4, 4 + length)
          buffer = buffer.subarray(4 + length)
          return frame
        }
        if (failure !== null) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
