import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { STANDALONE } from './build'
import { guardFolder, guardProcess, removeFolder } from './sandbox/cleanup'
import { freePorts, isFree } from './sandbox/ports'
import { until } from './sandbox/until'

/** One entry of the file that ZOOLENS_CONFIG names. */
export interface ClusterEntry {
  readonly id: string
  readonly name: string
  /** "#rrggbb" */
  readonly color?: string
  readonly connect: string
  readonly readOnly?: boolean
  readonly production?: boolean
  readonly digest?: string
}

export interface ZoolensOptions {
  /** Written to a file for ZOOLENS_CONFIG; without it the settings come from `env` alone. */
  readonly clusters?: readonly ClusterEntry[]
  /** Taken when free, else the next free one; without it any free one. */
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

export interface ZoolensServer {
  /** "http://127.0.0.1:3000", no slash at the end. */
  readonly url: string
  readonly pid: number
  /** What the server has printed so far. */
  output(): string
  /** SIGTERM, and SIGKILL if that takes longer than 10 s. */
  stop(): Promise<void>
}

/**
 * Starts the built standalone server on 127.0.0.1 and resolves when GET /api/health answers.
 * Needs ensureBuild. @throws Error with what the server printed when it ends or does not become healthy in 60 s.
 */
export async function startZoolens(options: ZoolensOptions): Promise<ZoolensServer> {
  const port = options.port === undefined ? await anyPort() : await nextFree(options.port)
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-server-'))
  guardFolder(folder)
  const config = join(folder, 'zoolens.yaml')
  if (options.clusters !== undefined)
    await writeFile(config, stringify({ clusters: options.clusters }), { mode: 0o600 })

  const child = spawn(process.execPath, [join(STANDALONE, 'server.js')], {
    cwd: STANDALONE,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in a terminal reaches us, who stop it in order.
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      // Next's own handler waits for ever while an event stream is open.
      NEXT_MANUAL_SIG_HANDLE: 'true',
      HOSTNAME: '127.0.0.1',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...(options.clusters === undefined ? {} : { ZOOLENS_CONFIG: config }),
      ...options.env,
    },
  })
  guardProcess(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      // Its end says why it failed; a demo may run for days.
      output = (output + text).slice(-200_000)
    })
  }
  const gone = once(child, 'exit')
  let ended = false
  child.once('exit', () => {
    ended = true
  })

  async function stop(): Promise<void> {
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    if (!ended) {
      child.kill('SIGTERM')
      await gone
    }
    clearTimeout(timer)
    await removeFolder(folder)
  }

  const url = `http://127.0.0.1:${port}`
  try {
    await until(
      `${url}/api/health answers`,
      async () => {
        if (ended) throw new Error('Zoolens ended')
        const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
        return response?.ok ?? false
      },
      { timeoutMs: 60_000, everyMs: 100 },
    )
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : String(error)}; it printed:\n${output.slice(-4_000)}`)
  }
  return { url, pid: child.pid ?? -1, output: () => output, stop }
}

async function anyPort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}

async function nextFree(first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    if (await isFree(port)) return port
  }
  throw new Error(`No free port between ${first} and ${first + 99}.`)
}
