import { hitsOf, type RuleId } from './classify'
import { keyedInOrder } from './in-order'
import type { Layout, SeenChild } from './layout'
import { contenderOf, type Place } from './line-up'
import type { Contender } from './recipe'
import { REVOKE } from './revoke-message'
import type { SiblingWatches } from './watch-proof'

/** All children in Curator's order, which filters none out: whatever else is there takes a place in it. */
export interface CuratorLine {
  readonly order: readonly CuratorPlace[]
  /** Index of the last contender; -1 without one. */
  readonly last: number
}

export interface CuratorPlace {
  readonly child: SeenChild
  /** What Curator compares, as text. */
  readonly key: string
  /** null: it is no contender. */
  readonly rule: RuleId | null
  readonly sequence: number | null
}

/** `keyOf` is one of {@link keyAfter}; `rules` are the names of contenders. */
export function curatorLine(layout: Layout, keyOf: (name: string) => string, rules: readonly RuleId[]): CuratorLine {
  const hits = hitsOf(layout)
  const order = keyedInOrder(layout.children, ({ name }) => keyOf(name)).map(({ child, key }): CuratorPlace => {
    const hit = hits.get(child.name)
    const own = hit !== undefined && rules.includes(hit.rule)
    return { child, key, rule: own ? hit.rule : null, sequence: own ? hit.sequence : null }
  })
  return { order, last: order.findLastIndex(({ rule }) => rule !== null) }
}

/**
 * What stands after the last of one text, then of the next, and the whole name where there is none.
 * Source: StandardLockInternalsDriver.standardFixForSorting, InterProcessReadWriteLock.SortingLockInternalsDriver.
 */
export function keyAfter(...lockNames: readonly string[]): (name: string) => string {
  return (name) => {
    let key = name
    for (const lockName of lockNames) {
      const at = key.lastIndexOf(lockName)
      if (at !== -1) key = key.slice(at + lockName.length)
    }
    return key
  }
}

/** A contender; the data of a revocable one is empty, until it is asked to release. */
export function curatorContender(
  { child, sequence }: Pick<CuratorPlace, 'child' | 'sequence'>,
  lane: Place['lane'],
  waitsOn: Contender['waitsOn'] | null,
  watches: SiblingWatches | null,
): Contender {
  const contender = contenderOf({ child, sequence, lane }, waitsOn === null ? 'holds' : 'waits', waitsOn ?? [])
  const revoked = contender.claims === REVOKE
  const { session } = contender
  const watchesItself =
    session !== null && watches !== null && watches.ownedBy(session) === 1 && watches.watches(session, child.name)
  return {
    ...contender,
    claims: revoked ? null : contender.claims,
    revocable: watchesItself && (revoked || contender.claims === null),
  }
}
