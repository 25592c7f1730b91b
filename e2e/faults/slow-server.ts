import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { guardFolder, removeFolder } from '../sandbox/cleanup'
import { runCommand } from '../sandbox/command'
import { type Fault, judged, type Line, ms, notMeasured, told } from './fault'
import { attemptsLine, churnLine, comparison, guestLine, lagLine, noExpiry } from './recovery'
import { Site } from './site'
import { describeWrites, prepareWrites, verifyWrites, WRITES } from './written'

/** The connected server stands still for a while: its sockets stay open and nothing answers. */
async function standStill(seconds: readonly number[]): Promise<Line[]> {
  const site = await Site.start({ prepare: prepareWrites })
  const lines: Line[] = []
  try {
    const startedAt = Date.now()
    await site.inspector.ask({ ask: 'start-writes', root: WRITES, perSecond: 30 })
    for (const second of seconds) {
      await delay(1_000)
      lines.push(...(await standStillFor(site, second * 1_000)))
    }
    const lag = lagLine(site.inspector, startedAt)
    const verified = await verifyWrites(site.other, await site.inspector.ask({ ask: 'stop-writes' }))
    for (const line of verified.wrong.slice(0, 5)) process.stderr.write(`    ${line}\n`)
    lines.push(
      judged('outcome of a write in flight: 0 wrong', describeWrites(verified), verified.wrong.length === 0),
      lag,
      noExpiry(site.inspector, startedAt),
      attemptsLine(site.inspector, startedAt, Date.now(), site.ensemble),
      guestLine(site.inspector, startedAt),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

async function standStillFor(site: Site, forMs: number): Promise<Line[]> {
  const name = `SIGSTOP ${forMs / 1_000} s`
  const { server } = site.ours()
  const at = Date.now()
  server.pause()
  await delay(forMs)
  server.resume()
  const resumed = Date.now()
  const { at: live } = await site.inspector.heard(
    'live again',
    'stale',
    ({ stale }) => !stale,
    site.inspector.all('stale', at).length === 0 ? {} : { since: at, timeoutMs: 60_000 },
  )
  const stale = site.inspector.all('stale', at).find((told) => told.stale)
  const compared = await comparison(site, 30_000)
  await site.goChurn()
  // Silence up to 3 s is none that a person must be told of.
  const must = forMs > 4_000
  const said = stale ? `stale after ${ms(stale.at - at)}, live after ${ms(live - at)}` : 'never stale'
  return [
    judged(
      `${name}: stale is shown, and it recovers`,
      said,
      stale ? stale.at - at <= 5_000 && live - resumed <= 10_000 : !must,
    ),
    { ...compared, demanded: `${name}: ${compared.demanded}` },
  ]
}

/** Every flush of every server's log takes 5 s. */
async function slowDisk(): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-slow-fsync-'))
  guardFolder(folder)
  const library = join(folder, 'slow-fsync.so')
  const source = fileURLToPath(new URL('slow-fsync.c', import.meta.url))
  const demanded = 'fsync of 5 s: recovers, 0 differences'
  try {
    await runCommand('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'])
  } catch {
    await removeFolder(folder)
    return [notMeasured(demanded, 'needs a C compiler and Linux: fsync is slowed by a preloaded library')]
  }
  const gate = join(folder, 'slow')
  process.env.LD_PRELOAD = library
  process.env.ZOOLENS_SLOW_FSYNC = gate
  const site = await Site.start({ settings: { forceSync: 'yes' }, prepare: prepareWrites }).finally(() => {
    delete process.env.LD_PRELOAD
    delete process.env.ZOOLENS_SLOW_FSYNC
  })
  const lines: Line[] = []
  try {
    const at = Date.now()
    await site.inspector.ask({ ask: 'start-writes', root: WRITES, perSecond: 30 })
    await delay(1_000)
    await writeFile(gate, '')
    await delay(20_000)
    await rm(gate)
    const writes = await site.inspector.ask({ ask: 'stop-writes' })
    const verified = await verifyWrites(site.other, writes)
    for (const line of verified.wrong.slice(0, 5)) process.stderr.write(`    ${line}\n`)
    const longest = Math.max(0, ...writes.map((write) => write.ms))
    const compared = await comparison(site, 60_000)
    lines.push(
      judged('fsync of 5 s for 20 s: 0 wrong outcomes', describeWrites(verified), verified.wrong.length === 0),
      { ...compared, demanded },
      lagLine(site.inspector, at, 'fsync of 5 s: event loop lag < 50 ms'),
      noExpiry(site.inspector, at),
      told(`the longest that a write waited for its outcome: ${ms(longest)}`),
    )
  } finally {
    await site.stop()
    await removeFolder(folder)
  }
  return [...lines, churnLine(site)]
}

export const F8: Fault = {
  id: 'F8',
  what: 'slow server: SIGSTOP of the connected one for 1, 5 and 25 s; fsync of 5 s on all',
  run: async () => [...(await standStill([1, 5, 25])), ...(await slowDisk())],
}
