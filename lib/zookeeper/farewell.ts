/** Waits for the server to have ended a session, but not for ever. */
export class Farewell {
  #heard: () => void = () => undefined

  /** Resolves when {@link heard} is called, or after `longestMs`. */
  wait(longestMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longestMs)
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
