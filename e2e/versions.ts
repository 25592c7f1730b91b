import { connect } from '@/lib/zookeeper/connect'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import { featuresOf, sinceVersion } from '@/lib/zookeeper/server-features'
import { startEnsemble } from './sandbox/ensemble'
import type { Bench, Check } from './versions/check'
import { MIRROR_CHECKS } from './versions/mirror-checks'
import { SESSION_CHECKS } from './versions/session-checks'

/** The newest of each line; others by `npm run test:versions -- 3.8.4 3.9.1`. */
const VERSIONS = ['3.4.14', '3.5.10', '3.6.4', '3.7.2', '3.8.7', '3.9.6']
const CHECKS = [...SESSION_CHECKS, ...MIRROR_CHECKS]

/**
 * Tries on a real server of each version what Zoolens needs of it, and prints the table of what works where. What a
 * version cannot know must be refused before it is sent, and the session must go on: that is tried too.
 */
async function tryVersion(version: string): Promise<string[]> {
  const sandbox = await startEnsemble({ servers: 1, version })
  const session = connect({ connect: sandbox.connect })
  const other = connect({ connect: sandbox.connect })
  const cells: string[] = []
  try {
    for (const [index, check] of CHECKS.entries()) {
      const bench = { connect: sandbox.connect, session, other, path: `/check-${index}`, version }
      const cell = await tryCheck(check, bench)
      process.stderr.write(`${version}  ${check.name}: ${cell}\n`)
      cells.push(cell)
    }
    if (session.info.connections !== 1)
      throw new Error(`${version}: the session had ${session.info.connections} connections`)
    if (session.info.features?.version !== version)
      throw new Error(`${version}: taken for ${session.info.features?.version}`)
  } finally {
    await Promise.all([session.close(), other.close()])
    await sandbox.stop()
  }
  return cells
}

async function tryCheck(check: Check, bench: Bench): Promise<string> {
  const { feature } = check
  const isMissing = feature !== undefined && !featuresOf(bench.version)[feature]
  try {
    // A mirror has nothing to send: there the interface says what is missing, which the first of its checks shows.
    if (isMissing && MIRROR_CHECKS.includes(check)) return `– (${sinceVersion(feature)})`
    const remark = await check.run(bench)
    if (isMissing) throw new Error(`works, although it came with ${sinceVersion(feature)}`)
    return typeof remark === 'string' ? `yes, ${remark}` : 'yes'
  } catch (error) {
    if (isMissing && isZooKeeperError(error) && error.code === 'Unimplemented' && error.zkCode === 0) {
      return `– (${sinceVersion(feature)})`
    }
    return `NO: ${error instanceof Error ? error.message : String(error)}`
  }
}

const asked = process.argv.slice(2)
const versions = asked.length > 0 ? asked : VERSIONS
const columns: string[][] = []
for (const version of versions) columns.push(await tryVersion(version))

const lines = [
  `| ZooKeeper | ${versions.join(' | ')} |`,
  `|---${'|---'.repeat(versions.length)}|`,
  ...CHECKS.map(({ name }, index) => `| ${name} | ${columns.map((cells) => cells[index]).join(' | ')} |`),
]
process.stdout.write(
  `${lines.join('\n')}\n\n– (3.x.y): not known before that version; refused before it is sent, the session goes on.\n`,
)
process.exit(columns.flat().some((cell) => cell.startsWith('NO')) ? 1 : 0)
