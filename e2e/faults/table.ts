import type { Fault, Line } from './fault'

const HEAD = ['', 'fault', 'demanded', 'measured', 'verdict', 'load average']

export interface Measured {
  readonly fault: Fault
  readonly lines: readonly Line[]
  /** Of the machine, when the fault began. */
  readonly load: string
}

/** A table in Markdown, its columns padded so that it reads as plain text too; a fault is named in its first line. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ fault, lines, load }) =>
    lines.map(({ demanded, measured, verdict }, index) => [
      index === 0 ? fault.id : '',
      index === 0 ? fault.what : '',
      cell(demanded),
      cell(measured),
      verdict,
      index === 0 ? load : '',
    ]),
  )
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |\n`
  return [line(HEAD), line(widths.map((width) => '-'.repeat(Math.max(3, width)))), ...rows.map(line)].join('')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
