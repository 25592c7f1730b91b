import { nameOf, parentOf } from '@/lib/znode/path'
import type { StatJson } from '@/lib/znode/stat'

/** A znode as another client reads it. */
export interface TrueZnode {
  readonly path: string
  /** base64 */
  readonly data: string | null
  readonly stat: StatJson
}

/** The whole tree, by path. */
export type Truth = ReadonlyMap<string, TrueZnode>

/** Sorted as Zoolens sorts: by code units. */
export function childrenByDirectory(truth: Truth): Map<string, string[]> {
  const children = new Map<string, string[]>()
  for (const path of truth.keys()) children.set(path, [])
  for (const path of truth.keys()) if (path !== '/') children.get(parentOf(path))?.push(nameOf(path))
  for (const names of children.values()) names.sort()
  return children
}
