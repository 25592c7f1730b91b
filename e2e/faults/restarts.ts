import { createServer, connect as dial, type Server } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '@/lib/zookeeper/connect'
import { ensureBuild } from '../build'
import { type SandboxEnsemble, startEnsemble } from '../sandbox/ensemble'
import { freePorts } from '../sandbox/ports'
import { until } from '../sandbox/until'
import { startZoolens, type ZoolensServer } from '../zoolens-server'
import { BrowserPage } from './browser-page'
import { type Fault, failed, judged, type Line, ms } from './fault'

const ID = 'faults'
const CYCLES = 100
/** One of ten ends without a word. */
const KILLED = 10
/** The session time-out that Zoolens asks for, and what the server's clock adds. */
const SESSION_MS = 30_000 + 4_000

const start = (ensemble: SandboxEnsemble, port?: number) =>
  startZoolens({
    clusters: [{ id: ID, name: 'Faults', connect: ensemble.connect }],
    ...(port === undefined ? {} : { port }),
  })

interface Held {
  readonly sessions: number
  readonly watches: number
}

/** What all clients of a single server hold there. */
async function heldOn({ servers }: SandboxEnsemble): Promise<Held> {
  const answer = await fetch(`http://127.0.0.1:${servers[0]?.adminPort}/commands/mntr`)
  const { global_sessions: sessions, watch_count: watches } = (await answer.json()) as Record<string, number>
  return { sessions: sessions ?? 0, watches: watches ?? 0 }
}

/** Milliseconds until the server holds no more than before. */
async function cleanAfter(ensemble: SandboxEnsemble, before: Held, timeoutMs: number): Promise<number> {
  const startedAt = Date.now()
  const clean = async () => {
    const now = await heldOn(ensemble)
    return now.sessions <= before.sessions && now.watches <= before.watches
  }
  await until('the server holds no more than before', clean, { timeoutMs, everyMs: 20 })
  return Date.now() - startedAt
}

/** A browser's stream and first reading, without the browser: enough to open a session and a watch. */
async function look(zoolens: ZoolensServer): Promise<() => void> {
  const abort = new AbortController()
  const stream = crypto.randomUUID()
  await fetch(`${zoolens.url}/api/events?stream=${stream}`, { signal: abort.signal })
  const path = `/api/clusters/${ID}/children?path=/&from=0&count=100&viewer=${stream}.tab`
  const answer = await fetch(`${zoolens.url}${path}`)
  if (!answer.ok) throw new Error(`children: ${answer.status} ${await answer.text()}`)
  return () => abort.abort()
}

/** The page is open while its Zoolens ends by a signal and another is started in its place. */
async function ended(ensemble: SandboxEnsemble, signal: NodeJS.Signals, name: string, closesMs: number | null) {
  const before = await heldOn(ensemble)
  const first = await start(ensemble)
  const port = Number(new URL(first.url).port)
  const page = await BrowserPage.open(`${first.url}/c/${ID}`)
  const lines: Line[] = []
  let second: ZoolensServer | null = null
  try {
    process.kill(first.pid, signal)
    if (closesMs !== null) {
      const spent = await cleanAfter(ensemble, before, 10_000)
      lines.push(judged(`${name}: sessions closed <= 1 s`, ms(spent), spent <= closesMs))
    }
    await page.notLive()
    await first.stop()
    second = await start(ensemble, port)
    const healthy = Date.now()
    const spent = Math.max(0, (await page.live()) - healthy)
    lines.push(
      judged(`${name}: browser back <= 3 s`, `${ms(spent)} after the new process answers`, spent <= 3_000),
      judged(
        `${name}: the page is kept`,
        (await page.wasReloaded()) ? 'reloaded' : 'kept',
        !(await page.wasReloaded()),
      ),
    )
  } finally {
    await page.close()
    await second?.stop()
    await first.stop()
  }
  const left = await cleanAfter(ensemble, before, SESSION_MS + 10_000).catch(() => null)
  const measured = left === null ? 'something is left' : `0 after ${ms(left)}`
  return [
    ...lines,
    judged(`${name}: sessions and watches left: 0 within the session time-out`, measured, left !== null),
  ]
}

async function cycles(ensemble: SandboxEnsemble): Promise<Line[]> {
  const before = await heldOn(ensemble)
  for (let cycle = 1; cycle <= CYCLES; cycle++) {
    const zoolens = await start(ensemble)
    const leave = await look(zoolens)
    if (cycle % (CYCLES / KILLED) === 0) process.kill(zoolens.pid, 'SIGKILL')
    await zoolens.stop()
    leave()
  }
  await delay(SESSION_MS)
  const after = await heldOn(ensemble)
  const [sessions, watches] = [after.sessions - before.sessions, after.watches - before.watches]
  return [
    judged(
      `${CYCLES} cycles, ${KILLED} of them by SIGKILL: 0 extra sessions and watches`,
      `${sessions} sessions, ${watches} watches`,
      sessions === 0 && watches === 0,
    ),
  ]
}

/** What stands before two replicas: each new connection goes to the first of them that takes it. */
function balance(ports: readonly number[], port: number): Server {
  const server = createServer((client) => {
    client.on('error', () => undefined)
    const tryFrom = (index: number): void => {
      const target = ports[index]
      if (target === undefined) {
        client.destroy()
        return
      }
      const upstream = dial(target, '127.0.0.1')
      let open = false
      upstream.once('connect', () => {
        open = true
        client.pipe(upstream).pipe(client)
      })
      upstream.on('error', () => (open ? client.destroy() : tryFrom(index + 1)))
      upstream.on('close', () => open && client.destroy())
      client.on('close', () => upstream.destroy())
    }
    tryFrom(0)
  })
  return server.listen(port, '127.0.0.1')
}

async function rolled(ensemble: SandboxEnsemble): Promise<Line[]> {
  const [front = 0, ...ports] = await freePorts(3)
  const replicas = await Promise.all(ports.map((port) => start(ensemble, port)))
  const server = balance(ports, front)
  const page = await BrowserPage.open(`http://127.0.0.1:${front}/c/${ID}`)
  let longest = 0
  try {
    for (const [index, port] of ports.entries()) {
      const [wentAt] = await Promise.all([page.notLive().catch(() => null), replicas[index]?.stop()])
      if (wentAt !== null) longest = Math.max(longest, (await page.live()) - wentAt)
      replicas[index] = await start(ensemble, port)
    }
    const reloaded = await page.wasReloaded()
    return [
      judged('2 replicas rolled: browser back <= 3 s', `away for ${ms(longest)} at most`, longest <= 3_000),
      judged('2 replicas rolled: the page is kept', reloaded ? 'reloaded' : 'kept', !reloaded),
    ]
  } finally {
    await page.close()
    server.close()
    await Promise.all(replicas.map((replica) => replica.stop()))
  }
}

export const F24: Fault = {
  id: 'F24',
  what: 'Zoolens itself ends: SIGTERM, SIGKILL, SIGABRT (what V8 does when memory runs out), 2 replicas rolled, 100 cycles',
  async run() {
    await ensureBuild((line) => process.stderr.write(`${line}\n`))
    const ensemble = await startEnsemble({ servers: 1, tickTimeMs: 2_000 })
    try {
      const lines: Line[] = []
      const parts = [
        () => ended(ensemble, 'SIGTERM', 'SIGTERM', 1_000),
        () => ended(ensemble, 'SIGKILL', 'SIGKILL', null),
        () => ended(ensemble, 'SIGABRT', 'out of memory', null),
        () => rolled(ensemble),
        () => cycles(ensemble),
      ]
      for (const part of parts) lines.push(...(await part().catch(failed)))
      return lines
    } finally {
      await ensemble.stop()
    }
  },
}

/** A page during a rolling restart of the servers, which changes go on through. */
export async function pageDuringRollingRestart(): Promise<Line[]> {
  await ensureBuild((line) => process.stderr.write(`${line}\n`))
  const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 2_000 })
  const zoolens = await start(ensemble)
  const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 30_000 })
  try {
    const page = await BrowserPage.open(`${zoolens.url}/c/${ID}`)
    for (const server of ensemble.servers) await server.restart()
    await other.create('/after-the-round', null, { timeoutMs: 30_000 })
    await page.shows('after-the-round')
    await page.live()
    const reloaded = await page.wasReloaded()
    await page.close()
    return [judged('0 page reloads', reloaded ? 'reloaded' : '0 in Chromium; a later change is shown', !reloaded)]
  } finally {
    await other.close()
    await zoolens.stop()
    await ensemble.stop()
  }
}
