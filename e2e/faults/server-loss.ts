import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, judged, type Line, ms, told } from './fault'
import {
  attemptsLine,
  churnLine,
  comparison,
  guestLine,
  noExpiry,
  reconnectedAt,
  sentinelsRightAt,
  staleAfter,
} from './recovery'
import { pageDuringRollingRestart } from './restarts'
import { changeSentinels, prepareSentinels, SENTINEL_DIRECTORIES, SENTINEL_NODES } from './sentinels'
import { Site } from './site'
import { describeWrites, prepareWrites, verifyWrites, WRITES } from './written'

const shown = { directories: SENTINEL_DIRECTORIES, nodes: SENTINEL_NODES }

/** kill -9 of the server that the inspector is connected to, in the middle of writes of both clients. */
async function killOurs(
  role: 'leader' | 'follower',
  judge: (site: Site, killedAt: number, changed: Promise<number>) => Promise<Line[]>,
) {
  const site = await Site.start({
    ...shown,
    prepare: async (other) => {
      await prepareSentinels(other)
      await prepareWrites(other)
    },
  })
  const lines: Line[] = []
  try {
    const server = await site.standOn(role)
    await site.inspector.ask({ ask: 'start-writes', root: WRITES, perSecond: 60 })
    await delay(2_000)
    const killedAt = Date.now()
    await server.kill()
    const changed = changeSentinels(site.other)
    lines.push(...(await judge(site, killedAt, changed)))
    await delay(Math.max(0, killedAt + 10_000 - Date.now()))
    server.launch()
    await server.serving()
    const verified = await verifyWrites(site.other, await site.inspector.ask({ ask: 'stop-writes' }))
    for (const line of verified.wrong.slice(0, 5)) process.stderr.write(`    ${line}\n`)
    lines.push(
      judged('outcome of a write in flight: 0 wrong', describeWrites(verified), verified.wrong.length === 0),
      await comparison(site),
      noExpiry(site.inspector, killedAt),
      attemptsLine(site.inspector, killedAt, Date.now(), site.ensemble),
      guestLine(site.inspector, killedAt),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

export const F1: Fault = {
  id: 'F1',
  what: 'kill -9 of the connected follower, restarted after 10 s',
  run: () =>
    killOurs('follower', async (site, killedAt, changed) => {
      const rightAt = changed.then(() => sentinelsRightAt(site))
      const stale = await staleAfter(site.inspector, killedAt)
      const connected = await reconnectedAt(site.inspector, killedAt)
      const due = Math.max(connected, await changed)
      const right = Math.max(0, (await rightAt) - due)
      return [
        judged('stale <= 1 s', ms(stale), stale <= 1_000),
        judged('connected elsewhere <= 3 s', ms(connected - killedAt), connected - killedAt <= 3_000),
        judged('view right <= 2 s after that', ms(right), right <= 2_000),
      ]
    }),
}

export const F2: Fault = {
  id: 'F2',
  what: 'kill -9 of the leader, to which the inspector is connected',
  run: () =>
    killOurs('leader', async (site, killedAt, changed) => {
      const connected = await reconnectedAt(site.inspector, killedAt)
      const changedAt = await changed
      const right = await sentinelsRightAt(site)
      return [
        told(`stale after ${ms(await staleAfter(site.inspector, killedAt))}`),
        judged(
          'view right <= 5 s',
          `${ms(right - killedAt)}; connected after ${ms(connected - killedAt)}, the last change was made after ${ms(changedAt - killedAt)}`,
          right - killedAt <= 5_000,
        ),
      ]
    }),
}

/** Each server in turn is stopped in order and started, three times. */
export const F3: Fault = {
  id: 'F3',
  what: 'rolling restart of all servers, 3 rounds',
  async run() {
    const site = await Site.start({ ...shown, prepare: prepareSentinels })
    const lines: Line[] = []
    try {
      const startedAt = Date.now()
      for (let round = 1; round <= 3; round++) {
        for (const server of site.ensemble.servers) {
          await server.restart()
          await site.ensemble.leader()
          if (round === 2 && server.id === 2) await changeSentinels(site.other)
        }
      }
      await reconnectedAt(site.inspector, startedAt)
      const gaps = site.inspector.all('gap', startedAt).length
      lines.push(
        { ...(await comparison(site)), demanded: '0 lost changes' },
        noExpiry(site.inspector, startedAt),
        attemptsLine(site.inspector, startedAt, Date.now(), site.ensemble),
        guestLine(site.inspector, startedAt),
        judged('every gap is told', `${gaps} gaps in 9 restarts`, gaps >= 1),
      )
    } finally {
      await site.stop()
    }
    return [...lines, churnLine(site), ...(await pageDuringRollingRestart())]
  },
}
