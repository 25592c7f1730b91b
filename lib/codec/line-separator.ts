export type LineSeparator = '\n' | '\r\n' | '\r'

/**
 * How the lines of a text end; '\n' when it has one line. Editors hold lines, not bytes, and write every line end
 * alike: a 'mixed' text must stay read-only until a person converts it, or a save changes lines that nobody touched.
 */
export function lineSeparatorOf(text: string): LineSeparator | 'mixed' {
  let found: LineSeparator | null = null
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 10 && unit !== 13) continue
    const separator: LineSeparator = unit === 10 ? '\n' : text.charCodeAt(at + 1) === 10 ? '\r\n' : '\r'
    if (found !== null && found !== separator) return 'mixed'
    found = separator
    at += separator.length - 1
  }
  return found ?? '\n'
}
