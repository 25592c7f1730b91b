import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { createAll } from '../bench/fill'
import { type EnsembleOptions, type SandboxEnsemble, startEnsemble } from '../sandbox/ensemble'
import { type NetworkProxy as Link, startProxy } from '../sandbox/proxy'
import type { SandboxServer } from '../sandbox/server'
import { until } from '../sandbox/until'
import { Churn } from './churn'
import { differences, fingerprint } from './fingerprint'
import { Inspector } from './inspector'
import { readTruth } from './truth'

export const ROOT = '/faults'
const DIRECTORIES = 10
const CHILDREN = 100

export interface SiteOptions extends Partial<EnsembleOptions> {
  /** The inspector reaches the servers through links that can be broken. Default: directly. */
  readonly proxied?: boolean
  readonly sessionTimeoutMs?: number
  /** Names that the inspector knows in place of the servers' addresses, one for each, and their addresses. */
  readonly names?: Readonly<Record<string, string>>
  /** Writes a second of another client. Default: 260, of which somewhat more than 200 are acknowledged. 0: none. */
  readonly churn?: number
  /** Shown besides the ten directories of 100 children each. */
  readonly directories?: readonly string[]
  readonly nodes?: readonly string[]
  /** Before anybody connects. */
  readonly onServers?: (servers: readonly SandboxServer[]) => Promise<void>
  /** Before the inspector looks. */
  readonly prepare?: (other: Session) => Promise<void>
}

/** Real servers, another client that writes all the time, another session that knows the truth, and the inspector. */
export class Site {
  static async start(options: SiteOptions = {}): Promise<Site> {
    const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 2_000, ...options })
    const proxies: Link[] = []
    try {
      await options.onServers?.(ensemble.servers)
    } catch (error) {
      await ensemble.stop()
      throw error
    }
    if (options.proxied === true)
      for (const server of ensemble.servers) proxies.push(await startProxy(server.clientPort))
    const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 30_000 })
    const site = new Site(ensemble, proxies, other, options)
    try {
      await site.#open(options)
      return site
    } catch (error) {
      await site.stop()
      throw error
    }
  }

  readonly directories: readonly string[]
  readonly nodes: readonly string[]
  readonly inspector: Inspector
  #churn: Churn | null = null
  /** Written by the other client while the site was up; known after {@link stop}. */
  churned = { writes: 0, perSecond: 0 }

  private constructor(
    readonly ensemble: SandboxEnsemble,
    readonly proxies: readonly Link[],
    public other: Session,
    options: SiteOptions,
  ) {
    const folders = Array.from({ length: DIRECTORIES }, (_, index) => `${ROOT}/d${index}`)
    this.directories = [ROOT, ...folders, ...(options.directories ?? [])]
    this.nodes = options.nodes ?? folders.slice(0, 3).map((folder) => `${folder}/n0`)
    const via = proxies.length > 0 ? proxies : ensemble.servers
    this.inspector = new Inspector({
      connect: via.map(({ connect }, index) => named(connect, Object.keys(options.names ?? {})[index])).join(','),
      ...(options.sessionTimeoutMs === undefined ? {} : { sessionTimeoutMs: options.sessionTimeoutMs }),
    })
  }

  async #open({ churn = 260, prepare, names }: SiteOptions): Promise<void> {
    await createAll(this.other, [ROOT], null)
    const folders = Array.from({ length: DIRECTORIES }, (_, index) => `${ROOT}/d${index}`)
    await createAll(this.other, folders, null)
    const children = folders.flatMap((folder) => Array.from({ length: CHILDREN }, (_, index) => `${folder}/n${index}`))
    await createAll(this.other, children, Buffer.from('0'))
    await prepare?.(this.other)
    if (names) await this.inspector.ask({ ask: 'name', addresses: names })
    await this.inspector.ask({ ask: 'open', directories: this.directories, nodes: this.nodes })
    await this.inspector.becomes('connected')
    if (churn === 0) return
    this.#churn = new Churn(this.ensemble.connect, ROOT, DIRECTORIES, churn)
    await this.#churn.go()
  }

  /** The server that the inspector's watch is on, and the link to it. */
  ours(): { readonly server: SandboxServer; readonly proxy: Link | null } {
    const address = this.inspector.connection?.server ?? null
    const index =
      this.proxies.length > 0
        ? this.proxies.findIndex((proxy) => proxy.connect === address)
        : this.ensemble.servers.findIndex((server) => server.connect === address)
    const server = this.ensemble.servers[index]
    if (server === undefined) throw new Error(`the inspector is connected to none of the servers: ${address}`)
    return { server, proxy: this.proxies[index] ?? null }
  }

  /** Ends with the inspector on a follower, or on the leader. */
  async standOn(role: 'leader' | 'follower'): Promise<SandboxServer> {
    return until(
      `the inspector is connected to a ${role}`,
      async () => {
        const { server } = this.ours()
        if ((await server.mode()) === role) return server
        await this.#move()
        return null
      },
      { timeoutMs: 120_000, everyMs: 200 },
    )
  }

  /** Pausing its server makes it go elsewhere. */
  async #move(): Promise<void> {
    const { server } = this.ours()
    const since = Date.now()
    server.pause()
    await this.inspector.becomes('connected', { since, timeoutMs: 60_000 }).finally(() => server.resume())
    await this.inspector.heard('compared', 'connection', ({ view }) => view.status === 'connected' && !view.syncing, {
      since,
    })
    await until('everybody serves', async () => {
      const modes = await Promise.all(this.ensemble.servers.map((candidate) => candidate.mode()))
      return modes.every((mode) => mode === 'leader' || mode === 'follower')
    })
  }

  pauseChurn(): Promise<number> {
    return this.#churn?.pause() ?? Promise.resolve(0)
  }

  async goChurn(): Promise<void> {
    await this.#churn?.go()
  }

  /**
   * Stops the churn and compares what is shown with what another client reads.
   * Resolves with the differences that are left after `withinMs`, and how long it took until there were none.
   */
  async compare(withinMs = 15_000): Promise<{ readonly rows: number; readonly left: string[]; readonly ms: number }> {
    await this.pauseChurn()
    const quietAt = Date.now()
    const truth = await readTruth(this.other, this.directories, this.nodes)
    const wanted = fingerprint(truth)
    for (;;) {
      const equal = (await this.inspector.ask({ ask: 'fingerprint' })) === wanted
      const spent = Date.now() - quietAt
      if (equal) return { rows: Object.keys(truth).length, left: [], ms: spent }
      if (spent > withinMs) {
        const left = differences(await this.inspector.ask({ ask: 'rows' }), truth)
        // The truth itself may have moved: an ephemeral znode of a session that has just expired.
        const again = fingerprint(await readTruth(this.other, this.directories, this.nodes))
        if (again !== wanted) return this.compare(withinMs)
        return { rows: Object.keys(truth).length, left, ms: spent }
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** A new session for the truth: an old one may know more than a server that went back in time. */
  async renewOther(servers = this.ensemble.connect): Promise<void> {
    const before = this.other
    this.other = connect({ connect: servers, sessionTimeoutMs: 30_000 })
    await before.close()
    await this.other.exists('/')
  }

  async stop(): Promise<void> {
    for (const server of this.ensemble.servers) server.resume()
    await this.inspector.stop()
    if (this.#churn) this.churned = await this.#churn.stop()
    await this.other.close()
    await Promise.all(this.proxies.map((proxy) => proxy.close()))
    await this.ensemble.stop()
  }
}

/** The same port of a host with a name. */
function named(address: string, name: string | undefined): string {
  return name === undefined ? address : address.replace(/^.*(?=:)/, name)
}
