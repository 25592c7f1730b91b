import { ZooKeeperError } from './errors'

/**
 * Refuses what cannot travel exactly or cannot be a path at all. Which characters a name may hold is left to the
 * server, which knows best; but half a surrogate pair would silently turn into U+FFFD on the wire.
 * @throws ZooKeeperError BadPath.
 */
export function assertPath(path: string): void {
  const why = fault(path)
  if (why !== null) throw new ZooKeeperError('BadPath', { path, detail: why })
}

function fault(path: string): string | null {
  if (!path.startsWith('/')) return 'it does not start with a slash'
  if (path === '/') return null
  if (path.endsWith('/')) return 'it ends with a slash'
  if (path.includes('//')) return 'it has an empty part'
  // Most paths have no such part: looking for it first makes a transaction of 36,000 operations three times as fast.
  if (path.includes('/.') && /\/\.\.?(?:\/|$)/.test(path)) return '"." and ".." mean nothing to ZooKeeper'
  if (path.includes('\0')) return 'it holds the null character'
  if (!path.isWellFormed()) return 'it holds half a surrogate pair'
  return null
}

/** The path as the server knows it. chroot is '' or "/a/b". */
export function toServerPath(chroot: string, path: string): string {
  if (path === '/') return chroot === '' ? '/' : chroot
  return chroot + path
}

/** The path as the caller knows it; null when it lies outside the chroot. */
export function fromServerPath(chroot: string, path: string): string | null {
  if (chroot === '') return path
  if (path === chroot) return '/'
  return path.startsWith(`${chroot}/`) ? path.slice(chroot.length) : null
}

/** "/a" for "/a/b", "/" for "/a", null for "/". */
export function parentOf(path: string): string | null {
  if (path === '/') return null
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}
