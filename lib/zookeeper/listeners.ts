/** Who wants to be told. One entry a call: a function given twice is called twice and taken back once. */
export class Listeners<T> {
  readonly #all = new Set<{ readonly call: (value: T) => void }>()

  /** Returns a function that takes the listener back. */
  subscribe(call: (value: T) => void): () => void {
    const entry = { call }
    this.#all.add(entry)
    return () => void this.#all.delete(entry)
  }

  get size(): number {
    return this.#all.size
  }

  /**
   * Calls all of them. What one throws becomes a process warning, because neither the other listeners nor the connection
   * that tells them may suffer from it.
   */
  emit(value: T): void {
    for (const { call } of [...this.#all]) {
      try {
        call(value)
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  clear(): void {
    this.#all.clear()
  }
}
