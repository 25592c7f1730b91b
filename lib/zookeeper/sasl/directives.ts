const TOKEN = /[^\s"(),/:;<=>?@[\\\]{}]+/y
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y
const SPACE = /\s*/y

/**
 * Reads `name=value, name="value"` (RFC 2831, section 7.1), where commas may stand alone, and a backslash in quotes
 * makes the next character a plain one. null when it is not that. A name may come several times; names are lower-case.
 */
export function parseDirectives(text: string): ReadonlyMap<string, readonly string[]> | null {
  const found = new Map<string, string[]>()
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  const skip = (character: string): boolean => {
    take(SPACE)
    if (text[at] !== character) return false
    at += 1
    return true
  }
  while (at < text.length) {
    while (skip(','));
    if (at >= text.length) break
    const name = take(TOKEN)?.[0].toLowerCase()
    if (name === undefined || !skip('=')) return null
    take(SPACE)
    const value = take(QUOTED)?.[1]?.replace(/\\([\s\S])/g, '$1') ?? take(TOKEN)?.[0]
    if (value === undefined) return null
    found.set(name, [...(found.get(name) ?? []), value])
    take(SPACE)
    if (at < text.length && text[at] !== ',') return null
  }
  return found
}
