import { fromDebian, fromMaven, fromZooKeeperHome, type ZooKeeperJars } from './zookeeper-sources'

const found = new Map<string, Promise<ZooKeeperJars>>()

/**
 * Where ZooKeeper comes from: ZOOKEEPER_HOME, else Maven, else Debian's packages; why a source was passed over is
 * printed on stderr before the next is tried.
 * @param version one that a test needs, such as "3.6.4"; without it the newest 3.9 of pom.xml, or what the source has.
 * @throws Error with one line that says what to install.
 */
export function findZooKeeper(version?: string): Promise<ZooKeeperJars> {
  const key = version ?? ''
  let search = found.get(key)
  if (search === undefined) {
    search = firstThatWorks(version)
    found.set(key, search)
  }
  return search
}

async function firstThatWorks(version: string | undefined): Promise<ZooKeeperJars> {
  const sources = [
    { name: 'ZOOKEEPER_HOME', get: fromZooKeeperHome },
    { name: 'Maven', get: () => fromMaven(version) },
    { name: "Debian's packages", get: fromDebian },
  ]
  for (const source of sources) {
    try {
      const jars = await source.get()
      if (version === undefined || jars.version === version) return jars
      throw new Error(`has ${jars.version}, not ${version}`)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      // An unset variable is no failure worth a line.
      if (reason !== 'not set') process.stderr.write(`ZooKeeper from ${source.name}: ${reason}\n`)
    }
  }
  throw new Error(
    `${version === undefined ? 'ZooKeeper' : `ZooKeeper ${version}`} is missing: install Maven (Debian: apt-get install maven), or set ZOOKEEPER_HOME to an unpacked distribution.`,
  )
}
