import { setTimeout as delay } from 'node:timers/promises'
import { zkCli } from '../sandbox/zk-cli'
import { type Fault, judged, ms, notMeasured } from './fault'
import { attemptsLine, churnLine, comparison, guestLine, noExpiry, reconnectedAt } from './recovery'
import { Site } from './site'

export const F21: Fault = {
  id: 'F21',
  what: 'the server list changes under us: reconfig 3 -> 5 -> 3',
  async run() {
    const site = await Site.start({
      servers: 5,
      settings: { reconfigEnabled: 'true', standaloneEnabled: 'false', skipACL: 'yes' },
    })
    const lines = []
    try {
      const cli = await zkCli(site.ensemble.connect)
      const startedAt = Date.now()
      const lineOf = (id: number, config: string) =>
        config.split('\n').find((line) => line.startsWith(`server.${id}=`)) ?? ''
      const config = await cli.run('config')
      // From 5 to 3: one of those that leave is ours.
      const ours = site.ours().server
      const leader = await site.ensemble.leader()
      const other = site.ensemble.servers.find((server) => server !== ours && server !== leader)
      if (!other) throw new Error('no third server')
      const leaving = [ours, other]
      await cli.run(`reconfig -remove ${leaving.map(({ id }) => id).join(',')}`)
      const at = Date.now()
      await Promise.all(leaving.map((server) => server.stop()))
      const connected = await reconnectedAt(site.inspector, at)
      lines.push(judged('5 -> 3, ours leaves: reconnect <= 10 s', ms(connected - at), connected - at <= 10_000), {
        ...(await comparison(site)),
        demanded: '5 -> 3: view equals the tree',
      })
      await site.goChurn()
      for (const server of leaving) server.launch()
      for (const server of leaving) await cli.run(`reconfig -add ${lineOf(server.id, config)}`)
      await delay(2_000)
      await Promise.all(leaving.map((server) => server.serving()))
      // From 5 to 3 again: those that stayed leave, all but one, and those that came back take us.
      const stayed = site.ensemble.servers.filter((server) => !leaving.includes(server)).slice(0, 2)
      await cli.run(`reconfig -remove ${stayed.map(({ id }) => id).join(',')}`)
      const again = Date.now()
      const wasOurs = stayed.includes(site.ours().server)
      await Promise.all(stayed.map((server) => server.stop()))
      if (wasOurs) await reconnectedAt(site.inspector, again)
      const moved = await site.inspector.heard('connected', 'connection', ({ view }) => view.status === 'connected', {
        since: wasOurs ? again : 0,
      })
      lines.push(
        judged(
          '3 -> 5 -> 3: reconnect <= 10 s without restart',
          wasOurs ? ms(moved.at - again) : 'our server stayed',
          !wasOurs || moved.at - again <= 10_000,
        ),
        { ...(await comparison(site, 30_000)), demanded: '3 -> 5 -> 3: view equals the tree' },
        noExpiry(site.inspector, startedAt),
        attemptsLine(site.inspector, startedAt, Date.now(), site.ensemble),
        guestLine(site.inspector, startedAt),
        notMeasured(
          'DNS change of all addresses: reconnect <= 10 s',
          'names of this machine cannot be changed without privileges',
        ),
      )
      await cli.close()
    } finally {
      await site.stop()
    }
    return [...lines, churnLine(site)]
  },
}
