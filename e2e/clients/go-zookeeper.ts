import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder } from '../sandbox/cache-folder'
import { runCommand } from '../sandbox/command'
import type { ClientProgram } from './client-program'

const SOURCES = fileURLToPath(new URL('go/', import.meta.url))
/** Where Go's own installer puts it, which is on nobody's PATH by itself. */
const CANDIDATES = ['go', '/usr/local/go/bin/go', '/usr/lib/go/bin/go']

/** Our contenders, built with go-zookeeper from the module proxy that Go is set to. @throws Error in one line. */
export async function goProgram(): Promise<ClientProgram> {
  const files = (await readdir(SOURCES)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(SOURCES, file), 'utf8')))
  const version = /go-zookeeper\/zk v(\S+)/.exec(texts.join('\n'))?.[1] ?? '?'
  const digest = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 8)
  const folder = await cachedFolder(`go-client-${digest}`, async (draft) => {
    // cgo would want a C compiler, for nothing that is needed here.
    const env = { ...process.env, CGO_ENABLED: '0' }
    const build = ['build', '-trimpath', '-o', join(draft, 'client'), '.']
    await runCommand(await findGo(), build, { cwd: SOURCES, env, timeoutMs: 300_000 })
  })
  return { name: `go-zookeeper ${version}`, command: join(folder, 'client'), args: [] }
}

async function findGo(): Promise<string> {
  for (const go of CANDIDATES) {
    const works = await runCommand(go, ['version']).then(
      () => true,
      () => false,
    )
    if (works) return go
  }
  throw new Error('Go is missing: install Go 1.19 or newer (Debian: apt-get install golang-go).')
}
