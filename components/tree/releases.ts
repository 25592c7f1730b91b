/** A folder that is opened again within this time was never let go, ms. */
const DELAY_MS = 2_000

/**
 * Tells the server late that a folder is closed: a release that overtakes the read of somebody who opens the folder again
 * would leave it open and never told of a change.
 */
export class Releases {
  readonly #waiting = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly release: (path: string) => void,
    /** Whether another part of this tab shows it: the server counts tabs, not parts of them. */
    private readonly isShown: (path: string) => boolean,
  ) {}

  add(path: string): void {
    this.#waiting.add(path)
    this.retry()
  }

  /** It is open again. */
  keep(path: string): void {
    this.#waiting.delete(path)
  }

  /** Something else is shown now. */
  retry(): void {
    clearTimeout(this.#timer)
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#flush(), DELAY_MS)
  }

  #flush(): void {
    for (const path of this.#waiting) {
      if (this.isShown(path)) continue
      this.#waiting.delete(path)
      this.release(path)
    }
  }
}
