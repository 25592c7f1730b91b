import { compareNames } from '@/lib/znode/compare-names'
import type { SeenChild } from './layout'

/**
 * Sorts by the key that a library compares, and where two have the same key, by age: what a library does then depends
 * on the order in which the server happens to list them. `key` is asked once a child.
 */
export function inOrderOf<Key extends string | number>(
  children: readonly SeenChild[],
  key: (child: SeenChild) => Key,
): SeenChild[] {
  return keyedInOrder(children, key).map(({ child }) => child)
}

/** The same, together with the keys. */
export function keyedInOrder<Key extends string | number>(
  children: readonly SeenChild[],
  key: (child: SeenChild) => Key,
): { readonly child: SeenChild; readonly key: Key }[] {
  const keyed = children.map((child) => ({ child, key: key(child) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byAge(a.child, b.child)))
}

/** Oldest first; those of unknown age last, by name, so that the order never depends on the server's. */
export function byAge(a: SeenChild, b: SeenChild): number {
  const aTime = a.stat?.czxid
  const bTime = b.stat?.czxid
  if (aTime === bTime) return compareNames(a.name, b.name)
  if (aTime === undefined) return 1
  if (bTime === undefined) return -1
  return aTime < bTime ? -1 : 1
}
