import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { guardProcess } from './sandbox/cleanup'

export const PROJECT = fileURLToPath(new URL('..', import.meta.url))
export const STANDALONE = join(PROJECT, '.next', 'standalone')

/** Written last, so that a build that was broken off counts as none. */
const STAMP = join(STANDALONE, 'complete')

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'proxy.ts',
  'instrumentation.ts',
]

/**
 * Builds Zoolens, as its user does, when there is no build or the sources are newer.
 * @throws Error when the build fails; its output is on stderr.
 */
export async function ensureBuild(log: (line: string) => void = () => {}): Promise<void> {
  if (existsSync(STAMP) && (await stat(STAMP)).mtimeMs > (await newest(SOURCES.map((name) => join(PROJECT, name)))))
    return
  log('Building Zoolens')
  const startedAt = new Date()
  await rm(STAMP, { force: true })
  const build = spawn('npm', ['run', '--silent', 'build'], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  guardProcess(build)
  let output = ''
  for (const stream of [build.stdout, build.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code] = await once(build, 'close')
  if (code !== 0) {
    process.stderr.write(output)
    throw new Error('npm run build failed: see its output above.')
  }
  // Dated to the start: what was changed during the build is newer than it.
  await writeFile(STAMP, '')
  await utimes(STAMP, startedAt, startedAt)
}

/** The latest modification below the paths, milliseconds; tests do not go into a build. */
async function newest(paths: readonly string[]): Promise<number> {
  let latest = 0
  for (const path of paths) {
    const info = await stat(path).catch(() => null)
    if (info === null) continue
    if (info.isDirectory()) {
      const names = await readdir(path)
      // The folder's own time tells of files that were removed.
      latest = Math.max(latest, info.mtimeMs, await newest(names.map((name) => join(path, name))))
    } else if (!/\.test\.tsx?$/.test(path)) latest = Math.max(latest, info.mtimeMs)
  }
  return latest
}
