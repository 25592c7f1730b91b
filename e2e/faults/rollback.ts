import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type SandboxEnsemble, startEnsemble } from '../sandbox/ensemble'
import type { SandboxServer } from '../sandbox/server'
import { until } from '../sandbox/until'
import { type Fault, judged, type Line, ms } from './fault'
import { attemptsLine, churnLine, comparison, guestLine, sentinelsRightAt } from './recovery'
import { changeSentinels, prepareSentinels, SENTINEL_DIRECTORIES, SENTINEL_NODES } from './sentinels'
import { Site } from './site'

const shown = { directories: SENTINEL_DIRECTORIES, nodes: SENTINEL_NODES, prepare: prepareSentinels }

const dataOf = (server: SandboxServer) => join(server.folder, 'data')
const copyOf = (server: SandboxServer) => join(server.folder, 'copy')

async function copy(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await cp(from, to, { recursive: true })
}

async function restartAll({ servers }: SandboxEnsemble, between: (server: SandboxServer) => Promise<void>) {
  await Promise.all(servers.map((server) => server.stop()))
  for (const server of servers) await between(server)
  for (const server of servers) server.launch()
  await Promise.all(servers.map((server) => server.serving()))
}

/** The inspector has dropped what it knew and says so, with both zxids. */
function toldOfRollback(site: Site, since: number, timeoutMs = 90_000) {
  return site.inspector.heard('the rollback is told', 'connection', ({ view }) => view.rolledBack !== null, {
    since,
    timeoutMs,
  })
}

export const F11: Fault = {
  id: 'F11',
  what: 'all servers stopped, their data replaced by an older copy, started again',
  async run() {
    const site = await Site.start(shown)
    const lines: Line[] = []
    try {
      await site.pauseChurn()
      await restartAll(site.ensemble, (server) => copy(dataOf(server), copyOf(server)))
      await site.inspector.becomes('connected', { since: Date.now() - 1_000, timeoutMs: 60_000 })
      await site.goChurn()
      await changeSentinels(site.other)
      await delay(5_000)
      await site.pauseChurn()
      const at = Date.now()
      await restartAll(site.ensemble, (server) => copy(copyOf(server), dataOf(server)))
      const serving = Date.now()
      const { at: toldAt, view } = await toldOfRollback(site, at)
      const rolledBack = view.rolledBack
      const { at: connected } = await site.inspector.becomes('connected', { since: at, timeoutMs: 60_000 })
      // The truth-teller's own session is refused for ever too.
      const right = await freshTruth(site, () => sentinelsRightAt(site))
      lines.push(
        judged(
          'found out <= 15 s',
          `${ms(Math.max(0, toldAt - serving))} after the servers serve`,
          toldAt - serving <= 15_000,
        ),
        judged(
          'a banner names both zxids',
          rolledBack ? `${rolledBack.from} -> ${rolledBack.to}` : 'none',
          rolledBack !== null && BigInt(rolledBack.to) < BigInt(rolledBack.from),
        ),
        judged('a new session, everything right <= 3 s later', ms(right - connected), right - connected <= 3_000),
        await freshTruth(site, () => comparison(site)),
        attemptsLine(site.inspector, at, toldAt, site.ensemble),
        guestLine(site.inspector, at),
      )
    } finally {
      await site.stop()
    }
    return [...lines, churnLine(site)]
  },
}

/** The session that tells the truth has seen the future as well. */
async function freshTruth<T>(site: Site, work: () => Promise<T>): Promise<T> {
  await site.renewOther()
  return work()
}

/** AdminServer's commands ask for credentials, any, and then what the root's ACL allows them: everything. */
const ADMIN = { authorization: 'digest admin:admin' }
const ADMIN_FLAGS = ['-Dzookeeper.admin.rateLimiterIntervalInMS=0']

async function snapshot(server: SandboxServer): Promise<ArrayBuffer> {
  const url = `http://127.0.0.1:${server.adminPort}/commands/snapshot?streaming=true`
  const response = await fetch(url, { headers: ADMIN })
  if (!response.ok) throw new Error(`snapshot: ${response.status} ${await response.text()}`)
  return response.arrayBuffer()
}

async function restore(server: SandboxServer, image: ArrayBuffer): Promise<void> {
  const url = `http://127.0.0.1:${server.adminPort}/commands/restore`
  const headers = { ...ADMIN, 'content-type': 'application/octet-stream' }
  const response = await fetch(url, { method: 'POST', headers, body: image })
  if (!response.ok) throw new Error(`restore: ${response.status} ${await response.text()}`)
}

async function restoreOlder(): Promise<Line[]> {
  const site = await Site.start({ ...shown, servers: 1, jvmFlags: ADMIN_FLAGS })
  const lines: Line[] = []
  try {
    const [server] = site.ensemble.servers
    if (!server) throw new Error('no server')
    const image = await snapshot(server)
    await changeSentinels(site.other)
    await delay(5_000)
    const at = Date.now()
    await restore(server, image)
    const restored = Date.now()
    const { at: toldAt, view } = await toldOfRollback(site, at)
    const { at: connected } = await site.inspector.becomes('connected', { since: toldAt, timeoutMs: 30_000 })
    const right = await freshTruth(site, () => sentinelsRightAt(site))
    lines.push(
      judged(
        'lower zxid: told <= 2 s',
        `${ms(Math.max(0, toldAt - restored))}, ${view.rolledBack?.from} -> ${view.rolledBack?.to}`,
        toldAt - restored <= 2_000,
      ),
      judged('lower zxid: everything right <= 3 s later', ms(right - connected), right - connected <= 3_000),
      await freshTruth(site, () => comparison(site)),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

/**
 * The same sessions, other content, a higher zxid: a copy of the server's data is started, changed, and its snapshot is
 * restored into the first. Neither the zxid nor the connection tells; the watch is gone without a word.
 */
async function restoreNewer(): Promise<Line[]> {
  const site = await Site.start({ ...shown, servers: 1, jvmFlags: ADMIN_FLAGS, churn: 0 })
  const double = await startEnsemble({ servers: 1, tickTimeMs: 2_000, jvmFlags: ADMIN_FLAGS })
  const lines: Line[] = []
  try {
    const [server] = site.ensemble.servers
    const [twin] = double.servers
    if (!server || !twin) throw new Error('no server')
    await twin.stop()
    await copy(dataOf(server), dataOf(twin))
    twin.launch()
    await twin.serving()
    await site.renewOther(double.connect)
    await changeSentinels(site.other)
    const image = await snapshot(twin)
    const before = site.inspector.sessionIds()
    const at = Date.now()
    await restore(server, image)
    const restored = Date.now()
    await site.renewOther()
    const right = await sentinelsRightAt(site, 180_000)
    const kept = site.inspector.sessionIds().length === before.length
    lines.push(
      judged(
        'higher zxid: right <= 60 s by the audit',
        `${ms(right - restored)}, ${kept ? 'on the same session' : 'with a new session'}`,
        right - restored <= 60_000,
      ),
      await comparison(site),
    )
    await site.other.create('/faults/s/after', null)
    const live = await until('later changes are told again', async () => {
      const told = site.inspector
        .all('nodes', at)
        .some(({ nodes }) => nodes.some(({ path }) => path.endsWith('/after')))
      return told ? Date.now() : null
    }).catch(() => null)
    lines.push(judged('higher zxid: the watch is registered again', live === null ? 'no' : 'yes', live !== null))
  } finally {
    await site.stop()
    await double.stop()
  }
  return lines
}

export const F12: Fault = {
  id: 'F12',
  what: 'online restore by AdminServer, the connection kept',
  run: async () => [...(await restoreOlder()), ...(await restoreNewer())],
}
