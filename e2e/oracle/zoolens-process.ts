import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { guardFolder, guardProcess, removeFolder } from '../sandbox/cleanup'
import { freePorts } from '../sandbox/ports'
import { until } from '../sandbox/until'
import type { HostState, MirrorView } from './zoolens-host'

const HOST = fileURLToPath(new URL('zoolens-host.ts', import.meta.url))

/** The Zoolens that is put to the test. */
export interface ZoolensProcess {
  /** "http://127.0.0.1:3000" */
  readonly url: string
  /** SIGSTOP: it hangs, and its sessions expire when it does so for long enough. */
  freeze(): void
  thaw(): void
  state(): Promise<HostState>
  /** null when there is no such directory. */
  mirror(path: string): Promise<MirrorView | null>
  /** What Zoolens does by itself every half minute. */
  audit(): Promise<void>
  /** What it has printed, the last part of it. */
  output(): string
  stop(): Promise<void>
}

export async function startZoolensProcess(connect: string, sessionTimeoutMs: number): Promise<ZoolensProcess> {
  const [port = 0] = await freePorts(1)
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-oracle-host-'))
  guardFolder(folder)
  const config = join(folder, 'zoolens.yaml')
  await writeFile(config, stringify({ clusters: [{ id: 'default', connect, sessionTimeoutMs }] }))
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', HOST], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, NODE_ENV: 'development', PORT: String(port), ZOOLENS_CONFIG: config, ZOOLENS_CONNECT: '' },
  })
  guardProcess(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-100_000)
    })
  }
  const gone = once(child, 'exit')
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  const url = `http://127.0.0.1:${port}`
  const ask = async <T>(resource: string): Promise<T | null> => {
    if (ended) throw new Error(`Zoolens ended; it printed:\n${output.slice(-4_000)}`)
    const response = await fetch(`${url}/oracle/${resource}`, { signal: AbortSignal.timeout(30_000) })
    return response.ok ? ((await response.json()) as T) : null
  }
  await until('Zoolens listens', async () => {
    if (ended) throw new Error(`Zoolens ended; it printed:\n${output.slice(-4_000)}`)
    return output.includes('listening')
  })
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    state: () => until('Zoolens tells its state', () => ask<HostState>('state')),
    mirror: (path) => ask<MirrorView>(`mirror?${new URLSearchParams({ path })}`),
    async audit() {
      await ask('audit')
    },
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      child.kill('SIGCONT')
      await gone
      await removeFolder(folder)
    },
  }
}
