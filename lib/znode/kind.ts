import { looksSequential } from './sequence'

export interface ZnodeKind {
  /**
   * 'persistent' includes container and TTL znodes: servers give ephemeralOwner 0 for those, so that no client can tell
   * them apart. Source: DataNode.getClientEphemeralOwner.
   */
  readonly kind: 'ephemeral' | 'persistent'
  /** By its name alone: ZooKeeper keeps no mark of it. */
  readonly sequential: boolean
}

/** Takes a Stat or a StatJson. */
export function kindOf(name: string, stat: { readonly ephemeralOwner: bigint | string }): ZnodeKind {
  const owner = stat.ephemeralOwner
  return { kind: owner === 0n || owner === '0x0' ? 'persistent' : 'ephemeral', sequential: looksSequential(name) }
}
