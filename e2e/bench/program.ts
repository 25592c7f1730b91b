import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { PROJECT } from '../build'
import { guardProcess } from '../sandbox/cleanup'
import { benchFile } from './lab'

/** A process of its own that answers each line with a line, so that its work is not ours. */
export interface Program {
  /** @throws Error when it ends instead of answering. */
  ask(line: string): Promise<string>
  stop(): Promise<void>
}

export function startProgram(command: string, args: readonly string[]): Program {
  const child = spawn(command, args, { cwd: PROJECT, stdio: ['pipe', 'pipe', 'inherit'], detached: true })
  guardProcess(child)
  const gone = once(child, 'exit')
  let answered: ((line: string) => void) | null = null
  createInterface({ input: child.stdout }).on('line', (line) => answered?.(line))
  return {
    async ask(line) {
      const answer = new Promise<string>((resolve) => {
        answered = resolve
      })
      child.stdin.write(`${line}\n`)
      const ended = gone.then(([code]) => {
        throw new Error(`${command} ended with ${String(code)} when asked: ${line}`)
      })
      return Promise.race([answer, ended])
    },
    async stop() {
      child.stdin.end()
      await gone
    },
  }
}

/** A TypeScript file beside this one, run by Node. */
export function startScript(name: string, args: readonly string[]): Program {
  return startProgram(process.execPath, ['--import', 'tsx', benchFile(name), ...args])
}
