import { type Fault, judged, type Line, ms } from './fault'
import { attemptsLine, churnLine, comparison, expiries, noExpiry } from './recovery'
import { Site, type SiteOptions } from './site'
import { describeWrites, prepareWrites, verifyWrites, WRITES } from './written'

async function lose(name: string, options: SiteOptions, judge: (site: Site, at: number) => Promise<Line[]>) {
  const site = await Site.start({ ...options, prepare: prepareWrites })
  const lines: Line[] = []
  try {
    const { server } = site.ours()
    const others = site.ensemble.servers.filter((candidate) => candidate !== server)
    await site.inspector.ask({ ask: 'start-writes', root: WRITES, perSecond: 30 })
    const at = Date.now()
    await Promise.all(others.map((other) => other.kill()))
    lines.push(...(await judge(site, at)))
    const launched = Date.now()
    for (const other of others) other.launch()
    const back = await site.inspector.becomes('connected', { since: launched, timeoutMs: 120_000 })
    await Promise.all(others.map((other) => other.serving()))
    // A local session ends with its server.
    await site.renewOther()
    const verified = await verifyWrites(site.other, await site.inspector.ask({ ask: 'stop-writes' }))
    for (const line of verified.wrong.slice(0, 5)) process.stderr.write(`    ${line}\n`)
    lines.push(
      judged(
        'back to read and write <= 60 s',
        `${ms(back.at - launched)} after the servers were launched`,
        back.at - launched <= 60_000,
      ),
      judged('outcome of a write in flight: 0 wrong', describeWrites(verified), verified.wrong.length === 0),
      await comparison(site),
      attemptsLine(site.inspector, at, launched, site.ensemble),
    )
    if (options.jvmFlags === undefined) lines.push(noExpiry(site.inspector, at))
    else lines.push(judged('one session', `${expiries(site.inspector, at)} expiries`, true))
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)].map((line) => ({
    ...line,
    demanded: line.demanded && `${name}: ${line.demanded}`,
  }))
}

const plain = () =>
  lose('plain', {}, async (site, at) => {
    const said = await site.inspector.heard('no quorum', 'connection', ({ view }) => view.cause?.code === 'NoQuorum', {
      since: at,
      timeoutMs: 60_000,
    })
    const write = await site.inspector.ask({ ask: 'set', path: site.nodes[0] ?? '', text: 'no' })
    return [
      judged('"no quorum" <= 5 s', ms(said.at - at), said.at - at <= 5_000),
      judged(
        'a write is refused, not left waiting',
        `${write.failed ?? 'taken'} after ${ms(write.ms)}`,
        write.failed !== null && write.ms <= 10_500,
      ),
    ]
  })

const readOnly = () =>
  lose(
    'readonlymode',
    {
      settings: { localSessionsEnabled: 'true', localSessionsUpgradingEnabled: 'true' },
      jvmFlags: ['-Dreadonlymode.enabled=true'],
    },
    async (site, at) => {
      const { at: readOnlyAt } = await site.inspector.becomes('read-only', { since: at, timeoutMs: 60_000 })
      const read = await site.inspector.ask({ ask: 'read', path: site.nodes[0] ?? '' })
      const write = await site.inspector.ask({ ask: 'set', path: site.nodes[0] ?? '', text: 'no' })
      const said = site.inspector.all('connection', at).find(({ view }) => view.cause?.code === 'NoQuorum')
      const first = Math.min(readOnlyAt, said?.at ?? Number.POSITIVE_INFINITY)
      return [
        judged('"no quorum" <= 5 s', `${ms(first - at)}; read-only after ${ms(readOnlyAt - at)}`, first - at <= 5_000),
        judged(
          'browsing still works',
          read.failed === null ? `read in ${ms(read.ms)}` : read.failed,
          read.failed === null,
        ),
        judged(
          'writes are refused before they are sent',
          `${write.failed ?? 'taken'} after ${ms(write.ms)}`,
          write.failed === 'NotReadOnly',
        ),
      ]
    },
  )

export const F9: Fault = {
  id: 'F9',
  what: 'quorum loss: 2 of 3 servers killed, without and with readonlymode.enabled + localSessionsEnabled',
  run: async () => [...(await plain()), ...(await readOnly())],
}
