import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type ProxyMode = 'forward' | 'black-hole' | 'deaf' | 'mute'

export interface NetworkProxy {
  /** "127.0.0.1:port" in place of the server's own address. */
  readonly connect: string
  /**
   * forward; black-hole: no byte passes and nobody is told, not even of a closed connection; deaf: the client no longer
   * hears the server; mute: the server no longer hears the client. What was held back passes when the mode ends, as a
   * network's retransmissions do.
   */
  mode: ProxyMode
  /** Every chunk, and every end of a connection, is this late, ms. */
  delayMs: number
  /** Connections now. */
  readonly connections: number
  /** Breaks every connection; what was on the way is lost. */
  cut(): void
  close(): Promise<void>
}

/** A link to a port of 127.0.0.1 that can fail in the ways in which a network fails. */
export async function startProxy(port: number): Promise<NetworkProxy> {
  const pairs = new Set<Pair>()
  const server = createServer((client) => {
    const pair = new Pair(client, connect(port, '127.0.0.1'), proxy, () => pairs.delete(pair))
    pairs.add(pair)
  })
  let mode: ProxyMode = 'forward'
  const proxy: NetworkProxy = {
    connect: '',
    delayMs: 0,
    get mode() {
      return mode
    },
    set mode(next) {
      mode = next
      for (const pair of pairs) pair.pump()
    },
    get connections() {
      return pairs.size
    },
    cut() {
      for (const pair of pairs) pair.cut()
    },
    async close() {
      proxy.cut()
      server.close()
      await once(server, 'close')
    },
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(proxy, { connect: `127.0.0.1:${(server.address() as AddressInfo).port}` })
}

/** null is the end of the connection. */
interface Late {
  readonly at: number
  readonly chunk: Buffer | null
}

/** One connection through the proxy: both of its sockets, and what is on the way between them. */
class Pair {
  readonly #up: Direction
  readonly #down: Direction

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    proxy: NetworkProxy,
    private readonly gone: () => void,
  ) {
    this.#up = new Direction(client, server, proxy, 'mute', () => this.cut())
    this.#down = new Direction(server, client, proxy, 'deaf', () => this.cut())
  }

  pump(): void {
    this.#up.pump()
    this.#down.pump()
  }

  cut(): void {
    this.#up.stop()
    this.#down.stop()
    this.client.destroy()
    this.server.destroy()
    this.gone()
  }
}

class Direction {
  #late: Late[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(
    from: Socket,
    private readonly to: Socket,
    private readonly proxy: NetworkProxy,
    private readonly heldBy: ProxyMode,
    private readonly ended: () => void,
  ) {
    from.setNoDelay(true)
    from.on('data', (chunk) => this.#add(chunk))
    from.on('error', () => undefined)
    from.on('close', () => this.#add(null))
  }

  /** Hands on what is due. */
  pump(): void {
    clearTimeout(this.#timer)
    if (this.proxy.mode === 'black-hole' || this.proxy.mode === this.heldBy) return
    for (let first = this.#late[0]; first; first = this.#late[0]) {
      const wait = first.at - performance.now()
      if (wait > 0) {
        this.#timer = setTimeout(() => this.pump(), wait)
        return
      }
      this.#late.shift()
      if (first.chunk === null) this.ended()
      else this.to.write(first.chunk)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#late = []
  }

  #add(chunk: Buffer | null): void {
    // Never before what came earlier, when the delay has become shorter meanwhile.
    const at = Math.max(performance.now() + this.proxy.delayMs, this.#late.at(-1)?.at ?? 0)
    this.#late.push({ at, chunk })
    this.pump()
  }
}
