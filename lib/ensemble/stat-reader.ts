import type { Stat } from '@/lib/znode/stat'

/** A good guest reads at most this much to keep rows current: 500 stats a second, in small steps. */
const TICK_MS = 20
const PER_TICK = 10

/**
 * Reads again the stats of znodes that changed, each at most once at a time and all of them at a bounded rate, however
 * fast they change: a znode that changes while it waits is read once, after its last change.
 */
export class StatReader {
  /** Insertion order is the order of reading; nodes that somebody has open go first. */
  #urgent = new Set<string>()
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #budget = PER_TICK

  constructor(
    private readonly read: (path: string) => Promise<Stat | null>,
    private readonly found: (path: string, stat: Stat) => void,
  ) {}

  mark(path: string, urgent: boolean): void {
    if (urgent) {
      this.#waiting.delete(path)
      this.#urgent.add(path)
    } else if (!this.#urgent.has(path)) this.#waiting.add(path)
    this.#spend()
  }

  get waiting(): number {
    return this.#urgent.size + this.#waiting.size
  }

  clear(): void {
    this.#urgent.clear()
    this.#waiting.clear()
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#budget = PER_TICK
  }

  #spend(): void {
    while (this.#budget > 0) {
      const path = takeFirst(this.#urgent) ?? takeFirst(this.#waiting)
      if (path === undefined) break
      this.#budget--
      this.read(path).then(
        (stat) => {
          if (stat) this.found(path, stat)
        },
        // Whatever went wrong ends in a new connection, and that reads everything shown again.
        () => undefined,
      )
    }
    if (this.#budget < PER_TICK) this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
  }

  #tick(): void {
    this.#budget = PER_TICK
    this.#spend()
    if (this.#budget < PER_TICK || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}

function takeFirst(paths: Set<string>): string | undefined {
  const first = paths.keys().next()
  if (first.done) return undefined
  paths.delete(first.value)
  return first.value
}
