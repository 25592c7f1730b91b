import type { Figure } from './row'

const HEAD = ['what', 'budget', 'measured', 'verdict', 'load average']

export interface Measured extends Figure {
  /** Of the machine, when the row began. */
  readonly load: string
}

/** A table in Markdown, its columns padded so that it reads as plain text too. */
export function table(figures: readonly Measured[]): string {
  const rows = figures.map(({ what, budget, measured, verdict, load }) => [what, budget, measured, verdict, load])
  const widths = HEAD.map((head, column) => Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? head).length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('')
}
