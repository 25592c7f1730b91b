type Verdict = 'met' | 'missed' | 'for information' | 'not measured'

/** One line of the table: one demanded figure of one fault. */
export interface Line {
  readonly demanded: string
  readonly measured: string
  readonly verdict: Verdict
}

/** A fault that is caused on real servers while another client goes on writing. */
export interface Fault {
  /** As in "npm run faults F1". */
  readonly id: string
  readonly what: string
  run(): Promise<Line[]>
}

export function judged(demanded: string, measured: string, met: boolean): Line {
  return { demanded, measured, verdict: met ? 'met' : 'missed' }
}

export function told(measured: string): Line {
  return { demanded: '', measured, verdict: 'for information' }
}

/** Never left out in silence: the table says why. */
export function notMeasured(demanded: string, reason: string): Line {
  return { demanded, measured: reason, verdict: 'not measured' }
}

/** A test that broke takes none of the others with it, and is told as what it is. */
export function failed(error: unknown): Line[] {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [{ demanded: '', measured: text.split('\n').slice(0, 4).join(' '), verdict: 'missed' }]
}

/** "1.2 s", or "12 ms" below a tenth of a second. */
export function ms(milliseconds: number): string {
  return milliseconds < 100 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`
}

export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}
