import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guardFolder, removeFolder } from './cleanup'
import { findJava } from './java'
import { freePorts } from './ports'
import { openRawSession, type RawSession } from './raw-session'
import { SandboxServer } from './server'
import { type ServerPorts, writeServerFolder, zooCfg } from './server-settings'
import { passwordOf } from './session-password'
import { until } from './until'
import { findZooKeeper } from './zookeeper-home'

export interface EnsembleOptions {
  readonly servers: 1 | 3 | 5
  /** Such as "3.6.4"; without it what ZOOKEEPER_VERSION says, else the newest that is at hand. */
  readonly version?: string
  /** All four-letter words, or srvr alone, which no setting switches off. Default: true. */
  readonly fourLetterWords?: boolean
  /** Default: true. 3.4 has none. */
  readonly adminServer?: boolean
  /** Lines of zoo.cfg that are added to, or replace, the sandbox's own. */
  readonly settings?: Readonly<Record<string, string>>
  /** Sessions last between 2 and 20 ticks. Default: 500, so 1 to 10 s. */
  readonly tickTimeMs?: number
  /** Added to, and so able to overrule, the sandbox's own. The heap is 256 MB. */
  readonly jvmFlags?: readonly string[]
}

export interface SandboxEnsemble {
  /** Of ZooKeeper, such as "3.9.6". */
  readonly version: string
  /** "127.0.0.1:p1,127.0.0.1:p2,...". */
  readonly connect: string
  readonly servers: readonly SandboxServer[]
  /** Removed by {@link stop}. */
  readonly folder: string
  /** Waits for one: the leader, or the only server. */
  leader(): Promise<SandboxServer>
  /** Ends anybody's session as its expiry would: a second connection with its id and password closes it. */
  expireSession(sessionId: bigint, password?: Buffer): Promise<void>
  /** Ends all servers and removes their folders. */
  stop(): Promise<void>
}

const JVM_FLAGS = [
  '-Xmx256m',
  '-Xms32m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  '-Djava.net.preferIPv4Stack=true',
  '-Dzookeeper.jmx.log4j.disable=true',
]

const ATTEMPTS = 3

/**
 * Starts real ZooKeeper servers on free ports of 127.0.0.1 and resolves when all of them serve clients. They and their
 * folders vanish with {@link SandboxEnsemble.stop}, or when this process ends, in whatever way.
 * @throws Error in one line when Java or ZooKeeper is missing; with the server's log when one does not come up.
 */
export async function startEnsemble(options: EnsembleOptions): Promise<SandboxEnsemble> {
  for (let attempt = 1; ; attempt++) {
    const ensemble = await makeEnsemble(options)
    try {
      for (const server of ensemble.servers) server.launch()
      await Promise.all(ensemble.servers.map((server) => server.serving()))
      await checkPorts(ensemble.servers)
      return ensemble
    } catch (error) {
      const portTaken = await Promise.all(ensemble.servers.map(lostPort))
      await ensemble.stop()
      if (attempt === ATTEMPTS || !portTaken.includes(true)) throw error
    }
  }
}

async function makeEnsemble(options: EnsembleOptions): Promise<SandboxEnsemble> {
  const { fourLetterWords = true, adminServer = true, settings = {}, tickTimeMs = 500, jvmFlags = [] } = options
  const java = await findJava()
  const { version, jars } = await findZooKeeper(options.version ?? (process.env.ZOOKEEPER_VERSION || undefined))
  const hasAdmin = adminServer && !version.startsWith('3.4.')
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-zookeeper-'))
  guardFolder(folder)

  const numbers = await freePorts(options.servers * 4)
  const ports: ServerPorts[] = Array.from({ length: options.servers }, (_, index) => {
    const [client = 0, admin = 0, quorum = 0, election = 0] = numbers.slice(index * 4, index * 4 + 4)
    return { client, admin, quorum, election }
  })
  const launch = { java, jars, jvmFlags: [...JVM_FLAGS, ...jvmFlags], adminServer: hasAdmin }
  const servers = await Promise.all(
    ports.map(async (own, index) => {
      const id = index + 1
      const home = join(folder, `server-${id}`)
      const cfg = zooCfg(id, ports, home, version, { tickTimeMs, fourLetterWords, adminServer: hasAdmin, settings })
      await writeServerFolder(home, id, cfg)
      return new SandboxServer(id, home, own, launch)
    }),
  )
  return {
    version,
    folder,
    servers,
    connect: servers.map((server) => server.connect).join(','),
    leader: () => findLeader(servers),
    async expireSession(sessionId, password = passwordOf(sessionId)) {
      const server = servers.find((candidate) => candidate.running)
      if (server === undefined) throw new Error('no server runs')
      // Its owner, turned out by us, comes back at once and may turn us out before we have said a word.
      await until('the session is ended', () => endSession(server.clientPort, { sessionId, password }))
    },
    async stop() {
      await Promise.all(servers.map((server) => server.kill()))
      await removeFolder(folder)
    },
  }
}

/** Resolves with false when it did not come to that. */
async function endSession(port: number, session: Pick<RawSession, 'sessionId' | 'password'>): Promise<boolean> {
  try {
    const taken = await openRawSession(port, session)
    await taken.close()
    return true
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.message === 'the server closed the connection') return false
    if (error.message === 'the session no longer exists') return true
    throw error
  }
}

function findLeader(servers: readonly SandboxServer[]): Promise<SandboxServer> {
  return until('a server leads', async () => {
    const modes = await Promise.all(servers.map((server) => server.mode()))
    return servers.find((_, index) => modes[index] === 'leader' || modes[index] === 'standalone') ?? null
  })
}

/** A server whose AdminServer could not bind serves clients all the same, and only its log says so. */
async function checkPorts(servers: readonly SandboxServer[]): Promise<void> {
  const lost = await Promise.all(servers.map(lostPort))
  const index = lost.indexOf(true)
  if (index >= 0) throw new Error(`server ${index + 1} lost a port to another process`)
}

async function lostPort(server: SandboxServer): Promise<boolean> {
  const log = await server.log().catch(() => '')
  return /BindException|Address already in use/.test(log)
}
