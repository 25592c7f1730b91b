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
    const at = Date.now()
    await site.ensemble.expireSession(fromHex(before ?? '0x0'))
    const changed = await changeSentinels(site.other)
    const right = sentinelsRightAt(site)
    lines.push(...(await recovered(site, { at, due: changed, before, right }, 'ended by a second handle')))
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
    const right = sentinelsRightAt(site)
    await delay(1_000)
    const at = Date.now()
    site.inspector.resume()
    lines.push(...(await recovered(site, { at, due: at, before, right }, 'inspector stopped for 2T')))
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

interface Ended {
  readonly at: number
  /** Nothing can be right before the last change was made. */
  readonly due: number
  readonly before: string | undefined
  readonly right: Promise<number>
}

async function recovered(site: Site, { at, due, before, right }: Ended, how: string): Promise<Line[]> {
  const { view, at: connected } = await site.inspector.heard(
    'a new session',
    'connection',
    (told) => told.view.status === 'connected' && told.view.sessionId !== before,
    { since: at },
  )
  const spent = Math.max(0, (await right) - due)
  const compared = await comparison(site)
  return [
    judged(`${how}: a new session`, `${before} -> ${view.sessionId} after ${ms(connected - at)}`, true),
    judged(`${how}: everything right <= 3 s`, ms(spent), spent <= 3_000),
    { ...compared, demanded: `${how}: view equals the tree, ephemeral owners included` },
    guestLine(site.inspector, at),
  ]
}

export const F4: Fault = {
  id: 'F4',
  what: 'session expiry, by a second handle and by SIGSTOP of the inspector for 2T (T = 30 s)',
  run: async () => [...(await ended()), ...(await stopped())],
}
