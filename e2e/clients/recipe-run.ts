import type { RecipeResponse } from '@/lib/queries/lock-responses'
import { until } from '../sandbox/until'
import type { ClientLine } from './client-line'
import { ContenderLog } from './contender-log'
import { loggedRecipe, relative } from './logged-recipe'
import type { RealClient } from './real-client'

/** Contenders of one recipe on one path, and what Zoolens should say of them. */
export interface RunPlan {
  /** As the client's program calls it: "read-write". */
  readonly recipe: string
  readonly kind: RecipeResponse['recipe']
  readonly library: RegExp
  readonly count: number
  readonly sessions: number
  readonly holdMs: number
  /** Of semaphores: how many may hold. */
  readonly permits?: number
}

/** A busy machine takes its time to open fifty sessions. */
const SETTLED_WITHIN_MS = 60_000

/** One recipe of one client, compared at moments at which nothing moves. */
export class RecipeRun {
  readonly log: ContenderLog
  readonly differences: string[] = []
  moments = 0
  /** Hand-offs that came in the order in which the waiters had been shown. */
  handOffs = 0
  /** Waiters shown, over all moments. */
  waiters = 0
  #comparedGrants = -1
  #foretold: readonly string[] = []

  constructor(
    readonly client: RealClient,
    readonly plan: RunPlan,
    readonly path: string,
    private readonly ask: (path: string) => Promise<RecipeResponse>,
  ) {
    this.log = new ContenderLog(path, this.#prefix)
  }

  get #prefix(): string {
    return `${this.path.slice(this.path.lastIndexOf('/') + 1)}-`
  }

  get #settled(): boolean {
    return this.log.isSettled(this.plan.count, this.plan.permits ?? null)
  }

  /** Times that somebody has got what he asked for. */
  get progress(): number {
    return this.log.grants.length
  }

  get summary(): string {
    const { moments, waiters, handOffs } = this
    const inOrder = handOffs > 0 ? `, ${handOffs} served in the order shown` : ''
    return `${moments} moments, ${waiters} waiters${inOrder}`
  }

  hear(line: ClientLine): void {
    this.log.add(line)
  }

  async start(): Promise<void> {
    const { recipe, count, sessions, holdMs, permits } = this.plan
    const max = permits === undefined ? {} : { max: permits }
    await this.client.tell({
      do: 'start',
      recipe,
      path: this.path,
      prefix: this.#prefix,
      count,
      sessions,
      holdMs,
      ...max,
    })
  }

  /** While all are frozen: everybody stands still after a while, and then the page says what the clients say. */
  async compareFrozen(): Promise<void> {
    await until(`${this.path} stands still`, async () => this.#settled, { timeoutMs: SETTLED_WITHIN_MS, everyMs: 5 })
    await this.client.tell({ do: 'ping' })
    this.#checkHandOffs()
    const response = await this.ask(this.path)
    this.#compare(response)
  }

  /**
   * While they go on: counts only if nobody has said anything from before the question until after the answer. A client
   * says that it will ask or release before it does so, and every line before the answer to a ping has been heard.
   * @returns whether it was such a moment, and another one than the last
   */
  async compareRunning(): Promise<boolean> {
    if (!this.#settled || this.log.grants.length === this.#comparedGrants) return false
    const { revision } = this.log
    const response = await this.ask(this.path)
    await this.client.tell({ do: 'ping' })
    if (this.log.revision !== revision || !response.settled) return false
    this.#checkHandOffs()
    this.#compare(response)
    return true
  }

  #compare(response: RecipeResponse): void {
    const { kind, library } = this.plan
    const expected = loggedRecipe(this.log)
    const found: string[] = []
    const differ = (what: string, said: readonly string[], shown: readonly string[]) => {
      const at = said.findIndex((name, index) => name !== shown[index])
      if (at < 0 && said.length === shown.length) return
      const [first, other] = [said[at < 0 ? shown.length : at], shown[at < 0 ? said.length : at]]
      const where = `moment ${this.moments} of ${this.path}, ${what} ${at} of ${said.length}`
      found.push(`${where}: the clients say ${first}, Zoolens ${other} of ${shown.length}`)
    }
    if (response.recipe !== kind || !library.test(response.library) || !response.settled) {
      found.push(`${this.path}: ${response.recipe}, ${response.library}, settled ${response.settled}`)
    }
    differ('holders', expected.holders, response.holders.toSorted())
    differ('waiters', expected.waiters, response.waiters)
    differ('edges', sorted(expected.edges), sorted(response.edges))
    this.moments++
    this.waiters += response.waiters.length
    this.differences.push(...found)
    this.#comparedGrants = this.log.grants.length
    this.#foretold = response.waiters
  }

  /** Those that were shown to wait must have been served in the order in which they were shown. */
  #checkHandOffs(): void {
    if (this.plan.permits !== undefined || this.plan.kind === 'read-write-lock' || this.#comparedGrants < 0) return
    const waited = new Set(this.#foretold)
    const served = this.log.grants
      .slice(this.#comparedGrants)
      .map((node) => relative(this.path, node))
      .filter((name) => waited.has(name))
    this.handOffs += served.length
    const foretold = this.#foretold.slice(0, served.length)
    const at = served.findIndex((name, index) => name !== foretold[index])
    if (at >= 0)
      this.differences.push(`${this.path}: ${served[at]} was served when ${foretold[at]} was shown to be next`)
  }
}

function sorted(edges: readonly (readonly [string, string])[]): string[] {
  return edges.map(([waiter, on]) => `${waiter} -> ${on}`).sort()
}
