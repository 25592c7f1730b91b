import { randomUUID } from 'node:crypto'
import type { Session } from '@/lib/zookeeper/session'

/** Queues up as Curator's InterProcessMutex does; a revocable one has no data. Resolves with the path of its znode. */
export async function queueUp(session: Session, lock: string, data: string | null = '10.1.2.3'): Promise<string> {
  const prefix = `${lock}/_c_${randomUUID()}-lock-`
  const bytes = Buffer.from(data ?? '')
  return (await session.create(prefix, bytes, { mode: 'ephemeral-sequential' })).path
}
