import type { SeenChild } from './layout'

/**
 * When the first of the znodes appeared that a library's clients fail on; null when there is none. Those of unknown age
 * may have been there before everybody.
 */
export function brokenSince(breakers: readonly SeenChild[]): bigint | null {
  let first: bigint | null = null
  for (const { stat } of breakers) {
    const czxid = stat?.czxid ?? 0n
    if (first === null || czxid < first) first = czxid
  }
  return first
}

/**
 * Whether the client of this contender came to its place before the first of them appeared: it goes on until it looks at
 * the directory again. Those who came later have failed, whatever is left of them.
 */
export function cameBefore(child: SeenChild, since: bigint | null): boolean {
  return since === null || (child.stat !== null && child.stat.czxid < since)
}
