import { nameOf, parentOf } from '@/lib/znode/path'
import { classifyName } from './classify'
import { KAZOO_QUEUE } from './near-paths'

const SINGLE = new Set(['leader', 'lock', 'controller', 'master', 'active'])

/**
 * The directory that an ephemeral znode belongs to as one recipe: mostly its parent, the semaphore above "leases" and
 * "locks", kazoo's semaphore beside its queue, and the znode itself where one znode is the lock. `exists` tells whether
 * a path is known to exist, where that is known: Curator's "locks" is part of a semaphore only beside "leases".
 */
export function coordinationPathOf(ephemeralPath: string, exists?: (path: string) => boolean): string {
  const name = nameOf(ephemeralPath)
  const parent = parentOf(ephemeralPath)
  const rule = classifyName(name)?.rule
  if (rule === 'curator.lease' && nameOf(parent) === 'leases') return parentOf(parent)
  if (rule === 'curator.lock' && nameOf(parent) === 'locks' && exists?.(leasesBeside(parent))) return parentOf(parent)
  if (rule === 'kazoo.lock' && nameOf(parent).length > KAZOO_QUEUE.length && parent.endsWith(KAZOO_QUEUE)) {
    return parent.slice(0, -KAZOO_QUEUE.length)
  }
  return rule === undefined && (parent === '/' || SINGLE.has(name)) ? ephemeralPath : parent
}

function leasesBeside(locks: string): string {
  return `${locks.slice(0, -'locks'.length)}leases`
}
