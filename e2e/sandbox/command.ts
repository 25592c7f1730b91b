import { spawn } from 'node:child_process'

export interface CommandResult {
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program to its end, without a shell.
 * @throws Error with one line that says why: not installed, timed out, or its exit code and its first line of complaint.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly timeoutMs?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
  const { cwd, timeoutMs = 60_000, env } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, timeoutMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(new Error(error.code === 'ENOENT' ? `${program} is not installed` : `${program}: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve({ stdout, stderr })
      else if (timedOut) reject(new Error(`${program} took longer than ${timeoutMs / 1000} s`))
      else reject(new Error(`${program} ended with ${code ?? signal}: ${firstComplaint(stderr, stdout)}`))
    })
  })
}

/** Maven complains on stdout, in colour, after lines that say nothing. */
function firstComplaint(stderr: string, stdout: string): string {
  const escapeCode = String.fromCharCode(27)
  const lines = `${stderr}\n${stdout}`
    .replaceAll(new RegExp(`${escapeCode}\\[[0-9;]*m`, 'g'), '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const line = lines.find((candidate) => /error|fail|unable|not /i.test(candidate)) ?? lines.at(-1) ?? 'it said nothing'
  return line.slice(0, 300)
}
