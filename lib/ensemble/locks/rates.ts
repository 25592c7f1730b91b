import type { Spans } from '@/lib/queries/lock-responses'
import { nextSequence } from '@/lib/znode/sequence'
import type { Stat } from '@/lib/znode/stat'

const MINUTE_MS = 60_000
/** A rate of less than this says nothing about a minute. */
const LEAST_MS = 5000

/** Counts what happens in the last minute, second by second. */
export class MinuteCount {
  readonly #seconds: { readonly second: number; count: number }[] = []

  constructor(private readonly since: number) {}

  add(at: number): void {
    const second = Math.floor(at / 1000)
    const last = this.#seconds.at(-1)
    if (last !== undefined && last.second >= second) last.count++
    else this.#seconds.push({ second, count: 1 })
    this.#forget(at)
  }

  /** To one decimal; null while too little time was watched. */
  perMinute(now: number): number | null {
    const watched = Math.min(MINUTE_MS, now - this.since)
    if (watched < LEAST_MS) return null
    this.#forget(now)
    const count = this.#seconds.reduce((sum, second) => sum + second.count, 0)
    return Math.round((count * 10 * MINUTE_MS) / watched) / 10
  }

  #forget(now: number): void {
    const oldest = Math.floor((now - MINUTE_MS) / 1000)
    while (this.#seconds.length > 0 && (this.#seconds[0]?.second ?? oldest) < oldest) this.#seconds.shift()
  }
}

/** How fast znodes are made in a directory, by its counter of children alone: it counts also what nobody saw. */
export class CreateRate {
  #czxid: bigint | null = null
  readonly #samples: { readonly at: number; readonly next: number }[] = []

  observe(stat: Stat | null, now: number): void {
    if (stat === null) return
    // Made again, it counts from nothing.
    if (stat.czxid !== this.#czxid) this.#samples.length = 0
    this.#czxid = stat.czxid
    const last = this.#samples.at(-1)
    if (last !== undefined && now - last.at < 1000) return
    this.#samples.push({ at: now, next: nextSequence(stat) })
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? now) < now - MINUTE_MS) this.#samples.shift()
  }

  perMinute(stat: Stat | null, now: number): number | null {
    const first = this.#samples[0]
    if (stat === null || first === undefined || now - first.at < LEAST_MS) return null
    return Math.round(((nextSequence(stat) - first.next) * 10 * MINUTE_MS) / (now - first.at)) / 10
  }
}

/** Exact, by nearest rank. */
export function spansOf(milliseconds: readonly number[]): Spans {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  const rank = (share: number): number | null => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
  return { samples: sorted.length, p50: rank(0.5), p95: rank(0.95), longest: sorted.at(-1) ?? null }
}
