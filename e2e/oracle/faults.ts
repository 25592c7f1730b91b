import { setTimeout as delay } from 'node:timers/promises'
import { fromHex } from '@/lib/znode/stat'
import type { SandboxEnsemble } from '../sandbox/ensemble'
import type { NetworkProxy, ProxyMode } from '../sandbox/proxy'
import type { SandboxServer } from '../sandbox/server'
import type { Random } from '../sandbox/workload/random'
import type { ZoolensProcess } from './zoolens-process'

export const SESSION_MS = 6_000

export interface Site {
  readonly ensemble: SandboxEnsemble
  /** Between Zoolens and the server with the same index; the other client goes around them. */
  readonly proxies: readonly NetworkProxy[]
  readonly zoolens: ZoolensProcess
  readonly random: Random
}

export interface Fault {
  readonly name: string
  /** Does it, and undoes what {@link heal} would undo too. */
  run(site: Site): Promise<void>
}

/** What may happen in the midst of any other fault. */
export const BETWEEN: readonly Fault[] = [
  { name: 'connection cut', run: async (site) => cut(site) },
  { name: 'connections cut in a row', run: (site) => cutOften(site, 50, 900) },
  { name: 'slow network', run: (site) => slow(site, () => delay(ms(site, 1_000, 4_000))) },
]

/** Everything that the random runs go through, each as often as the others. */
export const FAULTS: readonly Fault[] = [
  { name: 'kill -9 of a follower', run: async (site) => killed(site, await follower(site)) },
  { name: 'kill -9 of the leader', run: async (site) => killed(site, await site.ensemble.leader()) },
  { name: 'kill -9 of the connected server', run: async (site) => killed(site, await connected(site)) },
  { name: 'pause of the connected server', run: async (site) => paused(site, await connected(site)) },
  { name: 'pause of the leader', run: async (site) => paused(site, await site.ensemble.leader()) },
  { name: 'partition from one server', run: (site) => switched(site, 'black-hole', 'connected') },
  { name: 'partition from all servers', run: (site) => switched(site, 'black-hole', 'all') },
  { name: 'partition, to Zoolens only', run: (site) => switched(site, 'deaf', 'connected') },
  { name: 'partition, from Zoolens only', run: (site) => switched(site, 'mute', 'connected') },
  ...BETWEEN,
  { name: 'slow network, cut in a row', run: (site) => slow(site, () => cutOften(site, 100, 1_500)) },
  { name: 'session ended', run: (site) => expired(site) },
  { name: 'session ended, then cut in a row', run: (site) => expired(site).then(() => cutOften(site, 20, 400)) },
  { name: 'Zoolens frozen', run: (site) => frozen(site, ms(site, 300, 3_000)) },
  { name: 'Zoolens frozen beyond its session', run: (site) => frozen(site, SESSION_MS * 1.5) },
  { name: 'rolling restart', run: rollingRestart },
  { name: 'no quorum', run: noQuorum },
]

/** Ends whatever is still wrong; resolves when every server serves. */
export async function heal({ ensemble, proxies, zoolens }: Site): Promise<void> {
  zoolens.thaw()
  for (const proxy of proxies) {
    proxy.delayMs = 0
    proxy.mode = 'forward'
  }
  for (const server of ensemble.servers) {
    server.resume()
    server.launch()
  }
  await Promise.all(ensemble.servers.map((server) => server.serving()))
}

function ms({ random }: Site, low: number, high: number): number {
  return random.between(low, high)
}

async function connectedIndex({ zoolens, proxies, random }: Site): Promise<number> {
  const { server } = await zoolens.state()
  const index = proxies.findIndex((proxy) => proxy.connect === server)
  return index === -1 ? random.between(0, proxies.length - 1) : index
}

async function connected(site: Site): Promise<SandboxServer> {
  return site.ensemble.servers[await connectedIndex(site)] as SandboxServer
}

async function follower({ ensemble, random }: Site): Promise<SandboxServer> {
  const leader = await ensemble.leader()
  const followers = ensemble.servers.filter((server) => server !== leader)
  return followers[random.between(0, followers.length - 1)] as SandboxServer
}

async function killed(site: Site, server: SandboxServer): Promise<void> {
  await server.kill()
  await delay(ms(site, 200, 4_000))
  server.launch()
}

async function paused(site: Site, server: SandboxServer): Promise<void> {
  server.pause()
  await delay(ms(site, 300, 7_000))
  server.resume()
}

async function switched(site: Site, mode: ProxyMode, which: 'connected' | 'all'): Promise<void> {
  const only = site.proxies[await connectedIndex(site)] as NetworkProxy
  const proxies = which === 'all' ? site.proxies : [only]
  for (const proxy of proxies) proxy.mode = mode
  await delay(ms(site, 300, SESSION_MS * 1.5))
  for (const proxy of proxies) proxy.mode = 'forward'
}

function cut({ proxies }: Site): void {
  for (const proxy of proxies) proxy.cut()
}

/** Often right in the comparison that the last cut was the cause of. */
async function cutOften(site: Site, low: number, high: number): Promise<void> {
  for (let times = site.random.between(3, 8); times > 0; times--) {
    cut(site)
    await delay(ms(site, low, high))
  }
  cut(site)
}

async function slow(site: Site, during: () => Promise<void>): Promise<void> {
  const delayMs = ms(site, 5, 150)
  for (const proxy of site.proxies) proxy.delayMs = delayMs
  await during()
  for (const proxy of site.proxies) proxy.delayMs = 0
}

async function expired({ ensemble, zoolens }: Site): Promise<void> {
  const { sessionId } = await zoolens.state()
  // Already ended, or the server is away: another time.
  await ensemble.expireSession(fromHex(sessionId)).catch(() => undefined)
}

async function frozen({ zoolens }: Site, forMs: number): Promise<void> {
  zoolens.freeze()
  await delay(forMs)
  zoolens.thaw()
}

async function rollingRestart({ ensemble }: Site): Promise<void> {
  for (const server of ensemble.servers) await server.restart()
}

async function noQuorum(site: Site): Promise<void> {
  const { servers } = site.ensemble
  const others = servers.slice(Math.floor(servers.length / 2))
  await Promise.all(others.map((server) => server.kill()))
  await delay(ms(site, 500, 6_000))
  for (const server of others) server.launch()
}
