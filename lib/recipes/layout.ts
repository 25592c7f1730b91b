import type { Stat } from '@/lib/znode/stat'

/** A child as it was read. */
export interface SeenChild {
  readonly name: string
  /** null: it could not be read, or was gone again before it was. */
  readonly stat: Stat | null
  /** null: the znode has no data, or it was not read. */
  readonly data: Uint8Array | null
}

/** A directory as it was read: all that the recognition of a recipe may look at besides the evidence. */
export interface Layout {
  readonly path: string
  readonly stat: Stat | null
  readonly data: Uint8Array | null
  /** In no order that means anything: the server's is that of a HashSet. */
  readonly children: readonly SeenChild[]
  /**
   * The directories that some recipes are spread over, as far as they were read, by their path relative to this one:
   * "locks" and "leases" of Curator's semaphore, "entries" and "taken", "party", and the sibling "../<name>-__lock__"
   * of kazoo's semaphore.
   */
  readonly near: ReadonlyMap<string, Layout>
}
