import type { Random } from '../sandbox/workload/random'

/** Gives everything once, in a random order, before it gives anything again. */
export class Deck<T> {
  #left: T[] = []

  constructor(
    private readonly all: readonly T[],
    private readonly random: Random,
  ) {}

  draw(): T {
    if (this.#left.length === 0) this.#left = [...this.all]
    const [drawn] = this.#left.splice(this.random.between(0, this.#left.length - 1), 1)
    return drawn as T
  }
}
