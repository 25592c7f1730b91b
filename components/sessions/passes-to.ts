import type { RecipeResponse, SessionView } from '@/lib/queries/lock-responses'
import { contenderPath } from '@/lib/recipes/contender-path'
import { CHILDREN } from '@/lib/recipes/recipe'

/** Who would get a lock if the session died; 'watchers': those who watch the list, whoever comes first. */
export type PassesTo = readonly { readonly name: string; readonly session: SessionView | null }[] | 'watchers'

/**
 * Those who wait on a znode that the session owns in the lock, by the library's own edges. Empty: nobody does.
 * `ephemerals` is all that the session owns, as far as it is named.
 */
export function passesTo(
  recipe: RecipeResponse,
  { session, ephemerals }: SessionView,
  sessions: readonly SessionView[],
): PassesTo {
  const owned = new Set(ephemerals)
  const isOwn = (name: string): boolean => owned.has(contenderPath(recipe.path, name) ?? '')
  const waiters = recipe.edges.filter(([waiter, on]) => isOwn(on) && !isOwn(waiter)).map(([waiter]) => waiter)
  if (waiters.length === 0) return recipe.edges.some(([, on]) => on === CHILDREN) ? 'watchers' : []
  return [...new Set(waiters)].map((name) => ({ name, session: ownerOf(recipe.path, name, session, sessions) }))
}

function ownerOf(lock: string, name: string, except: string, sessions: readonly SessionView[]): SessionView | null {
  const path = contenderPath(lock, name)
  if (path === null) return null
  return sessions.find(({ session, ephemerals }) => session !== except && ephemerals.includes(path)) ?? null
}
