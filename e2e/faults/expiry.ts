import { setTimeout as delay } from 'node:timers/promises'
import { fromHex } from '@/lib/znode/stat'
import { type Fault, judged, type Line, ms } from './fault'
import { churnLine, comparison, guestLine, sentinelsRightAt } from './recovery'
import { changeSentinels, prepareSentinels, SENTINEL_DIRECTORIES, SENTINEL_NODES } from './sentinels'
import { Site } from './site'

const T = 30_000
const shown = { directories: SENTINEL_DIRECTORIES, nodes: SENTINEL_NODES, prepare: prepareSentinels }

/** A second connection with the session's id and password closes it, as its expiry would. */
async function ended(): Promise<Line[]> {
  const site = await Site.start(shown)
  const lines: Line[] = []
  try {
    const [before] = site.inspector.sessionIds()
    await changeSentinels(site.other)
    const at = Date.now()
    await site.ensemble.expireSession(fromHex(before ?? '0x0'))
    lines.push(...(await recovered(site, at, before, 'ended by a second handle')))
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

/** The inspector's process stands still for so long that the ensemble gives its session up. */
async function stopped(): Promise<Line[]> {
  const site = await Site.start(shown)
  const lines: Line[] = []
  try {
    const [before] = site.inspector.sessionIds()
    site.inspector.pause()
    await delay(T)
    await changeSentinels(site.other)
    await delay(T)
    const at = Date.now()
    site.inspector.resume()
    lines.push(...(await recovered(site, at, before, 'inspector stopped for 2T')))
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

async function recovered(site: Site, at: number, before: string | undefined, how: string): Promise<Line[]> {
  const { view, at: connected } = await site.inspector.heard(
    'a new session',
    'connection',
    (told) => told.view.status === 'connected' && told.view.sessionId !== before,
    { since: at },
  )
  const right = await sentinelsRightAt(site)
  const compared = await comparison(site)
  return [
    judged(`${how}: a new session`, `${before} -> ${view.sessionId} after ${ms(connected - at)}`, true),
    judged(`${how}: everything right <= 3 s`, ms(right - at), right - at <= 3_000),
    { ...compared, demanded: `${how}: view equals the tree, ephemeral owners included` },
    guestLine(site.inspector, at),
  ]
}

export const F4: Fault = {
  id: 'F4',
  what: 'session expiry, by a second handle and by SIGSTOP of the inspector for 2T (T = 30 s)',
  run: async () => [...(await ended()), ...(await stopped())],
}
