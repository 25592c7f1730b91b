import { type AclEntry, OPEN_ACL } from '@/lib/znode/acl'
import { parentOf } from '@/lib/znode/path'
import type { Stat } from '@/lib/znode/stat'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Creation } from '@/lib/zookeeper/session-operations'
import type { Ensemble } from './ensemble'
import { createOutcome, deleteOutcome, setAclOutcome, setOutcome } from './outcome'
import { type Found, find, findAcl, readBack } from './read-back'
import { sequentialOutcome } from './sequential-outcome'
import { settle, WRITE, writableSession } from './settle'

/** What a person saw: a write is sent only for that. */
export interface Seen {
  readonly version: number
  readonly czxid: bigint
  /** After a restore from an older snapshot another past may have the same version of the same znode. */
  readonly mzxid: bigint
}

/**
 * Replaces the data of the znode that the person saw. The version alone has a hole: a znode that was deleted and made
 * again starts at version 0 anew, so its czxid is compared just before and just after; mzxid only before.
 * @throws ZooKeeperError BadVersion, NoNode, Recreated, UnknownOutcome ...
 */
export async function writeData(ensemble: Ensemble, path: string, data: Buffer | null, seen: Seen): Promise<Stat> {
  const session = await seenAgain(ensemble, path, seen)
  const stat = await settle(ensemble, session, {
    path,
    send: (on) => on.setData(path, data, seen.version, WRITE),
    judge: async (on, options, sent) => setOutcome(await find(on, path, options), data, seen, sent),
  })
  return kept(ensemble, path, stat, seen.czxid)
}

/** Replaces the ACL of the znode that the person saw. @throws ZooKeeperError BadVersion, InvalidACL, NoAuth, Recreated ... */
export async function writeAcl(
  ensemble: Ensemble,
  path: string,
  acl: readonly AclEntry[],
  seen: { readonly aversion: number; readonly czxid: bigint },
): Promise<Stat> {
  const session = await seenAgain(ensemble, path, { czxid: seen.czxid })
  const stat = await settle(ensemble, session, {
    path,
    send: (on) => on.setAcl(path, acl, seen.aversion, WRITE),
    judge: async (on, options) => {
      const found = await on.exists(path, options)
      return setAclOutcome(found && { stat: found, acl: await findAcl(on, path, options) }, acl, seen)
    },
  })
  return kept(ensemble, path, stat, seen.czxid)
}

/** @throws ZooKeeperError NodeExists, NoNode (of the parent), NoChildrenForEphemerals, UnknownOutcome ... */
export function createPersistent(
  ensemble: Ensemble,
  path: string,
  data: Buffer | null,
): Promise<{ path: string; stat: Stat }> {
  return createNode(ensemble, { path, data })
}

/** Makes a znode of any mode. @throws like {@link createPersistent} */
export async function createNode(ensemble: Ensemble, creation: Creation): Promise<{ path: string; stat: Stat }> {
  const { path, data, acl = OPEN_ACL, mode = 'persistent' } = creation
  const session = writableSession(ensemble, path)
  // Tells how far this server is, too, so that what happens from here on can be told from what was before.
  const before = await session.exists(parentOf(path), WRITE)
  const { path: made, stat } = await settle(ensemble, session, {
    path,
    send: (on) => on.create(path, data, { ...creation, ...WRITE }),
    judge: async (on, options, sent) => {
      if (mode.endsWith('sequential')) return sequentialOutcome(on, options, creation, sent)
      const found = await findWithAcl(on, path, options)
      const parent = { before, after: await on.exists(parentOf(path), options) }
      const outcome = createOutcome(found, parent, { data, acl, ephemeral: mode === 'ephemeral' }, sent)
      return outcome.applied === true ? { applied: true, value: { path, stat: outcome.value } } : outcome
    },
  })
  // Servers before 3.5 answer without a stat.
  return { path: made, stat: stat ?? (await statOfNew(ensemble, made)) }
}

/** Deletes the childless znode that the person saw. @throws ZooKeeperError NotEmpty, BadVersion, Recreated ... */
export async function deleteNode(ensemble: Ensemble, path: string, seen: Seen): Promise<{ zxid: bigint }> {
  const session = await seenAgain(ensemble, path, seen)
  return settle(ensemble, session, {
    path,
    send: (on) => on.delete(path, seen.version, WRITE),
    judge: async (on, options, sent) => {
      const found = await find(on, path, options)
      return deleteOutcome(found, await on.exists(parentOf(path), options), seen, sent)
    },
  })
}

/** The session to write on, which has just found that the znode is the one that the person saw. */
async function seenAgain(ensemble: Ensemble, path: string, seen: Partial<Seen>): Promise<Session> {
  const session = writableSession(ensemble, path)
  const stat = await session.exists(path, WRITE)
  if (!stat) throw new ZooKeeperError('NoNode', { path })
  if (stat.czxid !== seen.czxid) throw new ZooKeeperError('Recreated', { path })
  // Of another version the server tells itself, by the very write.
  if (stat.version === seen.version && stat.mzxid !== seen.mzxid) throw new ZooKeeperError('BadVersion', { path })
  return session
}

function kept(ensemble: Ensemble, path: string, stat: Stat, czxid: bigint): Stat {
  if (stat.czxid !== czxid) throw new ZooKeeperError('OverwroteRecreated', { path })
  ensemble.mirror.keepStat(path, stat)
  return stat
}

async function findWithAcl(
  session: Session,
  path: string,
  options: RequestOptions,
): Promise<(Found & { readonly acl: readonly AclEntry[] | null }) | null> {
  const found = await find(session, path, options)
  return found && { ...found, acl: await findAcl(session, path, options) }
}

/** @throws ZooKeeperError UnknownOutcome, NoNode: it was made, but nobody knows what became of it. */
async function statOfNew(ensemble: Ensemble, path: string): Promise<Stat> {
  const { value } = await readBack(ensemble, path, (session, options) => session.exists(path, options)).catch(() => {
    const detail = 'it was created, but could not be read afterwards'
    throw new ZooKeeperError('UnknownOutcome', { path, detail })
  })
  if (!value) throw new ZooKeeperError('NoNode', { path })
  return value
}
