import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder } from '../sandbox/cache-folder'
import { runCommand } from '../sandbox/command'
import { findJava } from '../sandbox/java'
import type { ClientProgram } from './client-program'

const SOURCES = fileURLToPath(new URL('curator/', import.meta.url))
/** Fifty sessions and their threads; the compiler's second stage would only take the other processes' time. */
const JVM = ['-Xmx256m', '-Xss256k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Curator's recipes from Maven, and our contenders compiled against them. @throws Error in one line. */
export async function curatorProgram(): Promise<ClientProgram> {
  const java = await findJava()
  const pom = await readFile(join(SOURCES, 'pom.xml'), 'utf8')
  const version = /<curator\.version>([^<]+)</.exec(pom)?.[1] ?? '?'
  const sources = (await readdir(SOURCES)).filter((name) => name.endsWith('.java')).sort()
  const digest = createHash('sha256').update(pom)
  const jarFolder = await cachedFolder(
    `curator-${version}-${digest.copy().digest('hex').slice(0, 8)}`,
    async (draft) => {
      await runCommand('mvn', ['-B', '-q', '-f', join(SOURCES, 'pom.xml'), 'package', `-Djars=${draft}`], {
        timeoutMs: 300_000,
      })
      if (!(await readdir(draft)).includes(`curator-recipes-${version}.jar`)) throw new Error('Maven left no jars')
    },
  )
  const jars = (await readdir(jarFolder)).filter((name) => name.endsWith('.jar')).map((name) => join(jarFolder, name))
  for (const source of sources) digest.update(await readFile(join(SOURCES, source)))
  const classes = await cachedFolder(`curator-client-${digest.digest('hex').slice(0, 8)}`, async (draft) => {
    await mkdir(draft, { recursive: true })
    const javac = basename(java) === java ? 'javac' : join(dirname(java), 'javac')
    const files = sources.map((source) => join(SOURCES, source))
    await runCommand(javac, ['--release', '17', '-cp', jars.join(delimiter), '-d', draft, ...files])
  })
  const classpath = [classes, ...jars].join(delimiter)
  return { name: `Curator ${version}`, command: java, args: [...JVM, '-cp', classpath, 'CuratorClient'] }
}
