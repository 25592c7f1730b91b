import type { Directory, Listing } from './directory'

/** Beyond this a page is cheaper to read than a whole list is to merge. */
const MAX_NAMES = 4_096

export interface ListPatch {
  readonly revision: number
  readonly total: number
  readonly created: readonly string[]
  readonly deleted: readonly string[]
  /** There are others, which are not named. */
  readonly more: boolean
}

/**
 * The list of a directory after a change, worked out from what is loaded, so that a row appears without another read.
 * Null when it cannot be known for sure: what is loaded is out of date for another reason, not all names are loaded, not all changes are named, a name both came and went,
 * or the outcome has not the length that it must have.
 */
export function patchListing(
  directory: Directory,
  patch: ListPatch,
  compare: (a: string, b: string) => number,
): Listing | null {
  const { revision, created, deleted } = patch
  if (
    patch.more ||
    !directory.loaded ||
    directory.revision < 0 ||
    revision <= directory.revision ||
    patch.total > MAX_NAMES
  )
    return null
  const before = directory.names()
  if (before === null) return null
  const gone = new Set(deleted)
  const names = new Set(before.filter((name) => !gone.has(name)))
  for (const name of created) {
    if (gone.has(name)) return null
    names.add(name)
  }
  if (names.size !== patch.total) return null
  return { revision, total: patch.total, unfiltered: patch.total, from: 0, names: [...names].sort(compare) }
}
