import type { Server } from './connect-string'
import { openSocket } from './open-socket'
import type { TlsOptions } from './security'

const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Asks a server one of its four-letter words (NIOServerCnxn.checkFourLetterWord) on a connection of its own and resolves
 * with all that it says until it closes. Only 'srvr' is allowed everywhere; others answer that they are not in the whitelist.
 * Rejects with the socket's error, or with Error when the answer takes too long or has more than 16 MiB.
 */
export function askFourLetterWord(
  server: Server,
  word: 'srvr',
  { timeoutMs, tls }: { readonly timeoutMs: number; readonly tls?: TlsOptions | undefined },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(server, { tls }, () => socket.write(word))
    const chunks: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => socket.destroy(new Error(`no answer to ${word} in ${timeoutMs} ms`)), timeoutMs)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > LONGEST_ANSWER_BYTES) socket.destroy(new Error(`the answer to ${word} is too long`))
    })
    socket.once('error', reject)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks, length).toString('utf8'))
    })
  })
}
