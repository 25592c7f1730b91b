import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

let guard: ChildProcess | undefined

/**
 * Tells the guard, a tiny process of its own, what must not outlive this process. Handlers of 'exit' and of signals
 * would not run after kill -9 or a crash of Node; the guard sees its stdin end in every case.
 */
function tellGuard(line: string): void {
  if (guard === undefined) {
    guard = spawn(process.execPath, [fileURLToPath(new URL('guard.mjs', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    guard.unref()
    const stdin = guard.stdin as unknown as { unref?: () => void } | null
    stdin?.unref?.()
    guard.stdin?.on('error', () => {
      guard = undefined
    })
  }
  guard.stdin?.write(`${line}\n`)
}

/** The child is killed when this process ends, in whatever way, before the child does. */
export function guardProcess(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined) return
  tellGuard(`+process ${pid}`)
  child.once('exit', () => tellGuard(`-process ${pid}`))
}

/** The folder is removed when this process ends, in whatever way. */
export function guardFolder(folder: string): void {
  tellGuard(`+folder ${folder}`)
}

/** Removes a folder now. A server that is just dying may still write into it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  tellGuard(`-folder ${folder}`)
}
