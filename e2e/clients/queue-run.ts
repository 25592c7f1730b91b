import type { RecipeResponse } from '@/lib/queries/lock-responses'
import { nameOf, parentOf } from '@/lib/znode/path'
import { until } from '../sandbox/until'
import type { ClientLine } from './client-line'
import type { RealClient } from './real-client'

/** Some put items into a queue, every third takes them. */
export interface QueuePlan {
  /** As the client's program calls it. */
  readonly recipe: string
  readonly library: RegExp
  readonly count: number
  readonly holdMs: number
  /** After the recipe's path: where the items are, and where the locks on those being worked on. */
  readonly items: string
  readonly locks: string | null
}

/** One queue of one client, compared at moments at which nothing moves. */
export class QueueRun {
  readonly differences: string[] = []
  moments = 0
  /** Items shown, over all moments. */
  shown = 0
  taken = 0
  readonly #nodes = new Set<string>()
  readonly #states = new Map<string, ClientLine['event']>()
  readonly #prefix: string

  constructor(
    readonly client: RealClient,
    readonly plan: QueuePlan,
    readonly path: string,
    private readonly ask: (path: string) => Promise<RecipeResponse>,
  ) {
    this.#prefix = `${nameOf(path)}-`
  }

  /** Times that somebody has got an item. */
  get progress(): number {
    return this.taken
  }

  get summary(): string {
    return `${this.moments} moments, ${this.shown} items, ${this.taken} taken`
  }

  hear({ event, who, node = '' }: ClientLine): void {
    if (typeof who !== 'string' || who.slice(0, who.lastIndexOf('-') + 1) !== this.#prefix) return
    if (event === 'created') this.#nodes.add(node)
    else if (event === 'deleted') this.#nodes.delete(node)
    else if (event !== 'watches') this.#states.set(who, event)
    if (event === 'acquired') this.taken++
    if (event === 'failed' || event === 'lost') throw new Error(`${who}: ${event}`)
  }

  async start(): Promise<void> {
    const { recipe, count, holdMs } = this.plan
    await this.client.tell({
      do: 'start',
      recipe,
      path: this.path,
      prefix: this.#prefix,
      count,
      sessions: count,
      holdMs,
    })
  }

  /** While all are frozen: everybody stands still after a while, and then the page says what the clients say. */
  async compareFrozen(): Promise<void> {
    await until(`${this.path} stands still`, async () => this.#settled, { timeoutMs: 60_000, everyMs: 5 })
    const { items, locks, library } = this.plan
    this.#compare(await this.ask(this.path + items), 'queue', library, this.#below(this.path + items))
    if (locks !== null) {
      this.#compare(await this.ask(this.path + locks), 'item-locks', library, this.#below(this.path + locks))
    }
    this.moments++
  }

  /** Whoever puts has put; whoever takes has an item, or there is none that nobody has. */
  get #settled(): boolean {
    const { count, items, locks } = this.plan
    const takes = (who: string) => Number(who.slice(this.#prefix.length)) % 3 === 0
    const takers = [...this.#states].filter(([who]) => takes(who))
    const working = takers.filter(([, event]) => event === 'acquired').length
    const free = this.#below(this.path + items).length - (locks === null ? 0 : this.#below(this.path + locks).length)
    const puts = [...this.#states].filter(([who]) => !takes(who))
    return (
      takers.every(([, event]) => event !== 'releasing') &&
      puts.length === count - Math.ceil(count / 3) &&
      puts.every(([, event]) => event === 'idle') &&
      (working === Math.ceil(count / 3) || free === 0) &&
      (locks === null || this.#below(this.path + locks).length === working)
    )
  }

  #below(directory: string): string[] {
    return [...this.#nodes]
      .filter((node) => parentOf(node) === directory)
      .map(nameOf)
      .sort()
  }

  #compare(response: RecipeResponse, kind: RecipeResponse['recipe'], library: RegExp, names: readonly string[]): void {
    const shown = kind === 'queue' ? response.present : response.holders
    const others = [...response.waiters, ...response.edges, ...(kind === 'queue' ? response.holders : response.present)]
    const known = names.length === 0 || (response.recipe === kind && library.test(response.library))
    if (!known) this.differences.push(`${response.path}: ${response.recipe}, ${response.library}`)
    if (others.length > 0) this.differences.push(`${response.path}: nobody waits, and ${others.length} are shown`)
    const at = names.findIndex((name, index) => name !== shown[index])
    if (at >= 0 || shown.length !== names.length) {
      const where = `${response.path} ${at} of ${names.length}`
      this.differences.push(`${where}: the clients say ${names[at]}, Zoolens ${shown[at]} of ${shown.length}`)
    }
    this.shown += names.length
  }
}
