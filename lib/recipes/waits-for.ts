import { CHILDREN, type Contender, type Edge, type Recipe, type RecipeKind } from './recipe'

export interface LockAt {
  /** Of the lock's directory. */
  readonly path: string
  readonly recipe: Recipe
}

/** A client, with all that it waits for and holds in all locks. */
export interface Party {
  readonly session: bigint
  readonly waits: Wait[]
  readonly holds: Wait[]
}

/** What a number of waiters of one lock wait for alike. */
export interface Wait {
  readonly path: string
  /** 'all': it goes on when all have released; 'any': when one has, as of a semaphore. */
  readonly until: 'all' | 'any'
  /** Each with a contender of its, one a session. */
  readonly holders: ReadonlyMap<Party, string>
  readonly waiters: Party[]
}

/**
 * Who waits for whom between sessions. Waiters of one lock share one {@link Wait}, so fifty waiters are fifty edges and
 * not fifty times the number of holders.
 */
export function waitsFor(locks: readonly LockAt[]): Party[] {
  const parties = new Map<bigint, Party>()
  const partyOf = (session: bigint): Party => {
    const known = parties.get(session)
    if (known !== undefined) return known
    const party: Party = { session, waits: [], holds: [] }
    parties.set(session, party)
    return party
  }
  const real = locks.filter(({ recipe }) => blocksItsWaiters(recipe))
  const holding = new Set(real.flatMap(({ recipe }) => recipe.contenders.filter(holds).map(({ session }) => session)))
  for (const lock of real) addLock(lock, holding, partyOf)
  return [...parties.values()]
}

const LOCKS: ReadonlySet<RecipeKind> = new Set(['mutex', 'read-write-lock', 'semaphore', 'single-lock'])

/**
 * Not elections: candidates work on while they wait, and two that lead one each and stand for both are no deadlock. Not
 * what a known application does by its own protocol, and not where a watcher may only look.
 */
function blocksItsWaiters({ kind, application, unknowable }: Recipe): boolean {
  return LOCKS.has(kind) && application === null && !unknowable.includes('waits-or-looks')
}

function holds({ state }: Contender): boolean {
  return state === 'holds'
}

/** @param holding the sessions that hold anything: nobody waits for the others, so it does not matter what they wait for. */
function addLock(
  { path, recipe }: LockAt,
  holding: ReadonlySet<bigint | null>,
  partyOf: (session: bigint) => Party,
): void {
  const { kind, contenders, permits } = recipe
  const holders = contenders.filter(holds)
  // A permit is free: who waits is about to get it.
  if (holders.length === 0 || (kind === 'semaphore' && holders.length < (permits ?? 0))) return

  const waitUntil = (until: Wait['until'], of: readonly Contender[]): Wait => {
    const held = new Map<Party, string>()
    for (const { name, session } of of) {
      if (session !== null && !held.has(partyOf(session))) held.set(partyOf(session), name)
    }
    const wait: Wait = { path, until, holders: held, waiters: [] }
    for (const party of held.keys()) party.holds.push(wait)
    return wait
  }
  const everyHolder = waitUntil(kind === 'semaphore' ? 'any' : 'all', holders)
  const blockers = kind === 'semaphore' ? () => everyHolder : blockersIn(contenders, everyHolder, waitUntil)
  for (const contender of contenders) {
    if (contender.state !== 'waits' || contender.session === null || !holding.has(contender.session)) continue
    const wait = blockers(contender)
    if (wait === null) continue
    const party = partyOf(contender.session)
    party.waits.push(wait)
    wait.waiters.push(party)
  }
}

/** Whom a waiter waits for in the end: along the edges, over other waiters, to those who hold; null when to nobody. */
function blockersIn(
  contenders: readonly Contender[],
  everyHolder: Wait,
  waitUntil: (until: 'all', of: readonly Contender[]) => Wait,
): (waiter: Contender) => Wait | null {
  const byName = new Map(contenders.map((contender) => [contender.name, contender]))
  const known = new Map<Contender, Wait | null>()
  const atOnce = (contender: Contender): Wait | null | undefined => {
    const before = known.get(contender)
    if (before !== undefined) return before
    if (contender.state === 'holds') return waitUntil('all', [contender])
    const [edge, ...more] = contender.waitsOn
    if (edge === undefined) return null
    // A writer watches only the last of the readers before it, and waits for all of them.
    if (contender.lane === 'exclusive' || more.length > 0 || edge.on === CHILDREN) return everyHolder
    return undefined
  }
  return (waiter) => {
    const along: Contender[] = []
    let found: Wait | null | undefined
    // Longer than the queue is only a circle of edges, which no library makes.
    for (let at: Contender | undefined = waiter; at !== undefined && along.length <= contenders.length; ) {
      found = atOnce(at)
      along.push(at)
      if (found !== undefined) break
      const edge: Edge | undefined = at.waitsOn[0]
      const target: string | undefined = edge?.proof === 'contradicted' ? edge.watches : edge?.on
      at = target === undefined ? undefined : byName.get(target)
    }
    for (const contender of along) known.set(contender, found ?? null)
    return found ?? null
  }
}
