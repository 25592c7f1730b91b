import type { LockSummary } from '@/lib/queries/lock-responses'

export interface ListRow {
  readonly path: string
  /** null: it was on the list a moment ago, and keeps its place until the list is sorted again. */
  readonly lock: LockSummary | null
  readonly pinned: boolean
}

/** As the list should be: those that fit the filter, in the server's order, the pinned before the others. */
export function sortedPaths(
  locks: readonly LockSummary[],
  pinned: ReadonlySet<string>,
  filter: string,
): readonly string[] {
  const wanted = filter.trim().toLowerCase()
  const paths = locks.filter((lock) => matches(lock, wanted)).map(({ path }) => path)
  return [...paths.filter((path) => pinned.has(path)), ...paths.filter((path) => !pinned.has(path))]
}

/** Rows of locks that are gone are kept up to here. */
const MOST_GONE = 500

/** As it may be shown while somebody points at it: every row keeps its place, what is new comes last. */
export function heldPaths(shown: readonly string[], sorted: readonly string[]): readonly string[] {
  if (shown.length > sorted.length + MOST_GONE) return sorted
  const known = new Set(shown)
  const added = sorted.filter((path) => !known.has(path))
  return added.length === 0 ? shown : [...shown, ...added]
}

export function rowsOf(
  paths: readonly string[],
  locks: readonly LockSummary[],
  pinned: ReadonlySet<string>,
): readonly ListRow[] {
  const byPath = new Map(locks.map((lock) => [lock.path, lock]))
  return paths.map((path) => ({ path, lock: byPath.get(path) ?? null, pinned: pinned.has(path) }))
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, at) => path === b[at])
}

/** The next row after `from` whose path, or its last name, begins with what was typed; -1 when there is none. */
export function findTyped(paths: readonly string[], from: number, typed: string): number {
  const wanted = typed.toLowerCase()
  for (let step = 0; step < paths.length; step++) {
    const at = (from + step) % paths.length
    const path = (paths[at] ?? '').toLowerCase()
    if (path.startsWith(wanted) || path.slice(path.lastIndexOf('/') + 1).startsWith(wanted)) return at
  }
  return -1
}

function matches(lock: LockSummary, wanted: string): boolean {
  if (wanted === '') return true
  return [lock.path, lock.library, lock.application ?? '', lock.kind, lock.holder ?? ''].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}
