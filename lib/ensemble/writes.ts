import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import type { Ensemble } from './ensemble'
import { Failure } from './failure'
import { createOutcome, deleteOutcome, type Outcome, setOutcome } from './outcome'

/** A write must not wait for long behind a person's back: when the ensemble is away, say so instead. */
const WRITE = { timeoutMs: 10_000 } as const

/** What a person saw: a write is sent only for that. */
export interface Seen {
  readonly version: number
  readonly czxid: bigint
}

/**
 * Replaces the data of the znode that the person saw. The version alone has a hole: a znode that was deleted and made
 * again starts at version 0 anew, so its czxid is compared just before and just after.
 * @throws ZooKeeperError BadVersion, NoNode, Recreated, UnknownOutcome ...
 */
export async function writeData(ensemble: Ensemble, path: string, data: Buffer | null, seen: Seen): Promise<Stat> {
  await checkIdentity(ensemble, path, seen)
  const stat = await settle(
    ensemble,
    path,
    () => ensemble.sessions.live().setData(path, data, seen.version, WRITE),
    () => setOutcome(ensemble, path, data, seen),
  )
  if (stat.czxid !== seen.czxid) throw new ZooKeeperError('OverwroteRecreated', { path })
  ensemble.mirror.keepStat(path, stat)
  return stat
}

/** @throws ZooKeeperError NodeExists, NoNode (of the parent), NoChildrenForEphemerals, UnknownOutcome ... */
export function createPersistent(
  ensemble: Ensemble,
  path: string,
  data: Buffer | null,
): Promise<{ path: string; stat: Stat }> {
  return settle(
    ensemble,
    path,
    () => create(ensemble, path, data),
    () => createOutcome(ensemble, path, data),
  )
}

async function create(ensemble: Ensemble, path: string, data: Buffer | null): Promise<{ path: string; stat: Stat }> {
  const session = ensemble.sessions.live()
  const created = await session.create(path, data, WRITE)
  // Servers before 3.5 answer without a stat.
  const stat = created.stat ?? (await session.exists(path, WRITE))
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  return { path: created.path, stat }
}

/** Deletes the childless znode that the person saw. @throws ZooKeeperError NotEmpty, BadVersion, Recreated ... */
export async function deleteNode(ensemble: Ensemble, path: string, seen: Seen): Promise<{ zxid: bigint }> {
  await checkIdentity(ensemble, path, seen)
  return settle(
    ensemble,
    path,
    () => ensemble.sessions.live().delete(path, seen.version, WRITE),
    () => deleteOutcome(ensemble, path, seen),
  )
}

async function checkIdentity(ensemble: Ensemble, path: string, seen: Seen): Promise<void> {
  const session = ensemble.sessions.live()
  if (session.info.status === 'read-only') throw new ZooKeeperError('NotReadOnly', { path })
  const { cause, status } = session.info
  if (status !== 'connected' && cause) throw new Failure(cause)
  const stat = await session.exists(path, WRITE)
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  if (stat.czxid !== seen.czxid) throw new ZooKeeperError('Recreated', { path })
}

/**
 * Sends a write once. When the connection breaks under it nobody knows whether it was applied: it is never sent again,
 * the ensemble is asked instead.
 */
async function settle<T>(
  ensemble: Ensemble,
  path: string,
  write: () => Promise<T>,
  outcome: () => Promise<Outcome<T>>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isZooKeeperError(error) || !error.outcomeUnknown) throw error
    const found = await outcome().catch((): Outcome<T> => ({ applied: null }))
    if (found.applied === true) return found.value
    const { server } = ensemble.sessions.live().info
    if (found.applied === false)
      throw new ZooKeeperError('ConnectionLoss', {
        path,
        server: server ?? undefined,
        detail: 'the ensemble was asked afterwards: the write was not applied',
      })
    throw new ZooKeeperError('UnknownOutcome', { path })
  }
}
