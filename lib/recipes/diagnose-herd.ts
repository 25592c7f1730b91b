import { contenderPath } from './contender-path'
import type { Evidence } from './evidence'
import type { Finding } from './finding'
import type { Layout } from './layout'
import { CHILDREN, type Recipe, SELF } from './recipe'

/** So many are woken by one change before it is a herd. */
const HERD = 10
/** From here on it is more than a note. */
const LARGE = 50

/**
 * Znodes whose change wakes many: certain where servers tell who watches them, likely where the library's rule says so
 * and no server can tell, as of child watches.
 */
export function herds(recipe: Recipe, layout: Layout, evidence: Evidence): Finding[] {
  const predicted = waitersByTarget(recipe)
  const names = new Set([...recipe.contenders, ...recipe.foreign].map(({ name }) => name))
  for (const name of [SELF, ...predicted.keys()]) names.add(name)
  return [...names].flatMap((name): Finding[] => {
    const path = contenderPath(layout.path, name)
    const watchers = count(path === null ? undefined : evidence.watches?.get(path), evidence.own)
    const waiters = predicted.get(name) ?? 0
    // Where every server told, a data watch that none of them has is not there.
    const told = evidence.watchesOfAll && name !== CHILDREN
    const size = told ? watchers : Math.max(watchers, waiters)
    if (size < HERD) return []
    return [
      {
        code: 'herd',
        severity: size >= LARGE ? 'warning' : 'note',
        certainty: watchers >= HERD ? 'certain' : 'likely',
        subjects: [name],
        count: 1,
        facts: { watchers: String(size) },
      },
    ]
  })
}

function waitersByTarget({ contenders }: Recipe): Map<string, number> {
  const waiters = new Map<string, number>()
  for (const { waitsOn } of contenders) {
    for (const { on, proof, watches } of waitsOn) {
      const target = proof === 'contradicted' ? watches : on
      if (target !== undefined) waiters.set(target, (waiters.get(target) ?? 0) + 1)
    }
  }
  return waiters
}

function count(sessions: ReadonlySet<bigint> | undefined, own: ReadonlySet<bigint>): number {
  let others = 0
  for (const session of sessions ?? []) if (!own.has(session)) others++
  return others
}
