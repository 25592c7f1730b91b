import type { Server } from './connect-string'
import { onAbort } from './on-abort'
import { openSocket } from './open-socket'
import type { TlsOptions } from './security'

export type FourLetterWord = 'srvr' | 'cons' | 'dump' | 'wchp' | 'conf' | 'mntr'

export interface WordRequest {
  readonly timeoutMs: number
  readonly tls?: TlsOptions | undefined
  /** A longer answer ends the connection. Default: 16 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/** The server would have said more than was asked for. */
export class AnswerTooLarge extends Error {}

const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Asks a server one of its four-letter words (NIOServerCnxn.checkFourLetterWord) on a connection of its own and resolves
 * with all that it says until it closes. Only 'srvr' is allowed everywhere; others answer that they are not in the whitelist.
 * Rejects with the socket's error, with AnswerTooLarge, or with Error when the answer takes too long or is not wanted any more.
 */
export function askFourLetterWord(
  server: Server,
  word: FourLetterWord,
  { timeoutMs, tls, maxBytes = LONGEST_ANSWER_BYTES, signal }: WordRequest,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(server, { tls }, () => socket.write(word))
    const chunks: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => socket.destroy(new Error(`no answer to ${word} in ${timeoutMs} ms`)), timeoutMs)
    const stop = () => socket.destroy(new Error(`${word} is not wanted any more`))
    const forget = signal === undefined ? null : onAbort(signal, stop)
    if (signal?.aborted) stop()
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBytes) socket.destroy(new AnswerTooLarge(`the answer to ${word} is too long`))
    })
    socket.once('error', reject)
    socket.once('close', () => {
      clearTimeout(timer)
      forget?.()
      resolve(Buffer.concat(chunks, length).toString('utf8'))
    })
  })
}
