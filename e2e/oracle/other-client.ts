import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { guardFolder, guardProcess, removeFolder } from '../sandbox/cleanup'
import { runCommand } from '../sandbox/command'
import { findJava } from '../sandbox/java'
import { writeLoggerSettings } from '../sandbox/server-settings'
import { findZooKeeper } from '../sandbox/zookeeper-home'
import type { TrueZnode, Truth } from './truth'

export interface Written {
  readonly applied: number
  /** NoNode, NodeExists and the like: two changes that do not go together. */
  readonly refused: number
  /** The connection broke before the answer came. */
  readonly lost: number
}

const SOURCE = fileURLToPath(new URL('Writer.java', import.meta.url))

/** @throws Error in one line when there is no Java compiler: a runtime alone is enough for everything else. */
export async function requireJavaCompiler(): Promise<void> {
  const { stdout } = await runCommand(await findJava(), ['--list-modules'])
  if (stdout.includes('jdk.compiler')) return
  throw new Error('The Java compiler is missing: install a JDK (Debian: apt-get install default-jdk-headless).')
}

/** ZooKeeper's own client in a process of its own: changes znodes, and says what the ensemble holds. */
export class OtherClient {
  #waiting: ((line: string) => void)[] = []
  readonly #gone: Promise<unknown>

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    guardProcess(child)
    this.#gone = once(child, 'exit')
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#waiting[0]?.(line))
  }

  /** Resolves when it has made the znodes that it works on. */
  static async start(connect: string, seed: number): Promise<OtherClient> {
    await requireJavaCompiler()
    const { jars } = await findZooKeeper()
    const folder = await mkdtemp(join(tmpdir(), 'zoolens-oracle-'))
    guardFolder(folder)
    await writeLoggerSettings(folder)
    const classpath = [folder, ...jars].join(delimiter)
    const args = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djute.maxbuffer=67108864']
    const program = ['-Dsandbox.log.level=OFF', '-cp', classpath, SOURCE, connect, String(seed)]
    const child = spawn(await findJava(), [...args, ...program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    })
    const client = new OtherClient(child, folder)
    await client.#lines('ready')
    return client
  }

  async go(perSecond: number): Promise<void> {
    await this.#ask(`go ${perSecond}`)
  }

  /** Resolves when nothing is on the way any more, with what came of all changes so far. */
  async pause(): Promise<Written> {
    const [line = ''] = await this.#ask('pause')
    const [applied = 0, refused = 0, lost = 0] = line.split(' ').map(Number)
    return { applied, refused, lost }
  }

  /** Every znode, read from one server after it has caught up with the leader. */
  async dump(): Promise<Truth> {
    for (let attempt = 1; ; attempt++) {
      const lines = await this.#ask('dump', (line) => line === '.' || line.startsWith('failed'))
      if (lines.at(-1) === '.') {
        const znodes = lines.slice(0, -1).map((line) => JSON.parse(line) as TrueZnode)
        return new Map(znodes.map((znode) => [znode.path, znode]))
      }
      if (attempt === 10) throw new Error(`the other client cannot read the ensemble: ${lines.at(-1)}`)
    }
  }

  async stop(): Promise<void> {
    this.child.stdin?.end()
    await this.#gone
    await removeFolder(this.folder)
  }

  #ask(question: string, isLast: (line: string) => boolean = () => true): Promise<string[]> {
    this.child.stdin?.write(`${question}\n`)
    return this.#lines(question, isLast)
  }

  /** The lines up to the last one. @throws Error when it ends instead. */
  async #lines(question: string, isLast: (line: string) => boolean = () => true): Promise<string[]> {
    const lines: string[] = []
    const answer = new Promise<string[]>((resolve) => {
      const take = (line: string) => {
        lines.push(line)
        if (!isLast(line)) return
        this.#waiting = this.#waiting.filter((other) => other !== take)
        resolve(lines)
      }
      this.#waiting.push(take)
    })
    const ended = this.#gone.then(() => {
      throw new Error(`the other client ended when asked: ${question}`)
    })
    return Promise.race([answer, ended])
  }
}
