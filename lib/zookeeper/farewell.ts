const LONGEST_MS = 1000

/** Waits for the server to have ended a session, but not for ever. */
export class Farewell {
  #heard: () => void = () => undefined

  /** Resolves when {@link heard} is called, or after a second. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LONGEST_MS)
      this.#heard = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The server said so, or dropped the connection, which it does after that. */
  heard(): void {
    this.#heard()
  }
}
