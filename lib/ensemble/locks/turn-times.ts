import type { Recipe } from '@/lib/recipes/recipe'

/** One who takes part, as far as the dating of hand-offs needs him. */
export interface InLine {
  readonly lane: 'shared' | 'exclusive' | null
  /** When it was told that he is there; null when he was there before anybody looked. */
  readonly queuedAt: number | null
  /** When it was told that he is gone; null while he is there. */
  readonly endedAt: number | null
}

/** How many may hold at a time where the order alone decides who; null where it does not. */
export function permitsInOrder({ kind, permits }: Pick<Recipe, 'kind' | 'permits'>): number | null {
  switch (kind) {
    case 'mutex':
    case 'election':
    case 'read-write-lock':
    case 'sequence':
      return 1
    case 'semaphore':
      return permits
    default:
      return null
  }
}

/**
 * When each got the lock, by the times at which those before him in the line went: many hands may have had it between two
 * looks. Infinity: not yet; null: he has it since before anybody looked. A reader waits only for writers.
 */
export function grantTimes(line: readonly InLine[], permits: number): (number | null)[] {
  const all = new LastToGo(permits)
  const writers = new LastToGo(1)
  return line.map(({ lane, queuedAt, endedAt }) => {
    const free = (lane === 'shared' ? writers : all).freeAt
    all.add(endedAt ?? Number.POSITIVE_INFINITY)
    if (lane === 'exclusive') writers.add(endedAt ?? Number.POSITIVE_INFINITY)
    if (free === null) return queuedAt
    return Math.max(free, queuedAt ?? free)
  })
}

/** The latest of the times at which somebody went: the earliest of them is when there was room for one more. */
class LastToGo {
  /** Ascending. */
  readonly #times: number[] = []

  constructor(private readonly keep: number) {}

  /** null: there was room all the time. */
  get freeAt(): number | null {
    return this.#times.length < this.keep ? null : (this.#times[0] as number)
  }

  add(time: number): void {
    const at = this.#times.findIndex((other) => other > time)
    this.#times.splice(at === -1 ? this.#times.length : at, 0, time)
    if (this.#times.length > this.keep) this.#times.shift()
  }
}
