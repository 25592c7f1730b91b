import { describeFailure } from '@/lib/ensemble/failure'
import type { Sessions } from '@/lib/ensemble/mirror'
import { nextRevision } from '@/lib/ensemble/revision'
import type { DeadlockView } from '@/lib/queries/lock-responses'
import { contenderPath } from '@/lib/recipes/contender-path'
import { diagnose } from '@/lib/recipes/diagnose'
import type { Finding } from '@/lib/recipes/finding'
import type { Layout } from '@/lib/recipes/layout'
import { makeRecipe } from '@/lib/recipes/make-recipe'
import { nearPaths } from '@/lib/recipes/near-paths'
import type { Contender, Recipe } from '@/lib/recipes/recipe'
import { recognise } from '@/lib/recipes/recognise'
import { NO_SUSPICIONS, suspect } from '@/lib/recipes/suspicions'
import type { AppError } from '@/lib/znode/app-error'
import type { Gathered } from './evidence-source'
import { happeningName, type LockHappening, LockHistory } from './lock-history'
import type { Pace } from './pace'
import { CreateRate } from './rates'
import type { Recomputed } from './recompute-queue'
import { WatchedDirectory } from './watched-directory'

export interface LockWatchLink {
  readonly sessions: Sessions
  readonly pace: Pace
  /** What the servers told last. */
  readonly gathered: Gathered
  /** How many turns of the past this lock may keep. */
  turnsToKeep(): number
  deadlocksOf(path: string): { readonly views: readonly DeadlockView[]; readonly findings: readonly Finding[] }
  /** Resolves when whatever changes after this is told. @throws ZooKeeperError when the connection does not hold */
  ready(): Promise<void>
  /** From now on this directory is told of its events, until the function that it returns is called. */
  listen(watch: LockWatch, directory: WatchedDirectory): () => void
  changed(watch: LockWatch): void
  /** It was worked out anew. */
  worked(watch: LockWatch): void
}

interface Spread {
  readonly relative: string | null
  readonly directory: WatchedDirectory
  readonly unlisten: () => void
}

const INTERVAL_MS = { viewed: 100, listed: 1000 }
/** So much at once is not a series of events any more, but a mass: it is worked out at its end. */
const MAX_HAPPENED = 50_000

/** One lock, followed event by event: who takes part by the rules of its library, and what happened there since it is watched. */
export class LockWatch implements Recomputed {
  readonly history = new LockHistory()
  readonly creates = new CreateRate()
  recipe: Recipe = makeRecipe('none', '')
  /** Those who hold first, then all others in the library's order. */
  contenders: readonly Contender[] = []
  findings: readonly Finding[] = []
  revision = 0
  /** Date.now() when it was worked out last. */
  at = 0
  isViewed = false
  /** Date.now() when it was looked at last. */
  lastViewed = 0
  /** Why it cannot be read. */
  failure: AppError | null = null
  /** Date.now() since when nobody takes part in it; null while somebody does. */
  emptySince: number | null = null
  readonly #main: Spread
  readonly #near = new Map<string, Spread>()
  #happened: LockHappening[] = []
  #suspicions = NO_SUSPICIONS
  #suspectedAt = 0
  #comparing: Promise<void> | null = null
  #closed = false

  constructor(
    readonly path: string,
    private readonly link: LockWatchLink,
  ) {
    this.#main = this.#spread(null, path)
  }

  get intervalMs(): number {
    return this.isViewed ? INTERVAL_MS.viewed : INTERVAL_MS.listed
  }

  get directory(): WatchedDirectory {
    return this.#main.directory
  }

  get settled(): boolean {
    return this.#all().every(({ directory }) => directory.settled)
  }

  /** The directories that it is spread over besides its own, by their path relative to it. */
  near(relative: string): WatchedDirectory | undefined {
    return this.#near.get(relative)?.directory
  }

  close(): void {
    this.#closed = true
    for (const { directory, unlisten } of this.#all()) {
      unlisten()
      directory.close()
    }
  }

  /** The connection broke: until {@link compare} nothing is seen. */
  lose(at: number): void {
    for (const { directory } of this.#all()) directory.lose()
    this.history.lose(at)
  }

  /** Reads everything and tells what differs. Called again while it works, it goes on once more. Never rejects. */
  compare(at: number | null = null): Promise<void> {
    const next = (this.#comparing ?? Promise.resolve()).then(() => this.#compare(at))
    this.#comparing = next
    return next
  }

  /** Resolves when all that the ensemble had told until now has come in; also while it cannot be asked. */
  async confirm(): Promise<void> {
    await this.#comparing
    const { status } = this.link.sessions.live().info
    if (status === 'connected' || status === 'read-only') await this.audit()
  }

  /** Resolves when all who take part have been read, as far as they can be now. */
  async whenRead(): Promise<void> {
    await Promise.all(this.#all().map(({ directory }) => directory.whenRead()))
  }

  /** Looks whether its lists are what was told, at the price of one Stat each, and reads again what is not. */
  async audit(): Promise<void> {
    try {
      const right = await Promise.all(this.#all().map(({ directory }) => directory.restat()))
      if (this.#closed || right.every(Boolean)) return
    } catch {
      // The connection broke: the next one compares.
      return
    }
    await this.compare()
  }

  recompute(): void {
    if (this.#closed) return
    const now = Date.now()
    if (this.#adoptNear()) void this.compare()
    const happened = this.#happened
    this.#happened = []
    const { evidence, askedAt } = this.link.gathered
    const layout = this.#layout()
    const recipe = this.#asBefore(recognise(layout, evidence, now))
    const clientOf = (session: bigint) => evidence.connections?.get(session)?.client ?? null
    this.history.update(recipe, happened, clientOf, now, this.link.turnsToKeep())
    this.creates.observe(layout.stat, now)
    if (askedAt > this.#suspectedAt && this.settled) {
      this.#suspicions = suspect(this.#suspicions, recipe, layout, evidence, askedAt)
      this.#suspectedAt = askedAt
    }
    const { held } = this.history.spans()
    const findings = diagnose(recipe, layout, evidence, {
      now,
      heldSince: this.history.heldSince(),
      holds: { samples: held.samples, p95Ms: held.p95 },
      suspicions: this.#suspicions,
    })
    this.recipe = recipe
    this.contenders = holdersFirst(recipe.contenders)
    this.findings = [...recipe.findings, ...findings, ...this.link.deadlocksOf(this.path).findings]
    this.at = now
    this.emptySince = recipe.contenders.length > 0 ? null : (this.emptySince ?? now)
    this.revision = nextRevision()
    this.link.worked(this)
  }

  async #compare(at: number | null): Promise<void> {
    if (this.#closed) return
    try {
      await this.link.ready()
      const list = ({ directory }: Spread) => this.link.pace.run(2, () => directory.list(at))
      await list(this.#main)
      this.#adoptNear()
      await Promise.all([...this.#near.values()].map(list))
      this.failure = null
      this.history.found(Date.now())
    } catch (error) {
      // After a lost connection the next one compares; what may not be read says so.
      this.failure = describeFailure(error)
    }
    if (!this.#closed) this.link.changed(this)
  }

  /** An empty directory, or none, tells nothing of what it is for, but it has not become another since somebody looks. */
  #asBefore(recipe: Recipe): Recipe {
    if (recipe.kind !== 'none' || this.#main.directory.children.size > 0) return recipe
    const { kind, library, permits, unknowable, orElse, application } = this.recipe
    return makeRecipe(kind, library, { permits, unknowable, orElse, application })
  }

  #all(): Spread[] {
    return [this.#main, ...this.#near.values()]
  }

  #layout(): Layout {
    const near = new Map<string, Layout>()
    for (const [relative, { directory }] of this.#near) if (directory.exists) near.set(relative, layoutOf(directory))
    return { ...layoutOf(this.#main.directory), near }
  }

  /** Whether a recipe is spread over more directories shows in the names of this one. Returns whether there is a new one. */
  #adoptNear(): boolean {
    let isNew = false
    const { children } = this.#main.directory
    const wanted = new Set(nearPaths({ path: this.path, names: [...children.keys()] }))
    for (const [relative, { directory, unlisten }] of this.#near) {
      if (wanted.has(relative)) continue
      this.#near.delete(relative)
      unlisten()
      directory.close()
    }
    for (const relative of wanted) {
      const path = contenderPath(this.path, relative)
      if (path === null || this.#near.has(relative)) continue
      const spread = this.#spread(relative, path)
      this.#near.set(relative, spread)
      isNew = true
    }
    return isNew
  }

  #spread(relative: string | null, path: string): Spread {
    const { sessions, pace } = this.link
    const directory = new WatchedDirectory(
      path,
      {
        live: () => sessions.live(),
        bulk: () => sessions.bulk(),
        happened: ({ kind, name, at }) => {
          const named = happeningName(relative, name)
          if (named === null) return
          this.#happened.push({ kind, name: named, at })
          if (this.#happened.length > MAX_HAPPENED) this.recompute()
        },
        changed: () => this.link.changed(this),
      },
      pace,
    )
    return { relative, directory, unlisten: this.link.listen(this, directory) }
  }
}

function layoutOf({ path, stat, data, children }: WatchedDirectory): Layout {
  return { path, stat, data, children: [...children.values()], near: new Map() }
}

function holdersFirst(contenders: readonly Contender[]): readonly Contender[] {
  const holds = contenders.filter(({ state }) => state === 'holds')
  return [...holds, ...contenders.filter(({ state }) => state !== 'holds')]
}
