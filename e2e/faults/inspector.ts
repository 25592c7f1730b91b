import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ConnectionStatus, ConnectionView } from '@/lib/live/protocol'
import { guardProcess } from '../sandbox/cleanup'
import { until } from '../sandbox/until'
import type { Answers, FromInspector, Question, Told } from './messages'

const PROGRAM = fileURLToPath(new URL('inspector-program.ts', import.meta.url))

type Of<T extends Told['tell']> = Extract<Told, { tell: T }>

export interface InspectorOptions {
  readonly connect: string
  /** Default: 30,000. */
  readonly sessionTimeoutMs?: number
}

/** The inspector in its own process, and everything that it has told since it was started. */
export class Inspector {
  readonly told: Told[] = []
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  #next = 0

  constructor({ connect, sessionTimeoutMs = 30_000 }: InspectorOptions) {
    this.#child = fork(PROGRAM, [connect, String(sessionTimeoutMs)], {
      execArgv: ['--import', 'tsx', '--expose-gc'],
      serialization: 'advanced',
      detached: true,
    })
    guardProcess(this.#child)
    this.#child.on('message', (message: FromInspector) => this.#hear(message))
    this.#child.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the inspector ended: ${code ?? signal}`))
      this.#waiting.clear()
    })
  }

  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    const id = ++this.#next
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child.send({ ...question, id })
    })
  }

  /** What was told of one kind, from a moment on. */
  all<T extends Told['tell']>(tell: T, since = 0): Of<T>[] {
    return this.told.filter((told): told is Of<T> => told.tell === tell && told.at >= since)
  }

  /** The connection as told last. */
  get connection(): ConnectionView | null {
    return this.told.findLast((told): told is Of<'connection'> => told.tell === 'connection')?.view ?? null
  }

  /** Resolves with the first message of a kind, from a moment on, that is as wanted. */
  async heard<T extends Told['tell']>(
    what: string,
    tell: T,
    wanted: (told: Of<T>) => boolean,
    { since = 0, timeoutMs = 30_000 }: { readonly since?: number; readonly timeoutMs?: number } = {},
  ): Promise<Of<T>> {
    return until(what, async () => this.all(tell, since).find(wanted) ?? null, { timeoutMs, everyMs: 10 })
  }

  becomes(
    status: ConnectionStatus,
    options: { readonly since?: number; readonly timeoutMs?: number } = {},
  ): Promise<Of<'connection'>> {
    return this.heard(`the inspector is ${status}`, 'connection', ({ view }) => view.status === status, options)
  }

  /** Session ids that it has had while connected. */
  sessionIds(since = 0): string[] {
    const views = this.all('connection', since).filter(({ view }) => view.status === 'connected')
    return [...new Set(views.map(({ view }) => view.sessionId))]
  }

  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.resume()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 8_000)
    await this.ask({ ask: 'close' }).catch(() => undefined)
    if (this.#child.connected) this.#child.disconnect()
    await gone
    clearTimeout(timer)
  }

  #hear(message: FromInspector): void {
    if ('tell' in message) {
      this.told.push(message)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('failed' in message) waiting?.reject(new Error(message.failed))
    else waiting?.resolve(message.answer as never)
  }
}
