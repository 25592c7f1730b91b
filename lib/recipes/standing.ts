import type { Contender, Recipe } from './recipe'
import type { LockAt } from './waits-for'

/** Contenders of all locks -> since when each is seen in the state that it is in, milliseconds since 1970. */
export type Standing = ReadonlyMap<string, number>

/** Before the first look. */
export const NO_STANDING: Standing = new Map()

/** So long must everybody in a circle have stood still: a passing one, or one of locks that were not read at one moment, is none. */
const STANDS_STILL_MS = 5_000

/**
 * The locks with only those contenders who have held, or waited, for a while, to look for deadlocks among them: a
 * deadlock stands for ever. To be called now and then, with all locks, and `standing` kept for the next call.
 * @param now milliseconds since 1970.
 */
export function standStill(
  before: Standing,
  locks: readonly LockAt[],
  now: number,
): { readonly standing: Standing; readonly locks: readonly LockAt[] } {
  const standing = new Map<string, number>()
  const still = locks.map(({ path, recipe }) => {
    const stands = ({ name, state }: Contender) => {
      // A slash ends no path, so no two of these are alike.
      const key = `${state} ${path}/ ${name}`
      const since = before.get(key) ?? now
      standing.set(key, since)
      return now - since >= STANDS_STILL_MS
    }
    const contenders = recipe.contenders.filter(stands)
    return { path, recipe: { ...recipe, contenders: comesFree(recipe, contenders) ? [] : contenders } }
  })
  return { standing, locks: still }
}

/** Of a semaphore: somebody has just got a permit, so they are given back, and those who wait are not stuck. */
function comesFree({ kind, contenders }: Recipe, still: readonly Contender[]): boolean {
  const holding = (list: readonly Contender[]) => list.filter(({ state }) => state === 'holds').length
  return kind === 'semaphore' && holding(still) < holding(contenders)
}
