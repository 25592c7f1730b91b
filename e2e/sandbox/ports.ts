import { createServer } from 'node:net'

// Below 32768 the kernel hands out no port to outgoing connections, so none is taken between our look and the bind.
const FIRST = 20_000
const LAST = 32_000

const given = new Set<number>()

/**
 * Free TCP ports of 127.0.0.1, each given only once by this process. Another process may still be faster than the
 * server that gets it: whoever binds it must be ready to ask again.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    if (given.size > LAST - FIRST) given.clear()
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) ports.push(port)
  }
  return ports
}

/** Whether nothing listens on the port of 127.0.0.1, nor on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
