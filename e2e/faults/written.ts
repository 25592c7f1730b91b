import type { Session } from '@/lib/zookeeper/session'
import { createAll, numbered } from '../bench/fill'
import type { Write } from './messages'

/** Beside what is shown: it changes all the time. */
export const WRITES = '/written'
const EACH = 3_000

/** What the inspector's writes need: see write-log.ts. */
export async function prepareWrites(session: Session): Promise<void> {
  await session.create(WRITES, null)
  for (const kind of ['set', 'delete'])
    await createAll(session, numbered(`${WRITES}/${kind}-`, EACH, 0), Buffer.from('before'))
}

export interface Verified {
  readonly writes: number
  readonly applied: number
  readonly notApplied: number
  readonly unknown: number
  /** Claims that another client's reading contradicts. */
  readonly wrong: readonly string[]
}

/** Compares what the inspector said of each write with what another client reads. */
export async function verifyWrites(session: Session, writes: readonly Write[]): Promise<Verified> {
  await session.sync('/')
  const wrong: string[] = []
  for (const write of writes) {
    const isApplied = await applied(session, write)
    if (write.outcome === 'unknown' || (write.outcome === 'applied') === isApplied) continue
    const was = isApplied ? 'applied' : 'not applied'
    wrong.push(`${write.kind} ${write.path}: said ${write.outcome} (${write.code ?? 'no failure'}), was ${was}`)
  }
  const count = (outcome: Write['outcome']) => writes.filter((write) => write.outcome === outcome).length
  return {
    writes: writes.length,
    applied: count('applied'),
    notApplied: count('not applied'),
    unknown: count('unknown'),
    wrong,
  }
}

async function applied(session: Session, { kind, path, text }: Write): Promise<boolean> {
  const stat = await session.exists(path)
  if (kind === 'delete') return stat === null
  if (stat === null) return false
  return (await session.getData(path)).data?.toString() === text
}

export function describeWrites({ writes, applied, notApplied, unknown, wrong }: Verified): string {
  return `${writes} writes: ${applied} applied, ${notApplied} not applied, ${unknown} unknown, ${wrong.length} wrong`
}
