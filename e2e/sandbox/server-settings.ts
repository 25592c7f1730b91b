import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ServerPorts {
  readonly client: number
  readonly admin: number
  readonly quorum: number
  readonly election: number
}

export interface ServerSettings {
  readonly tickTimeMs: number
  readonly fourLetterWords: boolean
  readonly adminServer: boolean
  /** Lines of zoo.cfg that are added to, or replace, the sandbox's own. */
  readonly settings: Readonly<Record<string, string>>
}

/** The zoo.cfg of one server; `ensemble` holds the ports of every server in order of their ids, 1 and up. */
export function zooCfg(
  id: number,
  ensemble: readonly ServerPorts[],
  folder: string,
  version: string,
  options: ServerSettings,
): string {
  const own = ensemble[id - 1]
  if (own === undefined) throw new Error(`no server ${id} of ${ensemble.length}`)
  const settings: Record<string, string> = {
    tickTime: String(options.tickTimeMs),
    // Ten seconds to join and five to keep up, whatever the tick: the machine may be busy.
    initLimit: String(Math.ceil(10_000 / options.tickTimeMs)),
    syncLimit: String(Math.ceil(5_000 / options.tickTimeMs)),
    dataDir: join(folder, 'data'),
    maxClientCnxns: '0',
    extendedTypesEnabled: 'true',
    // The data dies with the sandbox: waiting for the disk and 64 MB of zeros a log would only make tests slow.
    forceSync: 'no',
    preAllocSize: '1024',
    'autopurge.snapRetainCount': '3',
    'autopurge.purgeInterval': '1',
    '4lw.commands.whitelist': options.fourLetterWords ? '*' : '',
    'admin.enableServer': String(options.adminServer),
    'admin.serverAddress': '127.0.0.1',
    'admin.serverPort': String(own.admin),
  }
  const isQuorum = ensemble.length > 1
  // Since 3.5 the client's address belongs to the server line, so that /zookeeper/config tells it.
  const clientInLine = isQuorum && !version.startsWith('3.4.')
  if (!clientInLine) {
    settings.clientPort = String(own.client)
    settings.clientPortAddress = '127.0.0.1'
  }
  if (isQuorum) {
    ensemble.forEach((ports, index) => {
      const client = clientInLine ? `:participant;127.0.0.1:${ports.client}` : ''
      settings[`server.${index + 1}`] = `127.0.0.1:${ports.quorum}:${ports.election}${client}`
    })
  }
  return Object.entries({ ...settings, ...options.settings })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}

/** Writes zoo.cfg, myid and the loggers' settings; everything that the server writes stays inside the folder. */
export async function writeServerFolder(folder: string, id: number, cfg: string): Promise<void> {
  // With version-2, which servers before 3.5 make in two threads at a time, their purge and themselves: one of them then
  // ends the server with "Unable to create data directory". Source: FileTxnSnapLog's constructor.
  await mkdir(join(folder, 'data', 'version-2'), { recursive: true })
  await writeFile(join(folder, 'zoo.cfg'), cfg)
  await writeFile(join(folder, 'data', 'myid'), `${id}\n`)
  await writeLoggerSettings(folder)
}

/** Logback serves 3.8 and newer, Log4j older distributions and Debian's package; both are found on the class path. */
export async function writeLoggerSettings(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'logback.xml'),
    `<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
    <target>System.err</target>
    <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n</pattern></encoder>
  </appender>
  <root level="\${sandbox.log.level:-INFO}"><appender-ref ref="OUT"/></root>
</configuration>
`,
  )
  await writeFile(
    join(folder, 'log4j.properties'),
    `sandbox.log.level=INFO
log4j.rootLogger=\${sandbox.log.level}, OUT
log4j.appender.OUT=org.apache.log4j.ConsoleAppender
log4j.appender.OUT.target=System.err
log4j.appender.OUT.layout=org.apache.log4j.PatternLayout
log4j.appender.OUT.layout.ConversionPattern=%d{HH:mm:ss.SSS} %-5p %c{1} - %m%n
`,
  )
}
