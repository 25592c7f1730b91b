import { isZooKeeperError } from '@/lib/zookeeper/errors'

/** A good guest reads at most this much to keep rows current: 500 stats a second, in small steps. */
const TICK_MS = 20
const PER_TICK = 10
/** A server that refuses for now is asked again after this. */
const RETRY_MS = 1000
const FOR_NOW: ReadonlySet<string> = new Set(['OperationTimeout', 'ThrottledOp', 'Busy'])

/**
 * Reads again the stats of znodes that changed, each at most once at a time and all of them at a bounded rate, however
 * fast they change: a znode that changes while it waits is read once, after its last change.
 */
export class StatReader {
  /** Insertion order is the order of reading; nodes that somebody has open go first. */
  #urgent = new Set<string>()
  #waiting = new Set<string>()
  /** Being read, and how often at the same time. */
  #reading = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #budget = PER_TICK

  /** @param read reads it and says what it found to whom it concerns */
  constructor(private readonly read: (path: string) => Promise<void>) {}

  mark(path: string, urgent: boolean): void {
    if (urgent) {
      this.#waiting.delete(path)
      this.#urgent.add(path)
    } else if (!this.#urgent.has(path)) this.#waiting.add(path)
    this.#spend()
  }

  /** What is known of it is older than its last change. */
  isWaiting(path: string): boolean {
    return this.#waiting.has(path) || this.#urgent.has(path) || this.#reading.has(path)
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
      void this.#read(path)
    }
    if (this.#budget < PER_TICK) this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
  }

  async #read(path: string): Promise<void> {
    this.#reading.set(path, (this.#reading.get(path) ?? 0) + 1)
    try {
      await this.read(path)
    } catch (error) {
      // A broken connection reads everything shown again; a znode that may not be read has no stat to keep.
      if (isZooKeeperError(error) && FOR_NOW.has(error.code)) setTimeout(() => this.mark(path, false), RETRY_MS).unref()
    } finally {
      const others = (this.#reading.get(path) ?? 1) - 1
      if (others > 0) this.#reading.set(path, others)
      else this.#reading.delete(path)
    }
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
