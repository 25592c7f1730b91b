import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, connect as dial, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxServer } from '../sandbox/server'
import { zkCli } from '../sandbox/zk-cli'
import { type Fault, judged, type Line, ms, notMeasured } from './fault'
import { attemptsLine, churnLine, comparison, guestLine, noExpiry, reconnectedAt } from './recovery'
import { Site } from './site'

const membersOf = (config: string) => config.split('\n').filter((line) => line.startsWith('server.'))

/** A server that was removed knows a list without itself, with which it does not start: it joins with one that has it. */
async function introduce(server: SandboxServer, members: readonly string[]): Promise<void> {
  const settings = await readFile(join(server.folder, 'zoo.cfg'), 'utf8')
  const file = /^dynamicConfigFile=(.*)$/m.exec(settings)?.[1]
  if (file === undefined) throw new Error('the server has no file for its list of servers')
  await writeFile(file, `${members.join('\n')}\n`)
}

const NAMES = ['zk-1.test', 'zk-2.test', 'zk-3.test']
const OLD = '127.0.0.2'
const addressed = (address: string) => Object.fromEntries(NAMES.map((name) => [name, address]))

/** The servers are scheduled anew: the old addresses are gone, the names have others. */
async function dnsChange(): Promise<Line[]> {
  const demanded = 'DNS change of all addresses: reconnect <= 10 s without restart'
  const forwarders: Server[] = []
  const site = await Site.start({
    names: addressed(OLD),
    onServers: async (servers) => {
      for (const { clientPort } of servers) forwarders.push(await forward(OLD, clientPort))
    },
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL') return null
    throw error
  })
  if (site === null) return [notMeasured(demanded, `this machine has no ${OLD}; Linux has`)]
  const lines: Line[] = []
  try {
    const at = Date.now()
    await site.inspector.ask({ ask: 'name', addresses: addressed('127.0.0.1') })
    for (const forwarder of forwarders) forwarder.stop()
    const connected = await reconnectedAt(site.inspector, at)
    lines.push(
      judged(
        demanded,
        `${ms(connected - at)} (names known to the inspector's process only: ${OLD} -> 127.0.0.1)`,
        connected - at <= 10_000,
      ),
      { ...(await comparison(site)), demanded: 'DNS change: view equals the tree' },
      noExpiry(site.inspector, at),
    )
  } finally {
    for (const forwarder of forwarders) forwarder.stop()
    await site.stop()
  }
  return [...lines, churnLine(site)]
}

interface Server {
  stop(): void
}

/** Another address of this machine for a server that listens on 127.0.0.1 only. Rejects with EADDRNOTAVAIL. */
async function forward(host: string, port: number): Promise<Server> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = dial(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.pipe(upstream).pipe(client)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

export const F21: Fault = {
  id: 'F21',
  what: 'the server list changes under us: reconfig 3 -> 5 -> 3; the names get other addresses',
  async run() {
    const site = await Site.start({
      servers: 5,
      settings: { reconfigEnabled: 'true', standaloneEnabled: 'false', skipACL: 'yes' },
    })
    const lines: Line[] = []
    const cli = await zkCli(site.ensemble.connect)
    try {
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
      const now = await cli.run('config')
      for (const server of leaving) {
        await introduce(server, [...membersOf(now), lineOf(server.id, config)])
        server.launch()
      }
      for (const server of leaving) await cli.run(`reconfig -add ${lineOf(server.id, config)}`)
      await delay(2_000)
      await Promise.all(leaving.map((server) => server.serving()))
      // From 5 to 3 again: ours leaves once more, with one of those that never left.
      const second = site.ours().server
      const third = site.ensemble.servers.find((server) => server !== second && !leaving.includes(server))
      const stayed = third ? [second, third] : [second]
      await cli.run(`reconfig -remove ${stayed.map(({ id }) => id).join(',')}`)
      const again = Date.now()
      await Promise.all(stayed.map((server) => server.stop()))
      const moved = await reconnectedAt(site.inspector, again)
      lines.push(
        judged('3 -> 5 -> 3: reconnect <= 10 s without restart', ms(moved - again), moved - again <= 10_000),
        { ...(await comparison(site, 30_000)), demanded: '3 -> 5 -> 3: view equals the tree' },
        noExpiry(site.inspector, startedAt),
        attemptsLine(site.inspector, startedAt, Date.now(), site.ensemble),
        guestLine(site.inspector, startedAt),
      )
    } finally {
      await cli.close()
      await site.stop()
    }
    return [...lines, churnLine(site), ...(await dnsChange())]
  },
}
