import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface BreakableLink {
  /** "127.0.0.1:port" in place of the server's own address. */
  readonly connect: string
  /** true: bytes no longer pass, in neither direction, and nobody is told. */
  blackHole: boolean
  /** Breaks every connection. */
  cut(): void
  close(): Promise<void>
}

/** A link to a server of 127.0.0.1 that a test can break in ways a server on the same machine never does. */
export async function startBreakableLink(port: number): Promise<BreakableLink> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    keep(client)
    keep(upstream)
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (chunk) => {
        if (!proxy.blackHole) to.write(chunk)
      })
      from.on('close', () => {
        if (!proxy.blackHole) to.destroy()
      })
    }
    pass(client, upstream)
    pass(upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: BreakableLink = {
    connect: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    blackHole: false,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      proxy.cut()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
