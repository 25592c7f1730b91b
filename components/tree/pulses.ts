import type { ChangeKind } from '@/lib/live/protocol'

/** How long a pulse is part of a row, ms: the fade takes 1,200, the bar that stands for it without motion 3,000. */
const PULSE_MS = 3_000
/** More changes a second than this are one steady glow with a number: flicker says less. */
const STEADY_ABOVE = 4
/** Marks kept, oldest dropped first, so that a night of churn does not fill the browser. */
const MAX_MARKS = 5_000

export interface Pulse {
  readonly kind: 'created' | 'changed' | 'deleted'
  /** Made from this browser. */
  readonly own: boolean
  /** Of the change; null where the server does not say. */
  readonly zxid: string | null
  /** Another number is another pulse. */
  readonly sequence: number
  readonly until: number
}

/** Events of the last second, and of the second before, per path. */
interface Meter {
  since: number
  count: number
  rate: number
}

/** What lights up: kept outside of React, read by rows when they draw. Times are milliseconds of one clock. */
export class Pulses {
  #sequence = 0
  readonly #pulses = new Map<string, Pulse>()
  readonly #meters = new Map<string, Meter>()
  readonly #unseen = new Set<string>()
  readonly #below = new Map<string, number>()

  /** A znode changed `count` times. */
  note(
    path: string,
    kind: ChangeKind,
    change: { own: boolean; zxid: string | null; count: number; now: number },
  ): void {
    const { own, zxid, count, now } = change
    this.#sequence++
    put(this.#pulses, path, {
      kind: kind === 'recreated' ? 'changed' : kind,
      own,
      zxid,
      sequence: this.#sequence,
      until: now + PULSE_MS,
    })
    this.#meter(path, count, now)
    if (kind === 'deleted') this.#unseen.delete(path)
    else if (!own) this.#mark(path)
  }

  /** A change that is on the screen already turns out to be from this browser. */
  claim(zxid: string): void {
    for (const [path, pulse] of this.#pulses) {
      if (pulse.zxid !== zxid || pulse.own) continue
      this.#pulses.set(path, { ...pulse, own: true })
      this.#unseen.delete(path)
    }
  }

  /** Something changed `count` times below a closed row. */
  noteBelow(path: string, count: number, now: number): void {
    put(this.#below, path, (this.#below.get(path) ?? 0) + count)
    this.#meter(path, count, now)
  }

  pulseOf(path: string): Pulse | null {
    return this.#pulses.get(path) ?? null
  }

  /** Changes a second when there are so many that they glow; 0 otherwise. */
  rateOf(path: string): number {
    const rate = this.#meters.get(path)?.rate ?? 0
    return rate > STEADY_ABOVE ? Math.round(rate) : 0
  }

  /** Changes below it since it was last looked at. */
  belowOf(path: string): number {
    return this.#below.get(path) ?? 0
  }

  /** Changed since somebody looked. */
  isUnseen(path: string): boolean {
    return this.#unseen.has(path)
  }

  /** Somebody looks at it: opened in the workspace, or expanded. */
  visit(path: string): void {
    this.#unseen.delete(path)
    this.#below.delete(path)
  }

  /** Ends what is over. @returns when to come again, Infinity when nothing moves. */
  tick(now: number): number {
    let next = Number.POSITIVE_INFINITY
    for (const [path, pulse] of this.#pulses) {
      if (pulse.until <= now) this.#pulses.delete(path)
      else next = Math.min(next, pulse.until)
    }
    for (const [path, meter] of this.#meters) {
      roll(meter, now)
      if (meter.rate > STEADY_ABOVE) next = Math.min(next, meter.since + 1_000)
      else if (meter.count === 0) this.#meters.delete(path)
    }
    return next
  }

  #mark(path: string): void {
    this.#unseen.delete(path)
    this.#unseen.add(path)
    if (this.#unseen.size > MAX_MARKS) this.#unseen.delete(this.#unseen.values().next().value ?? '')
  }

  #meter(path: string, count: number, now: number): void {
    const meter = this.#meters.get(path) ?? { since: now, count: 0, rate: 0 }
    roll(meter, now)
    meter.count += count
    // Not only after a full second: a burst glows at once.
    if (meter.count > STEADY_ABOVE) meter.rate = Math.max(meter.rate, meter.count)
    put(this.#meters, path, meter)
  }
}

function roll(meter: Meter, now: number): void {
  const elapsed = now - meter.since
  if (elapsed < 1_000) return
  meter.rate = (meter.count * 1_000) / elapsed
  meter.count = 0
  meter.since = now
}

function put<V>(map: Map<string, V>, path: string, value: V): void {
  map.delete(path)
  map.set(path, value)
  if (map.size > MAX_MARKS) map.delete(map.keys().next().value ?? '')
}
