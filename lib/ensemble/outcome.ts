import type { Stat } from '@/lib/znode/stat'
import type { Ensemble } from './ensemble'
import type { Seen } from './writes'

/** Whether a write whose connection broke was applied; null when what is there now does not tell. */
export type Outcome<T> = { readonly applied: true; readonly value: T } | { readonly applied: false | null }

/** Long enough for an election; a person waits for this. */
const READ_BACK = { timeoutMs: 10_000 } as const

/** Reads what a leader knows: without sync the server we land on may be behind the one that took the write. */
async function readBack(ensemble: Ensemble, path: string): Promise<{ data: Buffer | null; stat: Stat } | null> {
  const session = ensemble.sessions.live()
  await session.sync(path, READ_BACK)
  const stat = await session.exists(path, READ_BACK)
  return stat ? session.getData(path, READ_BACK) : null
}

/** Applied if the next version holds our bytes; not applied if the version is still the one that the person saw. */
export async function setOutcome(
  ensemble: Ensemble,
  path: string,
  data: Buffer | null,
  seen: Seen,
): Promise<Outcome<Stat>> {
  const now = await readBack(ensemble, path)
  if (now?.stat.czxid !== seen.czxid) return { applied: null }
  if (now.stat.version === seen.version) return { applied: false }
  if (now.stat.version === seen.version + 1 && sameData(now.data, data)) return { applied: true, value: now.stat }
  return { applied: null }
}

/** Applied if it is there, untouched, with our bytes: somebody else's identical znode is as good. */
export async function createOutcome(
  ensemble: Ensemble,
  path: string,
  data: Buffer | null,
): Promise<Outcome<{ path: string; stat: Stat }>> {
  const now = await readBack(ensemble, path)
  if (!now) return { applied: false }
  if (now.stat.version === 0 && sameData(now.data, data)) return { applied: true, value: { path, stat: now.stat } }
  return { applied: null }
}

/** Applied if the znode that the person saw is gone; a new one in its place proves that too. */
export async function deleteOutcome(ensemble: Ensemble, path: string, seen: Seen): Promise<Outcome<{ zxid: bigint }>> {
  const now = await readBack(ensemble, path)
  if (!now || now.stat.czxid !== seen.czxid) return { applied: true, value: { zxid: 0n } }
  return { applied: now.stat.version === seen.version ? false : null }
}

function sameData(one: Buffer | null, other: Buffer | null): boolean {
  if (one === null || other === null) return one === other
  return one.equals(other)
}
