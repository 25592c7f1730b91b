import { fileURLToPath } from 'node:url'
import { type Program, startProgram } from '../bench/program'

/** The other client that goes on writing during every fault. */
export class Churn {
  readonly #program: Program
  readonly #startedAt = Date.now()

  constructor(connect: string, root: string, directories: number, perSecond = 260) {
    const file = fileURLToPath(new URL('churn-program.ts', import.meta.url))
    const args = ['--import', 'tsx', file, connect, root, String(directories), String(perSecond)]
    this.#program = startProgram(process.execPath, args)
  }

  /** Resolves with the number of writes acknowledged so far, when none is under way. */
  async pause(): Promise<number> {
    return Number(await this.#program.ask('pause'))
  }

  async go(): Promise<void> {
    await this.#program.ask('go')
  }

  async stop(): Promise<{ readonly writes: number; readonly perSecond: number }> {
    const writes = await this.pause()
    const perSecond = Math.round((writes * 1_000) / (Date.now() - this.#startedAt))
    await this.#program.stop()
    return { writes, perSecond }
  }
}
