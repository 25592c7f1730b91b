import { hitsOf, type RuleId } from './classify'
import type { Evidence } from './evidence'
import type { Family } from './family'
import { inOrderOf } from './in-order'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender, Foreign, Recipe } from './recipe'
import { watchProof } from './watch-proof'

/** Curator's InterProcessMutex, and what is built from it or has the same names. */
export const curatorLock: Family = {
  id: 'curatorMutex',
  rules: ['curator.lock'],
  recognise(layout, evidence) {
    const line = lineOf(layout, 'lock-', ['curator.lock', 'go.lock'])
    if (!line.contenders.has('curator.lock')) return null
    return makeRecipe('mutex', 'Curator InterProcessMutex', {
      orElse: ['Curator LeaderSelector', 'Curator InterProcessSemaphore (deprecated)'],
      ...oneBehindTheOther(layout, evidence, line),
      permits: 1,
      unknowable: ['reentrancy', 'threads'],
    })
  },
}

/** Curator's LeaderLatch. */
export const curatorLatch: Family = {
  id: 'curatorLatch',
  rules: ['curator.latch'],
  recognise(layout, evidence) {
    const line = lineOf(layout, 'latch-', ['curator.latch'])
    if (!line.contenders.has('curator.latch')) return null
    return makeRecipe('election', 'Curator LeaderLatch', {
      ...oneBehindTheOther(layout, evidence, line),
      permits: 1,
    })
  },
}

interface Line {
  /** All children: Curator filters none out. */
  readonly order: readonly SeenChild[]
  readonly contenders: ReadonlySet<RuleId>
  sequenceOf(child: SeenChild): number | null | undefined
}

/**
 * All children as Curator sorts them: as text, by what stands after the last "lock-", and by the whole name where there
 * is none. Source: StandardLockInternalsDriver.standardFixForSorting.
 */
function lineOf(layout: Layout, lockName: string, rules: readonly RuleId[]): Line {
  const hits = hitsOf(layout)
  const contenders = new Set<RuleId>()
  for (const { rule } of hits.values()) if (rules.includes(rule)) contenders.add(rule)
  return {
    order: contenders.size === 0 ? [] : inOrderOf(layout.children, ({ name }) => sortingKey(name, lockName)),
    contenders,
    sequenceOf: ({ name }) => {
      const hit = hits.get(name)
      return hit === undefined || !contenders.has(hit.rule) ? undefined : hit.sequence
    },
  }
}

export function sortingKey(name: string, lockName: string): string {
  const at = name.lastIndexOf(lockName)
  return at === -1 ? name : name.slice(at + lockName.length)
}

function oneBehindTheOther(
  layout: Layout,
  evidence: Evidence,
  { order, sequenceOf }: Line,
): Pick<Recipe, 'contenders' | 'foreign'> {
  const edgeTo = watchProof(layout, evidence)
  const contenders: Contender[] = []
  const foreign: Foreign[] = []
  const last = order.findLastIndex((child) => sequenceOf(child) !== undefined)
  for (const [index, child] of order.entries()) {
    const sequence = sequenceOf(child)
    if (sequence === undefined) {
      foreign.push({ name: child.name, effect: index < last ? 'blocks' : 'ignored' })
      continue
    }
    const ahead = order[index - 1]
    const place = { child, sequence, lane: null }
    contenders.push(
      ahead === undefined ? contenderOf(place, 'holds') : contenderOf(place, 'waits', [edgeTo(child, ahead.name)]),
    )
  }
  return { contenders, foreign }
}
