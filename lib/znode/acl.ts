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
