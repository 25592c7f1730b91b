/** A browser shows some hundred rows of some folders: more than that is kept in mind, but not told of. */
const MAX_PATHS = 500
/** What is kept in mind has an end too; beyond it only the count is wrong. */
const MAX_LOST = 5000

/** The paths that the tabs of one browser hold on to. The oldest are lost when there are too many. */
export class Interests {
  readonly #held = new Map<string, Set<string>>()
  /** Still shown, but no longer held. */
  readonly #lost = new Map<string, Set<string>>()

  hold(path: string, tab: string): void {
    const tabs = this.#held.get(path) ?? this.#lost.get(path) ?? new Set()
    tabs.add(tab)
    this.#lost.delete(path)
    // Deleted first, so that the newest comes last.
    this.#held.delete(path)
    this.#held.set(path, tabs)
    if (this.#held.size > MAX_PATHS) this.#lose()
  }

  letGo(path: string, tab: string): void {
    for (const paths of [this.#held, this.#lost]) {
      const tabs = paths.get(path)
      if (tabs?.delete(tab) && tabs.size === 0) paths.delete(path)
    }
  }

  letGoOfAll(tab: string): void {
    for (const paths of [this.#held, this.#lost]) for (const path of [...paths.keys()]) this.letGo(path, tab)
  }

  has(path: string): boolean {
    return this.#held.has(path)
  }

  get size(): number {
    return this.#held.size
  }

  /** How many are shown somewhere and not held any more. */
  get lost(): number {
    return this.#lost.size
  }

  paths(): Iterable<string> {
    return this.#held.keys()
  }

  #lose(): void {
    const oldest = this.#held.entries().next()
    if (oldest.done) return
    const [path, tabs] = oldest.value
    this.#held.delete(path)
    if (this.#lost.size < MAX_LOST) this.#lost.set(path, tabs)
  }
}
