const REMEMBERED = 500

/** The zxids of the latest writes of this browser, to tell their echo from other people's changes. */
export class OwnWrites {
  readonly #keys = new Set<string>()

  add(cluster: string, zxid: string): void {
    this.#keys.add(`${cluster} ${zxid}`)
    if (this.#keys.size <= REMEMBERED) return
    const oldest = this.#keys.keys().next()
    if (!oldest.done) this.#keys.delete(oldest.value)
  }

  has(cluster: string, zxid: string): boolean {
    return this.#keys.has(`${cluster} ${zxid}`)
  }
}
