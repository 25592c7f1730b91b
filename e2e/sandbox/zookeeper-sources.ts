import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder } from './cache-folder'
import { runCommand } from './command'

/** The jars of one ZooKeeper, ready for a class path. */
export interface ZooKeeperJars {
  readonly version: string
  readonly jars: readonly string[]
}

const POM = fileURLToPath(new URL('pom.xml', import.meta.url))

/** Jars of libzookeeper-java and of what it needs, by their unversioned names: Debian keeps those as links. */
const DEBIAN_PACKAGES = [
  'libzookeeper-java',
  'libcommons-cli-java',
  'libcommons-io-java',
  'libcommons-lang-java',
  'libdropwizard-metrics-java',
  'libjackson2-annotations-java',
  'libjackson2-core-java',
  'libjackson2-databind-java',
  'libjetty9-java',
  'libservlet-api-java',
  'libnetty-java',
  'libslf4j-java',
  'libsnappy-java',
  'liblog4j1.2-java',
]
const DEBIAN_JARS = [
  'zookeeper',
  'zookeeper-jute',
  'commons-cli',
  'commons-io',
  'commons-lang',
  'metrics-core',
  'jackson-annotations',
  'jackson-core',
  'jackson-databind',
  'jetty9-server',
  'jetty9-servlet',
  'jetty9-http',
  'jetty9-io',
  'jetty9-util',
  'jetty9-util-ajax',
  'jetty9-security',
  'servlet-api',
  'netty-all',
  'netty-buffer',
  'netty-codec',
  'netty-common',
  'netty-handler',
  'netty-resolver',
  'netty-transport',
  'slf4j-api',
  'slf4j-log4j12',
  'snappy-java',
  'log4j-1.2',
]

/** A distribution of Apache's, unpacked: ZOOKEEPER_HOME. @throws Error in one line. */
export async function fromZooKeeperHome(): Promise<ZooKeeperJars> {
  const home = process.env.ZOOKEEPER_HOME
  if (home === undefined || home === '') throw new Error('not set')
  // 3.4 keeps zookeeper.jar beside lib, later distributions inside it.
  return recognise([...(await jarsIn(home)), ...(await jarsIn(join(home, 'lib')))], home)
}

/** Maven and the pinned pom.xml beside this file; no version means the pinned one. @throws Error in one line. */
export async function fromMaven(version: string | undefined): Promise<ZooKeeperJars> {
  const pom = await readFile(POM, 'utf8')
  const wanted = version ?? /<zookeeper\.version>([^<]+)</.exec(pom)?.[1]
  if (wanted === undefined) throw new Error('pom.xml names no version')
  const before35 = wanted.startsWith('3.4.')
  const flags = [...(before35 ? ['-DwithoutJute'] : []), ...(/^3\.[4-7]\./.test(wanted) ? ['-DwithLog4j'] : [])]
  const digest = createHash('sha256').update(pom).digest('hex').slice(0, 8)
  const folder = await cachedFolder(`zookeeper-${wanted}-${digest}`, async (draft) => {
    await runCommand(
      'mvn',
      ['-B', '-q', '-f', POM, 'package', `-Djars=${draft}`, `-Dzookeeper.version=${wanted}`, ...flags],
      { timeoutMs: 300_000 },
    )
    await recognise(await jarsIn(draft), 'the download')
  })
  return recognise(await jarsIn(folder), folder)
}

/** Debian's packages, downloaded and unpacked without root. @throws Error in one line. */
export async function fromDebian(): Promise<ZooKeeperJars> {
  const folder = await cachedFolder('zookeeper-debian', async (draft) => {
    const packages = join(draft, 'packages')
    await mkdir(packages)
    const download = () =>
      runCommand('apt-get', ['download', ...DEBIAN_PACKAGES], { cwd: packages, timeoutMs: 180_000 })
    await download().catch(async (error: unknown) => {
      // A fresh machine has no lists of packages, and only root may fetch them.
      if (process.getuid?.() !== 0) throw error
      await runCommand('apt-get', ['update'], { timeoutMs: 180_000 })
      await download()
    })
    for (const file of await readdir(packages)) await runCommand('dpkg', ['-x', join(packages, file), draft])
    await recognise(debianJars(draft), 'the packages')
  })
  return recognise(debianJars(folder), folder)
}

function debianJars(folder: string): string[] {
  return DEBIAN_JARS.map((name) => join(folder, 'usr', 'share', 'java', `${name}.jar`))
}

async function jarsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(folder, name))
}

/** The version stands in the jar's own properties file since 3.4, but its name is enough wherever it has one. */
async function recognise(jars: readonly string[], where: string): Promise<ZooKeeperJars> {
  const main = jars.find((jar) => /[/\\]zookeeper(-\d[^/\\]*)?\.jar$/.test(jar))
  if (main === undefined) throw new Error(`no zookeeper.jar in ${where}`)
  const named = /zookeeper-(\d+\.\d+\.\d+[^/\\]*)\.jar$/.exec(main)?.[1]
  return { version: named ?? (await versionBeside(main)), jars }
}

/** Debian links zookeeper-3.8.0.jar to zookeeper.jar in the same folder. */
async function versionBeside(jar: string): Promise<string> {
  const names = await readdir(join(jar, '..'))
  const version = names.map((name) => /^zookeeper-(\d+\.\d+\.\d+)\.jar$/.exec(name)?.[1]).find((found) => found)
  if (version === undefined) throw new Error(`no version in the names beside ${jar}`)
  return version
}
