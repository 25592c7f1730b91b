import { setTimeout as delay } from 'node:timers/promises'
import type { Session } from '@/lib/zookeeper/session'
import { createAll, numbered } from '../bench/fill'
import { type Fault, judged, type Line, ms, told } from './fault'
import { fingerprint } from './fingerprint'
import { churnLine, comparison, guestLine, lagLine, sentinelsRightAt } from './recovery'
import {
  changeSentinels,
  prepareSentinels,
  SENTINEL_DIRECTORIES,
  SENTINEL_KINDS,
  SENTINEL_NODES,
  SENTINELS,
} from './sentinels'
import { ROOT, Site } from './site'
import { readTruth } from './truth'

const AWAY_MS = 12_000

/** All links swallow everything while something happens; resolves with the time of the new connection. */
async function away(site: Site, happens: () => Promise<unknown>): Promise<number> {
  const at = Date.now()
  for (const proxy of site.proxies) proxy.mode = 'black-hole'
  await site.inspector.heard('lost', 'connection', ({ view }) => view.status !== 'connected', { since: at })
  await happens()
  await delay(Math.max(0, at + AWAY_MS - Date.now()))
  const healed = Date.now()
  for (const proxy of site.proxies) proxy.mode = 'forward'
  return (await site.inspector.becomes('connected', { since: healed, timeoutMs: 60_000 })).at
}

/** What was told of the sentinels, in order, as "path kind". */
function toldOfSentinels(site: Site, since: number): string[] {
  return site.inspector
    .all('nodes', since)
    .flatMap(({ nodes }) => nodes.filter(({ path }) => path.startsWith(SENTINELS)))
    .map(({ path, kind }) => `${path} ${kind}`)
}

async function whileAway(judge: (site: Site, since: number) => Promise<Line[]>): Promise<Line[]> {
  const site = await Site.start({
    directories: SENTINEL_DIRECTORIES,
    nodes: SENTINEL_NODES,
    prepare: prepareSentinels,
    proxied: true,
  })
  const lines: Line[] = []
  try {
    const since = Date.now()
    let rightAt = Promise.resolve(0)
    const connected = await away(site, async () => {
      await changeSentinels(site.other)
      rightAt = sentinelsRightAt(site, 90_000)
    })
    const right = Math.max(0, (await rightAt) - connected)
    const compared = await comparison(site)
    lines.push(...(await judge(site, since)), judged('right <= 2 s after the connection', ms(right), right <= 2_000))
    lines.push(compared, guestLine(site.inspector, since))
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

export const F13: Fault = {
  id: 'F13',
  what: 'delete + recreate of the same path, version and data while partitioned; of a parent with equal cversion too',
  run: () =>
    whileAway(async (site, since) => {
      const said = toldOfSentinels(site, since)
      const wanted = Object.entries(SENTINEL_KINDS).map(([path, kind]) => `${path} ${kind}`)
      const missing = wanted.filter((line) => !said.includes(line))
      const extra = said.filter((line) => !wanted.includes(line))
      const short = (lines: string[]) => lines.map((line) => line.slice(SENTINELS.length)).join(', ')
      return [
        judged(
          'told as what they are: recreated, created, deleted, changed; nothing else',
          `${wanted.length - missing.length} of ${wanted.length}${missing.length > 0 ? `, not told: ${short(missing)}` : ''}${extra.length > 0 ? `, told besides: ${short(extra)}` : ''}`,
          missing.length === 0 && extra.length === 0,
        ),
      ]
    }),
}

export const F14: Fault = {
  id: 'F14',
  what: 'create + delete while partitioned',
  run: () =>
    whileAway(async (site, since) => {
      const gaps = site.inspector.all('gap', since)
      const ghost = toldOfSentinels(site, since).filter((line) => line.includes('/ghost'))
      const gap = gaps[0]?.gap
      return [
        judged(
          'a gap is told, with both zxids',
          gap ? `zxid ${gap.fromZxid} .. ${gap.toZxid}, ${ms(gap.forMs)}, ${gap.directories} directories` : 'none',
          gaps.length === 1,
        ),
        judged('no ghost', ghost.length === 0 ? 'none' : ghost.join(', '), ghost.length === 0),
      ]
    }),
}

const FOLDERS = 50
const EACH = 1_000
const manyFolders = numbered(`${ROOT}/many/f`, FOLDERS, 2)
const manyNodes = manyFolders.flatMap((folder) => numbered(`${folder}/n`, EACH, 4))

async function changeAll(session: Session): Promise<void> {
  for (let from = 0; from < manyNodes.length; from += 1_000) {
    const paths = manyNodes.slice(from, from + 1_000)
    const data = Buffer.from('changed')
    await session.multi(
      paths.map((path) => ({ type: 'set', path, data, version: 0 })),
      { timeoutMs: 30_000 },
    )
  }
}

export const F15: Fault = {
  id: 'F15',
  what: '100 % of the 50,000 rows of 50 open folders changed while partitioned',
  async run() {
    const site = await Site.start({
      directories: manyFolders,
      proxied: true,
      // The other client writes what is not shown by then: what is measured is this.
      prepare: async (other) => {
        await createAll(other, [`${ROOT}/many`], null)
        await createAll(other, manyFolders, null)
        await createAll(other, manyNodes, Buffer.from('0'))
      },
    })
    const lines: Line[] = []
    try {
      const since = Date.now()
      let wanted = ''
      const connected = await away(site, async () => {
        await changeAll(site.other)
        wanted = fingerprint(await readTruth(site.other, manyFolders, []), `${ROOT}/many/`)
      })
      const syncing = await site.inspector.heard('comparing', 'connection', ({ view }) => view.syncing, {
        since: connected,
        timeoutMs: 60_000,
      })
      const synced = await site.inspector.heard(
        'compared',
        'connection',
        ({ view }) => view.status === 'connected' && !view.syncing,
        { since: syncing.at + 1, timeoutMs: 60_000 },
      )
      const lag = lagLine(site.inspector, connected)
      let right = 0
      for (; right === 0; await delay(500)) {
        if ((await site.inspector.ask({ ask: 'fingerprint', under: `${ROOT}/many/` })) === wanted) right = Date.now()
        else if (Date.now() > connected + 60_000) break
      }
      const spent = right === 0 ? Number.POSITIVE_INFINITY : right - connected
      lines.push(
        judged(
          'resync <= 15 s',
          `compared after ${ms(synced.at - connected)}, on the screen after ${ms(spent)}`,
          synced.at - connected <= 15_000 && spent <= 15_000,
        ),
        await comparison(site),
        guestLine(site.inspector, since),
        { ...lag, verdict: 'for information' },
        told(
          `${site.inspector.all('sample', connected).reduce((most, { rss }) => Math.max(most, rss), 0) >> 20} MB of memory at most`,
        ),
      )
    } finally {
      await site.stop()
    }
    return [...lines, churnLine(site)]
  },
}
