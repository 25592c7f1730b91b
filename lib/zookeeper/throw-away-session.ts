import type { Socket } from 'node:net'
import type { Server } from './connect-string'
import { CLOSE_FRAME } from './control-frames'
import { encodeFrame, Framing } from './framing'
import { decodeConnectAnswer, encodeConnectRequest } from './handshake'
import type { JuteWriter } from './jute'
import { openSocket } from './open-socket'
import type { StatusRequest } from './server-status'

const REPLY_HEADER_BYTES = 16
const LARGEST_ANSWER_BYTES = 1024 * 1024
/** The shortest that servers give; it ends at once anyway, unless the link breaks. */
const SESSION_MS = 4000

export interface Answer {
  readonly zxid: bigint
  readonly zkCode: number
}

/**
 * A session of its own on one server, for a question that could cost a session its connection, or that the server does
 * not answer to ours. It has seen nothing, so no server is behind it. One question at a time.
 */
export class ThrowAwaySession {
  readonly #framing = new Framing()
  #waiting: ((body: Buffer | null) => void) | null = null
  #xid = 0
  #gone = false

  private constructor(
    private readonly socket: Socket,
    timeoutMs: number,
  ) {
    const timer = setTimeout(() => socket.destroy(), timeoutMs)
    socket.on('error', () => undefined) // 'close' follows.
    socket.once('close', () => {
      clearTimeout(timer)
      this.#gone = true
      this.#hand(null)
    })
    socket.on('data', (chunk) => {
      this.#framing.push(chunk)
      try {
        for (let body = this.#next(); body !== null; body = this.#next()) this.#hand(body)
      } catch {
        socket.destroy() // Not the protocol of ZooKeeper.
      }
    })
  }

  /** All of it, questions included, may take `timeoutMs`. Resolves with null when the server does not take the session. */
  static async open(server: Server, { timeoutMs, tls }: StatusRequest): Promise<ThrowAwaySession | null> {
    let ready: () => void = () => undefined
    const isReady = new Promise<void>((resolve) => {
      ready = resolve
    })
    const socket = openSocket(server, { tls }, ready)
    const session = new ThrowAwaySession(socket, timeoutMs)
    socket.once('close', ready)
    await isReady
    const nobody = { sessionId: Buffer.alloc(8), password: Buffer.alloc(16) }
    const body = await session.#send(encodeConnectRequest({ lastZxid: 0n, timeoutMs: SESSION_MS, ...nobody }))
    const answer = body === null ? null : decodeConnectAnswer(body)
    // A server that has lost its quorum says nothing about the ensemble.
    if (answer?.type === 'accepted' && !answer.readOnly) return session
    session.socket.destroy()
    return null
  }

  /** The header of the answer; null when the server closed the connection instead, or took too long. */
  async ask(opcode: number, encode: (writer: JuteWriter) => unknown = () => undefined): Promise<Answer | null> {
    this.#xid += 1
    const body = await this.#send(encodeFrame((writer) => encode(writer.int(this.#xid).int(opcode))))
    if (body === null || body.length < REPLY_HEADER_BYTES) return null
    return { zxid: body.readBigInt64BE(4), zkCode: body.readInt32BE(12) }
  }

  /** Ends it on the server too, without waiting for that. */
  close(): void {
    if (!this.#gone) this.socket.end(CLOSE_FRAME)
  }

  #next(): Buffer | null {
    const frame = this.#framing.next((length) => (length <= LARGEST_ANSWER_BYTES ? 'take' : 'break'))
    return frame === null ? null : frame.rest()
  }

  #send(frame: Buffer): Promise<Buffer | null> {
    if (this.#gone) return Promise.resolve(null)
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.socket.write(frame)
    })
  }

  #hand(body: Buffer | null): void {
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.(body)
  }
}
