import { compareNames } from '@/lib/znode/compare-names'

type Compare = (one: string, other: string) => number

/** Index of the first name that is not before `name`. */
export function lowerBound(names: readonly string[], name: string, compare: Compare = compareNames): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(names[middle] as string, name) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A sorted list with names added (true) and removed (false), in one pass over the list. Adding what is there and
 * removing what is not changes nothing: events may repeat what a listing already said.
 */
export function applyChanges(
  names: readonly string[],
  changes: ReadonlyMap<string, boolean>,
  compare: Compare = compareNames,
): { names: string[]; created: string[]; deleted: string[] } {
  const created: string[] = []
  const deleted: string[] = []
  for (const [name, present] of changes) {
    const there = names[lowerBound(names, name, compare)] === name
    if (present && !there) created.push(name)
    if (!present && there) deleted.push(name)
  }
  if (created.length + deleted.length === 0) return { names: names as string[], created, deleted }
  created.sort(compare)
  deleted.sort(compare)
  return { names: merge(names, created, deleted, compare), created, deleted }
}

function merge(
  names: readonly string[],
  created: readonly string[],
  deleted: readonly string[],
  compare: Compare,
): string[] {
  const merged: string[] = new Array(names.length + created.length - deleted.length)
  let at = 0
  let c = 0
  let d = 0
  for (const name of names) {
    while (c < created.length && compare(created[c] as string, name) < 0) merged[at++] = created[c++] as string
    if (d < deleted.length && deleted[d] === name) d++
    else merged[at++] = name
  }
  while (c < created.length) merged[at++] = created[c++] as string
  return merged
}
