import { nameOf } from '@/lib/znode/path'

/** What kazoo's Semaphore appends to its own path for the queue of those that wait. */
export const KAZOO_QUEUE = '-__lock__'
/** uuid4().hex, as it names leases. */
export const KAZOO_LEASE = /^[0-9a-f]{32}$/

/**
 * Which further directories have to be read to recognise what is in this one, relative to it: "locks", "../a-__lock__".
 * A few reads at most, and none for nearly every directory.
 */
export function nearPaths({ path, names }: { readonly path: string; readonly names: readonly string[] }): string[] {
  const near: string[] = []
  const has = (name: string) => names.includes(name)
  if (has('locks') && has('leases')) near.push('locks', 'leases')
  if (has('entries') && has('taken')) near.push('entries', 'taken')
  if (has('party') && has('locks')) near.push('party', 'locks')
  if (has('workers') && has('assign') && has('tasks')) near.push('workers', 'assign')
  // An empty one may be a semaphore of which nobody holds a lease.
  if (path !== '/' && names.every((name) => KAZOO_LEASE.test(name))) near.push(`../${nameOf(path)}${KAZOO_QUEUE}`)
  return near
}
