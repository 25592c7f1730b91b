import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { guardProcess } from './cleanup'
import { fourLetterWord } from './four-letter-word'
import type { ServerPorts } from './server-settings'
import { until } from './until'

export type ServerMode = 'leader' | 'follower' | 'standalone' | 'read-only' | 'not-serving' | 'stopped'

export interface LaunchOptions {
  readonly java: string
  readonly jars: readonly string[]
  readonly jvmFlags: readonly string[]
  readonly adminServer: boolean
}

/** One ZooKeeper server process of a sandbox. */
export class SandboxServer {
  readonly host = '127.0.0.1'
  readonly connect: string
  readonly clientPort: number
  /** null when AdminServer is off. */
  readonly adminPort: number | null
  #child: ChildProcess | null = null

  constructor(
    readonly id: number,
    /** Its zoo.cfg, data and server.log. */
    readonly folder: string,
    ports: ServerPorts,
    private readonly launchOptions: LaunchOptions,
  ) {
    this.clientPort = ports.client
    this.adminPort = launchOptions.adminServer ? ports.admin : null
    this.connect = `${this.host}:${ports.client}`
  }

  get running(): boolean {
    return this.#child !== null
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Starts the process; resolves at once, see {@link serving}. */
  launch(): void {
    if (this.#child !== null) return
    const { java, jars, jvmFlags } = this.launchOptions
    const log = openSync(join(this.folder, 'server.log'), 'a')
    // A group of its own: Ctrl-C in a terminal must reach us, who stop it in order, not the server.
    const child = spawn(
      java,
      [
        ...jvmFlags,
        '-cp',
        [this.folder, ...jars].join(delimiter),
        'org.apache.zookeeper.server.quorum.QuorumPeerMain',
        join(this.folder, 'zoo.cfg'),
      ],
      { cwd: this.folder, stdio: ['ignore', log, log], detached: true },
    )
    closeSync(log)
    this.#child = child
    child.once('exit', () => {
      this.#child = null
    })
    guardProcess(child)
  }

  /** Resolves when clients are served. @throws Error with the end of the log when the process ends instead. */
  async serving(timeoutMs = 60_000): Promise<void> {
    await until(
      `server ${this.id} serves`,
      async () => {
        if (!this.running) throw new Error(`server ${this.id} ended:\n${(await this.log()).slice(-2_000)}`)
        return (await this.mode()) !== 'not-serving'
      },
      { timeoutMs },
    )
  }

  async mode(): Promise<ServerMode> {
    if (!this.running) return 'stopped'
    // srvr cannot be switched off: FourLetterCommands.java adds it to every whitelist for zkServer.sh's sake.
    const answer = await fourLetterWord(this.clientPort, 'srvr').catch(() => '')
    return modeOf(/^Mode: (\S+)/m.exec(answer)?.[1])
  }

  /** Everything that the server has logged since it was made, restarts included. */
  log(): Promise<string> {
    return readFile(join(this.folder, 'server.log'), 'utf8')
  }

  /** SIGTERM, and SIGKILL if that takes too long. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    // A stopped process sees SIGTERM only when it goes on.
    child.kill('SIGCONT')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(timer)
  }

  /** kill -9: the process ends without a word to its clients; the kernel closes its sockets. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** SIGSTOP: its sockets stay open and nothing answers any more. */
  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  /** Stops it if it runs, starts it on the same ports and data, and resolves when it serves. */
  async restart(): Promise<void> {
    await this.stop()
    this.launch()
    await this.serving()
  }
}

function modeOf(word: string | undefined): ServerMode {
  switch (word) {
    case 'leader':
    case 'follower':
    case 'standalone':
    case 'read-only':
      return word
    default:
      return 'not-serving'
  }
}
