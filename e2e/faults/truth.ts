import { joinPath } from '@/lib/znode/path'
import { type Stat, statToJson } from '@/lib/znode/stat'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import type { Row, Rows } from './view'

/** What another session reads of the same directories and open znodes, after the server has caught up with the leader. */
export async function readTruth(
  session: Session,
  directories: readonly string[],
  nodes: readonly string[],
): Promise<Rows> {
  await session.sync('/', { timeoutMs: 30_000 })
  const rows: Record<string, Row> = {}
  for (const directory of directories) {
    const names = await orNull(session.getChildren(directory)).then((list) => list?.names ?? [])
    const paths = names.map((name) => joinPath(directory, name))
    const stats = await Promise.all(paths.map((path) => session.exists(path, { timeoutMs: 30_000 })))
    paths.forEach((path, index) => {
      rows[path] = { stat: json(stats[index] ?? null) }
    })
  }
  for (const path of nodes) {
    const found = await orNull(session.getData(path))
    rows[path] = found ? { stat: json(found.stat), data: found.data?.toString('base64') ?? null } : { stat: null }
  }
  return rows
}

const json = (stat: Stat | null) => (stat ? statToJson(stat) : null)

async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (isZooKeeperError(error) && error.code === 'NoNode') return null
    throw error
  }
}
