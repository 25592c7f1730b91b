import type { SeenChild } from '@/lib/recipes/layout'
import type { Stat } from '@/lib/znode/stat'
import type { Session } from '@/lib/zookeeper/session'

export interface WatchedChild extends SeenChild {
  /** From the event where it tells, else from its stat; null while neither is known. */
  czxid: bigint | null
  stat: Stat | null
  data: Uint8Array | null
  read: boolean
  /** Changes that were told of it: what is read before the last of them is old. */
  changes: number
}

/** What happened to a directory, as the recorder of turns needs it. `at`: Date.now() of the event; null: found by comparing. */
interface Happening {
  readonly kind: 'appeared' | 'vanished'
  /** null is the directory itself. */
  readonly name: string | null
  readonly at: number | null
}

export interface DirectoryLink {
  live(): Session
  bulk(): Session
  happened(happening: Happening): void
  /** What is recognised here may be something else now. */
  changed(): void
}
