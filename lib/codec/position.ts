export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number
}

/** The line and column of an index of a text; \n, \r\n and \r each end a line. */
export function positionOf(text: string, index: number): Position {
  let line = 1
  let lineStart = 0
  for (let at = 0; at < index && at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++
      lineStart = at + 1
    }
  }
  return { line, column: index - lineStart + 1 }
}
