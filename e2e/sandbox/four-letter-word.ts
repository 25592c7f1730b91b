import { connect } from 'node:net'

/**
 * Sends a four-letter word to a client port of 127.0.0.1 and returns the whole answer, '' when the server just closes.
 * @throws Error when nobody listens or nothing comes within the time.
 */
export function fourLetterWord(port: number, word: string, timeoutMs = 2_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const chunks: Buffer[] = []
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${word}: no answer within ${timeoutMs} ms`)))
    socket.once('connect', () => socket.write(word))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.once('end', () => {
      socket.destroy()
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
    socket.once('error', reject)
  })
}
