import type { Server } from './connect-string'
import { openSocket } from './open-socket'
import { tlsFault } from './tls-fault'

/**
 * Whether a server answers a TLS handshake, be it by an alert. Nothing is sent on the connection, so that it does not
 * matter who answers.
 */
export function speaksTls(server: Server, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (spoken: boolean) => {
      clearTimeout(timer)
      resolve(spoken)
      socket.destroy()
    }
    const socket = openSocket(server, { tls: { insecure: true } }, () => end(true))
    const timer = setTimeout(() => end(false), timeoutMs)
    socket.once('error', (error) => {
      const code = tlsFault(error)?.code
      end(code !== undefined && code !== 'TlsNotSpoken')
    })
    socket.once('close', () => end(false))
  })
}
