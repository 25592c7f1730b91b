import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, judged, type Line, ms, told } from './fault'
import {
  attemptsLine,
  churnLine,
  comparison,
  expiries,
  guestLine,
  memoryLine,
  noExpiry,
  reconnectedAt,
  rss,
  sentinelsRightAt,
  staleAfter,
} from './recovery'
import { changeSentinels, prepareSentinels, SENTINEL_DIRECTORIES, SENTINEL_NODES } from './sentinels'
import { Site } from './site'
import { describeWrites, prepareWrites, verifyWrites, WRITES } from './written'

const T = 30_000
const shown = { directories: SENTINEL_DIRECTORIES, nodes: SENTINEL_NODES, prepare: prepareSentinels }
const PROXY = 'a TCP proxy that swallows everything stands in for iptables DROP, which needs privileges'

export const F5: Fault = {
  id: 'F5',
  what: `the link to the connected server swallows everything for 60 s (${PROXY})`,
  async run() {
    const site = await Site.start({
      ...shown,
      proxied: true,
      prepare: async (other) => {
        await prepareSentinels(other)
        await prepareWrites(other)
      },
    })
    const lines: Line[] = []
    try {
      const { proxy } = site.ours()
      if (!proxy) throw new Error('no proxy')
      await site.inspector.ask({ ask: 'start-writes', root: WRITES, perSecond: 30 })
      await delay(2_000)
      const at = Date.now()
      proxy.mode = 'black-hole'
      const changed = await changeSentinels(site.other)
      const rightAt = sentinelsRightAt(site)
      const stale = await staleAfter(site.inspector, at)
      const connected = await reconnectedAt(site.inspector, at)
      const right = Math.max(0, (await rightAt) - Math.max(connected, changed))
      await delay(Math.max(0, at + 60_000 - Date.now()))
      proxy.mode = 'forward'
      const verified = await verifyWrites(site.other, await site.inspector.ask({ ask: 'stop-writes' }))
      for (const line of verified.wrong.slice(0, 5)) process.stderr.write(`    ${line}\n`)
      lines.push(
        judged('stale <= 5 s', ms(stale), stale <= 5_000),
        judged('connected elsewhere <= 10 s', ms(connected - at), connected - at <= 10_000),
        judged('view right <= 2 s after that', ms(right), right <= 2_000),
        judged('outcome of a write in flight: 0 wrong', describeWrites(verified), verified.wrong.length === 0),
        await comparison(site),
        noExpiry(site.inspector, at),
        attemptsLine(site.inspector, at, Date.now(), site.ensemble),
        guestLine(site.inspector, at),
      )
    } finally {
      await site.stop()
    }
    return [...lines, churnLine(site)]
  },
}

async function partition(forMs: number, name: string, sameSession: boolean): Promise<Line[]> {
  const site = await Site.start({ ...shown, proxied: true })
  const lines: Line[] = []
  try {
    const before = await rss(site.inspector)
    const at = Date.now()
    for (const proxy of site.proxies) proxy.mode = 'black-hole'
    await changeSentinels(site.other)
    const rightAt = sentinelsRightAt(site, forMs + 90_000)
    await delay(at + forMs - Date.now())
    const healed = Date.now()
    for (const proxy of site.proxies) proxy.mode = 'forward'
    const { at: connected } = await site.inspector.becomes('connected', { since: healed, timeoutMs: 60_000 })
    const right = Math.max(0, (await rightAt) - connected)
    const compared = await comparison(site)
    const lost = expiries(site.inspector, at)
    const wanted = sameSession ? 'the same session' : 'a new session'
    lines.push(
      judged(`${name}: ${wanted}`, lost === 0 ? 'the same session' : 'a new session', (lost === 0) === sameSession),
      judged(
        `${name}: right <= T + 5 s after the fault ends`,
        `connected after ${ms(connected - healed)}, right ${ms(right)} later`,
        connected + right - healed <= T + 5_000,
      ),
      { ...compared, demanded: `${name}: ${compared.demanded}` },
      attemptsLine(site.inspector, at, healed, site.ensemble),
      memoryLine(before, await rss(site.inspector), 10),
      guestLine(site.inspector, at),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

/** Refused connections fail at once: the hardest test of the back-off. */
async function refused(forMs: number): Promise<Line[]> {
  const site = await Site.start({ ...shown, churn: 0 })
  try {
    const at = Date.now()
    await Promise.all(site.ensemble.servers.map((server) => server.kill()))
    await delay(at + forMs - Date.now())
    const launched = Date.now()
    for (const server of site.ensemble.servers) server.launch()
    await Promise.all(site.ensemble.servers.map((server) => server.serving()))
    const serving = Date.now()
    const { at: connected } = await site.inspector.becomes('connected', { since: launched, timeoutMs: 90_000 })
    return [
      {
        ...attemptsLine(site.inspector, at, launched, site.ensemble),
        demanded: `all servers refuse for ${ms(forMs)}: attempts <= 1/s, jittered`,
      },
      told(`connected ${ms(Math.max(0, connected - serving))} after they served again`),
      { ...(await comparison(site)), demanded: 'after all servers were away: view equals the tree' },
    ]
  } finally {
    await site.stop()
  }
}

export const F6: Fault = {
  id: 'F6',
  what: `all links swallow everything for T/2, 2T and 10 min (T = 30 s; ${PROXY})`,
  run: async () => [
    ...(await partition(T / 2, 'T/2', true)),
    ...(await partition(2 * T, '2T', false)),
    ...(await partition(600_000, '10 min', false)),
    ...(await refused(60_000)),
  ],
}
