/** One timer for all that count the same time: they are drawn together, however many there are. */
class Ticker {
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setInterval> | undefined
  #now = Date.now()

  constructor(private readonly everyMs: number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.#now = Date.now()
      this.#timer = setInterval(() => this.#tick(), this.everyMs)
    }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) clearInterval(this.#timer)
    }
  }

  readonly now = (): number => this.#now

  #tick(): void {
    this.#now = Date.now()
    for (const listener of this.#listeners) listener()
  }
}

const tickers = new Map<number, Ticker>()

/** The ticker of a pace, made when it is first asked for; there are as many as the page has paces. */
export function tickerOf(everyMs: number): Pick<Ticker, 'subscribe' | 'now'> {
  const found = tickers.get(everyMs)
  if (found !== undefined) return found
  const made = new Ticker(everyMs)
  tickers.set(everyMs, made)
  return made
}
