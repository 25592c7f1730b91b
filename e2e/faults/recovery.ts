import type { SandboxEnsemble } from '../sandbox/ensemble'
import { until } from '../sandbox/until'
import { judged, type Line, megabytes, ms, told } from './fault'
import { fingerprint } from './fingerprint'
import type { Inspector } from './inspector'
import { SENTINEL_DIRECTORIES, SENTINEL_NODES, SENTINELS } from './sentinels'
import type { Site } from './site'
import { readTruth } from './truth'

/** When the page first said that what it shows is not current, milliseconds after the fault. */
export async function staleAfter(inspector: Inspector, faultAt: number, timeoutMs = 30_000): Promise<number> {
  const { at } = await inspector.heard('stale', 'stale', ({ stale }) => stale, { since: faultAt, timeoutMs })
  return at - faultAt
}

/** The time of the first connection after the first message that there was none. */
export async function reconnectedAt(inspector: Inspector, faultAt: number, timeoutMs = 60_000): Promise<number> {
  const lost = await inspector.heard('lost', 'connection', ({ view }) => view.status !== 'connected', {
    since: faultAt,
    timeoutMs,
  })
  return (await inspector.becomes('connected', { since: lost.at, timeoutMs })).at
}

/** Waits until the sentinels are shown as they are; resolves with the time. */
export async function sentinelsRightAt(site: Site, timeoutMs = 60_000): Promise<number> {
  const truth = await readTruth(site.other, SENTINEL_DIRECTORIES, SENTINEL_NODES)
  const wanted = fingerprint(truth, SENTINELS)
  await until(
    'the sentinels are shown as they are',
    async () => (await site.inspector.ask({ ask: 'fingerprint', under: SENTINELS })) === wanted,
    { timeoutMs, everyMs: 25 },
  )
  return Date.now()
}

/** Everything shown against everything there is, in a quiet moment. */
export async function comparison(site: Site, withinMs = 15_000): Promise<Line> {
  const { rows, left, ms: spent } = await site.compare(withinMs)
  for (const line of left.slice(0, 5)) process.stderr.write(`    ${line}\n`)
  const measured = `${left.length} differences in ${rows} rows, ${ms(spent)} after the last write`
  return judged('view equals the tree, 0 differences', measured, left.length === 0)
}

/** Sessions lost since the fault: a changed id, or the word of the ensemble. */
export function expiries(inspector: Inspector, since: number): number {
  const ids = inspector.sessionIds(since)
  const said = inspector.all('connection', since).filter(({ view }, index, all) => {
    return view.status === 'expired' && all[index - 1]?.view.status !== 'expired'
  })
  return Math.max(ids.length - 1, said.length)
}

export function noExpiry(inspector: Inspector, since: number): Line {
  const count = expiries(inspector, since)
  return judged('0 expiries', `${count}`, count === 0)
}

export interface Attempts {
  readonly count: number
  /** What servers were asked besides, by srvr or on a connection that is thrown away: why they refuse, what they know. */
  readonly questions: number
  /** Once every server has been tried. */
  readonly perSecond: number
  /** The most in any one second, once every server has been tried. */
  readonly mostInASecond: number
  /** Between two that follow each other, once every server has been tried: shortest and longest, ms. */
  readonly shortest: number
  readonly longest: number
}

/**
 * Connections that the inspector's sessions opened, or tried to. In each outage every server is tried once without
 * waiting, because the ordinary case is that the next one answers: what is judged is how it goes on from there.
 */
export function attempts(inspector: Inspector, since: number, until: number, servers: number): Attempts {
  const outages: number[][] = [[]]
  let questions = 0
  for (const told of inspector.told) {
    if (told.at < since || told.at >= until) continue
    // That the session is over is an answer as well: the new one begins at the server that gave it.
    const answered = told.tell === 'connection' && ['connected', 'expired'].includes(told.view.status)
    if (answered && outages.at(-1)?.length !== 0) outages.push([])
    if (told.tell !== 'dialled') continue
    if (told.by === 'session') outages.at(-1)?.push(told.at)
    else questions += 1
  }
  const laters = outages.map((times) => times.slice(servers))
  const later = laters.flat()
  const gaps = laters.flatMap((times) => times.slice(1).map((at, index) => at - (times[index] ?? at)))
  return {
    count: outages.flat().length,
    questions,
    perSecond: later.length / Math.max(1, (until - since) / 1_000),
    mostInASecond: Math.max(0, ...later.map((from) => later.filter((at) => at >= from && at < from + 1_000).length)),
    shortest: gaps.length > 0 ? Math.min(...gaps) : 0,
    longest: Math.max(0, ...gaps),
  }
}

export function attemptsLine(inspector: Inspector, since: number, until: number, { servers }: SandboxEnsemble): Line {
  const { count, questions, perSecond, mostInASecond, shortest, longest } = attempts(
    inspector,
    since,
    until,
    servers.length,
  )
  const gaps = longest === 0 ? '' : `, ${ms(shortest)} to ${ms(longest)} apart`
  const met = perSecond <= 1 && mostInASecond <= 1
  if (!met) for (const line of timeline(inspector, since, until)) process.stderr.write(`    ${line}\n`)
  const later = `${perSecond.toFixed(2)}/s after the first round, at most ${mostInASecond} in one second${gaps}`
  const measured = `${count} in ${ms(until - since)}: ${later}; ${questions} questions by srvr besides`
  return judged('reconnect attempts <= 1/s, jittered', measured, met)
}

/** Connections tried and what was said of them, for whoever looks for the cause of too many. */
function timeline(inspector: Inspector, since: number, until: number): string[] {
  const told = [...inspector.all('dialled', since), ...inspector.all('connection', since)].filter(
    ({ at }) => at < until,
  )
  return told
    .sort((one, other) => one.at - other.at)
    .map((line) => {
      if (line.tell === 'dialled') return `${line.at - since} ms: ${line.by}`
      return `${line.at - since} ms: ${line.view.status} ${line.view.server} ${line.view.cause?.code ?? ''}`
    })
}

/** The load that the inspector put on the ensemble. */
export function guestLine(inspector: Inspector, since: number): Line {
  const samples = inspector.all('sample', since)
  const most = (of: 'inFlight' | 'sessions' | 'watches') => Math.max(0, ...samples.map((sample) => sample[of]))
  const [inFlight, sessions, watches] = [most('inFlight'), most('sessions'), most('watches')]
  const measured = `${sessions} sessions, ${watches} watches, ${inFlight} in flight`
  return judged('<= 2 sessions, 200 watches, 64 in flight', measured, sessions <= 2 && watches <= 200 && inFlight <= 64)
}

/** Of the whole process, garbage collected before and after. */
export async function rss(inspector: Inspector): Promise<{ readonly rss: number; readonly heap: number }> {
  await inspector.ask({ ask: 'collect-garbage' })
  const asked = Date.now()
  return inspector.heard('a sample', 'sample', () => true, { since: asked + 1 })
}

export function memoryLine(
  before: { rss: number; heap: number },
  after: { rss: number; heap: number },
  limitMb: number,
): Line {
  const grown = after.heap - before.heap
  const measured = `heap ${megabytes(grown)}, whole process ${megabytes(after.rss - before.rss)}`
  return judged(`memory growth < ${limitMb} MB`, measured, grown < limitMb * 2 ** 20)
}

export function lagLine(inspector: Inspector, since: number, demanded = 'event loop lag < 50 ms'): Line {
  const lags = inspector.all('sample', since).map(({ lagMs }) => lagMs)
  const most = Math.max(0, ...lags)
  return judged(demanded, `at most ${ms(most)}`, most < 50)
}

export function churnLine(site: Site): Line {
  return told(`another client: ${site.churned.perSecond} acknowledged writes a second, ${site.churned.writes} in all`)
}
