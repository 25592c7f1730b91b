import { percentile } from '../bench/statistics'
import type { Written } from './other-client'

export interface HeapSample {
  /** Minutes since the start of the run. */
  readonly at: number
  readonly bytes: number
}

/** What a run has done and found. */
export class Report {
  readonly faults = new Map<string, number>()
  readonly differences: string[] = []
  readonly contradictions: string[] = []
  /** Budgets that were not kept, gaps that were not told. */
  readonly broken: string[] = []
  readonly heap: HeapSample[] = []
  /** Event lag without a fault, ms: from the change, by the leader's clock, until a browser has its figures. */
  readonly lags: number[] = []
  /** From there until everything was equal, ms. */
  readonly convergence: number[] = []
  /** From the end of all faults until Zoolens was connected and had compared everything, ms. */
  readonly connectedAfter: number[] = []
  written: Written = { applied: 0, refused: 0, lost: 0 }
  comparisons = 0
  znodesCompared = 0
  reconnects = 0
  sessions = 0
  gaps = 0
  resets = 0
  readonly peak = { sessions: 0, watches: 0, inFlight: 0 }

  constructor(readonly seed: number) {}

  countFault(name: string): void {
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1)
  }

  noteLoad({ sessions, watches }: { readonly sessions: number; readonly watches: number }): void {
    this.peak.sessions = Math.max(this.peak.sessions, sessions)
    this.peak.watches = Math.max(this.peak.watches, watches)
  }

  get failures(): readonly string[] {
    return [...this.differences, ...this.contradictions, ...this.broken]
  }

  get faultCount(): number {
    return [...this.faults.values()].reduce((sum, count) => sum + count, 0)
  }

  /** One line for a minute of a long run. */
  line(): string {
    const { applied } = this.written
    return [
      `${applied} changes`,
      `${this.faultCount} faults`,
      `${this.comparisons} comparisons`,
      `${this.znodesCompared} znodes compared`,
      `${this.differences.length} differences`,
      `${this.contradictions.length} contradictions`,
      `${this.reconnects} reconnects`,
      `${this.gaps} gaps told`,
      `heap ${((this.heap.at(-1)?.bytes ?? 0) / 1e6).toFixed(1)} MB`,
    ].join(', ')
  }

  summary(): string {
    const { applied, refused, lost } = this.written
    const faults = [...this.faults].map(([name, count]) => `  ${String(count).padStart(4)} x ${name}`)
    const ms = (figures: readonly number[], share: number) => percentile(figures, share).toFixed(0)
    return [
      `seed                ${this.seed}`,
      `changes             ${applied} applied, ${refused} refused, ${lost} of unknown outcome`,
      `faults              ${this.faultCount}`,
      ...faults,
      `comparisons         ${this.comparisons}, of ${this.znodesCompared} znodes`,
      `differences         ${this.differences.length}`,
      `contradictions      ${this.contradictions.length}`,
      `connected after     p50 ${ms(this.connectedAfter, 0.5)} ms, max ${ms(this.connectedAfter, 1)} ms`,
      `equal after that    p50 ${ms(this.convergence, 0.5)} ms, max ${ms(this.convergence, 1)} ms`,
      `reconnects          ${this.reconnects}, of them ${this.sessions} with a new session`,
      `gaps told           ${this.gaps}, and ${this.resets} times "read everything again"`,
      `event lag           p50 ${ms(this.lags, 0.5)} ms, p99 ${ms(this.lags, 0.99)} ms (${this.lags.length} events without a fault)`,
      `peak load           ${this.peak.sessions} sessions, ${this.peak.watches} watches, ${this.peak.inFlight} requests in flight`,
      `heap                ${slopeInWords(this.heap)}`,
    ].join('\n')
  }
}

/** The line of least squares through the samples, without the first third: caches fill, V8 compiles. */
function slopeInWords(samples: readonly HeapSample[]): string {
  const late = samples.slice(Math.floor(samples.length / 3))
  const first = late[0]
  const last = late.at(-1)
  if (first === undefined || last === undefined || late.length < 3) return 'too few samples for a slope'
  const mean = (of: (sample: HeapSample) => number) => late.reduce((sum, sample) => sum + of(sample), 0) / late.length
  const at = mean((sample) => sample.at)
  const bytes = mean((sample) => sample.bytes)
  const above = late.reduce((sum, sample) => sum + (sample.at - at) * (sample.bytes - bytes), 0)
  const below = late.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0)
  const megabytes = (count: number) => (count / 1e6).toFixed(2)
  return `${megabytes(first.bytes)} MB to ${megabytes(last.bytes)} MB, slope ${megabytes(above / below)} MB a minute`
}
