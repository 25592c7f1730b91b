import { contenderPath } from './contender-path'
import type { Evidence } from './evidence'
import type { Layout } from './layout'
import { CHILDREN, type Contender, type Recipe, type RecipeKind, WATCHER } from './recipe'

/**
 * What looked wrong with the sessions of a directory in the evidence, kept from one look to the next: znodes and
 * evidence are never read at the same moment, so one look proves nothing. A session may be newer than the list of
 * connections, move from one server to the other between two answers, or have left the queue in the meantime.
 */
export type Suspicions = ReadonlyMap<string, Suspicion>

export interface Suspicion {
  readonly code: 'ghost' | 'leftover-watch' | 'waiter-without-watch'
  readonly session: bigint
  /** The contender that it is about: of the session, or watched by it. */
  readonly name: string
  /** When the evidence of the first and of the latest look was asked for, milliseconds since 1970. */
  readonly since: number
  readonly until: number
  readonly looks: number
}

/** Before the first look, and whenever looks have stopped for a while. */
export const NO_SUSPICIONS: Suspicions = new Map()

/**
 * To be called once with every new evidence, not with every change of the directory, and its result kept for
 * diagnose() and for the next call. What no longer looks wrong is forgotten.
 * @param askedAt when the evidence was asked for, milliseconds since 1970.
 */
export function suspect(
  before: Suspicions,
  recipe: Recipe,
  layout: Layout,
  evidence: Evidence,
  askedAt: number,
): Suspicions {
  const after = new Map<string, Suspicion>()
  const add = (code: Suspicion['code'], session: bigint, name: string) => {
    const key = `${code} ${session} ${name}`
    const known = before.get(key)
    const since = known?.since ?? askedAt
    after.set(key, { code, session, name, since, until: askedAt, looks: (known?.looks ?? 0) + 1 })
  }
  for (const { name, session } of unconnected(recipe, evidence)) add('ghost', session, name)
  for (const { name, session } of leftoverWatches(recipe, layout, evidence)) add('leftover-watch', session, name)
  for (const { name, session } of withoutWatch(recipe, layout, evidence)) add('waiter-without-watch', session, name)
  return after
}

interface Suspect {
  readonly name: string
  readonly session: bigint
}

function unconnected({ contenders }: Recipe, { connections, connectionsOfAll, own }: Evidence): Suspect[] {
  if (connections === null || !connectionsOfAll) return []
  return contenders.filter(hasSession).filter(({ session }) => !connections.has(session) && !own.has(session))
}

/** Their waiters have znodes of their own, so who has none waits for nothing. */
const QUEUES: ReadonlySet<RecipeKind> = new Set(['mutex', 'read-write-lock', 'semaphore', 'election', 'sequence'])

function leftoverWatches(recipe: Recipe, layout: Layout, { watches, own }: Evidence): Suspect[] {
  if (watches === null || !QUEUES.has(recipe.kind)) return []
  const here = sessionsIn(layout)
  // Somebody's owner is not known yet: he may be the one who watches.
  if (here === null) return []
  for (const { session } of recipe.contenders) if (session !== null) here.add(session)
  return recipe.contenders.flatMap(({ name }) => {
    const path = contenderPath(layout.path, name)
    const sessions = path === null ? undefined : watches.get(path)
    return [...(sessions ?? [])]
      .filter((session) => !here.has(session) && !own.has(session))
      .map((session) => ({ name, session }))
  })
}

/** Owners of all that was read; null when the owner of something is not known. */
function sessionsIn(layout: Layout): Set<bigint> | null {
  const sessions = new Set<bigint>()
  for (const { children } of [layout, ...layout.near.values()]) {
    for (const { stat } of children) {
      if (stat === null) return null
      sessions.add(stat.ephemeralOwner)
    }
  }
  return sessions
}

/**
 * Waiters that should have a watch, which all servers would tell of, on another contender, and have none on any. One
 * that is not connected has none either, until it comes back: that is told as such.
 */
function withoutWatch(recipe: Recipe, layout: Layout, evidence: Evidence): Suspect[] {
  const { watches, watchesOfAll, connections, connectionsOfAll, own } = evidence
  if (watches === null || !watchesOfAll) return []
  const watching = new Set<bigint>()
  const owners = new Map(recipe.contenders.map(({ name, session }) => [name, session]))
  for (const { name } of [...recipe.contenders, ...recipe.foreign]) {
    const path = contenderPath(layout.path, name)
    const sessions = path === null ? undefined : watches.get(path)
    // A watch on one's own znode wakes nobody who waits: Curator's revocable locks have it.
    for (const session of sessions ?? []) if (session !== owners.get(name)) watching.add(session)
  }
  return recipe.contenders
    .filter(hasSession)
    .filter(({ state, name, waitsOn }) => state === 'waits' && !name.startsWith(WATCHER) && waitsOn.length > 0)
    .filter(({ waitsOn }) => waitsOn.every(({ on }) => on !== CHILDREN))
    .filter(({ session }) => !watching.has(session) && !own.has(session))
    .filter(({ session }) => !connectionsOfAll || connections === null || connections.has(session))
}

function hasSession(contender: Contender): contender is Contender & { readonly session: bigint } {
  return contender.session !== null && contender.session !== 0n
}
