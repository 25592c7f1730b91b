import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { guardProcess } from '../sandbox/cleanup'
import { type ClientLine, clientLineSchema } from './client-line'
import type { ClientProgram } from './client-program'

/** What each of the programs can be told. */
export type ClientCommand =
  | { readonly do: 'ping' | 'freeze' | 'thaw' }
  | { readonly do: 'release' | 'acquire'; readonly who: string }
  | {
      readonly do: 'start'
      readonly recipe: string
      readonly path: string
      readonly prefix: string
      readonly count: number
      readonly sessions: number
      readonly holdMs: number
      /** Of semaphores: how many may hold. */
      readonly max?: number
    }

const COMPLAINTS = 4_000

/** A process of contenders that use another language's library; killed when this process ends. */
export class RealClient {
  readonly #waiting: (() => void)[] = []
  readonly #gone: Promise<unknown>
  #stderr = ''
  #failure: Error | null = null

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
    private readonly heard: (line: ClientLine) => void,
  ) {
    guardProcess(child)
    this.#gone = once(child, 'exit').finally(() => this.#wake())
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-COMPLAINTS)
    })
    // The other side may be gone: that is told by its exit.
    child.stdin?.on('error', () => undefined)
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (text) => this.#line(text))
  }

  /** @param heard hears every line, in order. */
  static start(
    program: ClientProgram,
    connect: string,
    sessionTimeoutMs: number,
    heard: (line: ClientLine) => void,
  ): RealClient {
    const { command, args, env, name } = program
    const child = spawn(command, [...args, connect, String(sessionTimeoutMs)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...env },
    })
    return new RealClient(child, name, heard)
  }

  /** Resolves when it has done so, and when everything that it said before has been heard. */
  async tell(command: ClientCommand): Promise<void> {
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.child.stdin?.write(`${JSON.stringify(command)}\n`)
    await done
    if (this.#failure !== null) throw this.#failure
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      throw new Error(`${this.name} has ended, told ${command.do}: ${this.#stderr}`)
    }
  }

  /** SIGSTOP */
  pause(): void {
    this.child.kill('SIGSTOP')
  }

  /** SIGCONT */
  resume(): void {
    this.child.kill('SIGCONT')
  }

  /** SIGKILL: its sessions stay until they expire. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.#gone
  }

  #line(text: string): void {
    try {
      const line = clientLineSchema.parse(JSON.parse(text))
      if (line.event === 'done') this.#waiting.shift()?.()
      else if (line.event !== 'ready') this.heard(line)
    } catch (error) {
      this.#failure ??= new Error(`${this.name} said ${text}: ${String(error)}\n${this.#stderr}`)
      this.#wake()
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
