import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type Fault, judged, type Line, ms } from './fault'
import { attempts, churnLine, comparison, noExpiry, reconnectedAt } from './recovery'
import { Site } from './site'

/** For the inspector, the session that tells the truth, and their questions to the server. */
const PLACES = 4

/** The gaps between attempts, once every server has been tried: each may be longer than the one before, never much shorter. */
function gapsOf(site: Site, since: number, until: number): number[] {
  const times = site.inspector
    .all('dialled', since)
    .filter(({ by, at }) => by === 'session' && at < until)
    .map(({ at }) => at)
  return times.slice(1).map((at, index) => at - (times[index] ?? at))
}

function causesOf(site: Site, since: number): string {
  const codes = site.inspector.all('connection', since).flatMap(({ view }) => (view.cause ? [view.cause.code] : []))
  return [...new Set(codes)].join(', ')
}

async function tooManyClients(forMs: number): Promise<Line[]> {
  const site = await Site.start({ servers: 1, settings: { maxClientCnxns: String(PLACES) }, churn: 0, proxied: true })
  const takers: Session[] = []
  const lines: Line[] = []
  try {
    const { server, proxy } = site.ours()
    if (!proxy) throw new Error('no proxy')
    // The places are taken by somebody else while the inspector is away: all connections come from our one address.
    proxy.mode = 'black-hole'
    proxy.cut()
    for (let free = true; free; ) {
      const taker = connect({ connect: server.connect, sessionTimeoutMs: 30_000 })
      free = await taker.exists('/', { timeoutMs: 5_000 }).then(
        () => true,
        () => false,
      )
      if (free) takers.push(taker)
      else await taker.close()
    }
    proxy.mode = 'forward'
    proxy.cut()
    const full = Date.now()
    await delay(forMs)
    const until = Date.now()
    const { count, mostInASecond } = attempts(site.inspector, full, until, 1)
    const gaps = gapsOf(site, full, until)
    const cause = site.inspector.connection?.cause
    lines.push(
      judged(
        'maxClientCnxns: the banner names the cause',
        `${cause?.code ?? 'none'}: ${cause?.message ?? ''}`,
        cause?.code === 'TurnedAway',
      ),
      judged(
        'maxClientCnxns: back-off 1, 2, 4 .. 60 s',
        `${count} attempts in ${ms(forMs)}, ${gaps.map((gap) => (gap / 1_000).toFixed(1)).join(', ')} s apart`,
        mostInASecond <= 1 && gaps.length >= 2 && (gaps.at(-1) ?? 0) > (gaps[0] ?? 0),
      ),
    )
    await Promise.all(takers.splice(0).map((taker) => taker.close()))
    const freed = Date.now()
    const { at: connected } = await site.inspector.becomes('connected', { since: freed, timeoutMs: 90_000 })
    lines.push(
      judged(
        'maxClientCnxns: goes on when there is room',
        `${ms(connected - freed)} after that`,
        connected - freed <= 60_000,
      ),
      { ...(await comparison(site)), demanded: 'maxClientCnxns: view equals the tree' },
    )
  } finally {
    await Promise.all(takers.map((taker) => taker.close()))
    await site.stop()
  }
  return lines
}

/** A server that refuses requests that waited too long, and connections above a rate. */
async function throttled(): Promise<Line[]> {
  const site = await Site.start({
    servers: 1,
    jvmFlags: [
      '-Dzookeeper.connection_throttle_tokens=2',
      '-Dzookeeper.connection_throttle_fill_time=2000',
      '-Dzookeeper.connection_throttle_fill_count=1',
    ],
  })
  const lines: Line[] = []
  try {
    const { server } = site.ours()
    const at = Date.now()
    await server.restart()
    const { at: connected } = await site.inspector.becomes('connected', { since: at + 500, timeoutMs: 90_000 })
    const { mostInASecond, count } = attempts(site.inspector, at, connected + 1, 1)
    lines.push(
      judged(
        'connection_throttle_tokens: at most one attempt a second, and it gets in',
        `connected after ${ms(connected - at)}, ${count} attempts, causes on the way: ${causesOf(site, at) || 'none'}`,
        mostInASecond <= 1,
      ),
      await comparison(site),
      noExpiry(site.inspector, at),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

/** ThrottledOp, -127, from a server that handles one request at a time and calls one that waited for 1 ms too old. */
async function throttledOperations(): Promise<Line[]> {
  const site = await Site.start({ servers: 1 })
  const lines: Line[] = []
  try {
    const { server } = site.ours()
    const restarted = Date.now()
    await server.stop()
    // Read from system properties when its classes are loaded; every JVM takes this variable.
    process.env.JAVA_TOOL_OPTIONS = '-Dzookeeper.request_throttle_max_requests=1 -Dzookeeper.throttled_op_wait_time=1'
    server.launch()
    delete process.env.JAVA_TOOL_OPTIONS
    await server.serving()
    await reconnectedAt(site.inspector, restarted)
    const since = Date.now()
    const answers: string[] = []
    for (let i = 0; i < 60; i++) {
      const read = await site.inspector.ask({ ask: 'read', path: '/zookeeper' })
      answers.push(read.failed ?? 'read')
      await delay(100)
    }
    const dialled = attempts(site.inspector, since, Date.now(), 1).count
    const count = (what: string) => answers.filter((answer) => answer === what).length
    await server.restart()
    lines.push(
      judged(
        'ThrottledOp (-127): told by its name, the connection kept',
        `of 60 reads ${count('read')} answered, ${count('ThrottledOp')} ThrottledOp, ${60 - count('read') - count('ThrottledOp')} others; ${dialled} new connections`,
        count('read') + count('ThrottledOp') === 60 && count('ThrottledOp') > 0 && dialled === 0,
      ),
      { ...(await comparison(site, 30_000)), demanded: 'ThrottledOp: view equals the tree afterwards' },
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

export const F18: Fault = {
  id: 'F18',
  what: 'maxClientCnxns reached; connections and operations throttled',
  run: async () => [...(await tooManyClients(70_000)), ...(await throttled()), ...(await throttledOperations())],
}
