/** One entry of an access control list. Source: zookeeper.jute, classes Id and ACL. */
export interface AclEntry {
  readonly scheme: string
  readonly id: string
  /** Bits, see {@link PERMISSION}; other bits are kept as they are. */
  readonly permissions: number
}

/** Source: ZooDefs.Perms. CREATE and DELETE are checked on the parent. */
export const PERMISSION = { read: 1, write: 2, create: 4, delete: 8, admin: 16 } as const

export const OPEN_ACL: readonly AclEntry[] = [{ scheme: 'world', id: 'anyone', permissions: 31 }]

const LETTERS: readonly (readonly [number, string])[] = [
  [PERMISSION.create, 'c'],
  [PERMISSION.delete, 'd'],
  [PERMISSION.read, 'r'],
  [PERMISSION.write, 'w'],
  [PERMISSION.admin, 'a'],
]

/** As zkCli prints and reads them: "cdrwa", "r", "" for none. Unknown bits have no letter. */
export function permissionLetters(permissions: number): string {
  return LETTERS.map(([bit, letter]) => (permissions & bit ? letter : '')).join('')
}

/** The bits that ZooKeeper gives no meaning, as an unsigned int32; 0 when there are none. */
export function unknownPermissions(permissions: number): number {
  return (permissions & ~31) >>> 0
}

/**
 * Whether the password hash of a digest entry was replaced by "x": servers do so for sessions without ADMIN. Such an ACL
 * must not be written back, that would destroy the credentials. Source: FinalRequestProcessor, GETACL.
 */
export function isMaskedDigest(entry: AclEntry): boolean {
  return entry.scheme === 'digest' && entry.id.endsWith(':x')
}
