import type { Lab } from './lab'

export type Verdict = 'met' | 'missed' | 'for information' | 'not measured'

/** One line of the table. */
export interface Figure {
  readonly what: string
  /** '' where the design sets none. */
  readonly budget: string
  readonly measured: string
  readonly verdict: Verdict
}

/** What is measured together, and can be asked for by its name: `npm run bench -- children-1m`. */
export interface Row {
  readonly id: string
  run(lab: Lab): Promise<Figure[]>
}

export function judged(what: string, budget: string, measured: string, met: boolean): Figure {
  return { what, budget, measured, verdict: met ? 'met' : 'missed' }
}

export function told(what: string, measured: string): Figure {
  return { what, budget: '', measured, verdict: 'for information' }
}
