import type { Ensemble } from '@/lib/ensemble/ensemble'
import { read } from '@/lib/ensemble/reads'
import type { RecipeResponse } from '@/lib/queries/lock-responses'
import type { Contender } from '@/lib/recipes/recipe'
import { recognise } from '@/lib/recipes/recognise'
import { toHex } from '@/lib/znode/stat'
import { readLayout } from './read-layout'

/** Ten thousand waiters are read in some seconds, so that it costs the ensemble little. */
const WITHIN_MS = 60_000
/** Evidence of servers is kept this long: gathering it asks every one of them. */
const EVIDENCE_MS = 2000

/** What coordinates in a directory now, for somebody who asks once. @throws ZooKeeperError, Failure */
export async function readRecipe(ensemble: Ensemble, path: string, signal: AbortSignal): Promise<RecipeResponse> {
  const [{ layout, zxid, settled }, { evidence }] = await Promise.all([
    read(ensemble, signal, (session, options) => readLayout(session, path, ensemble.locks.pace, options), {
      role: 'bulk',
      withinMs: WITHIN_MS,
    }),
    ensemble.locks.evidence.current(EVIDENCE_MS),
  ])
  const recipe = recognise(layout, evidence, Date.now())
  const named = (state: Contender['state']) =>
    recipe.contenders.filter((contender) => contender.state === state).map(({ name }) => name)
  return {
    path,
    recipe: recipe.kind,
    library: recipe.library,
    application: recipe.application,
    holders: named('holds'),
    waiters: named('waits'),
    present: named('present'),
    edges: recipe.contenders.flatMap(({ name, waitsOn }) => waitsOn.map(({ on }) => [name, on] as const)),
    warnings: recipe.findings,
    foreign: recipe.foreign,
    unknowable: recipe.unknowable,
    zxid: toHex(zxid),
    settled,
  }
}
