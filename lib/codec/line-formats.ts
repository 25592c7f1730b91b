/** A guess needs no more: the start of a file shows what it is, and the work stays bounded. */
const MAX_LINES = 500
const MAX_COLUMNS = 300

const PROPERTY = /^[ \t]{0,40}[\w.$/\\@-]{1,200}[ \t]{0,40}=/
/** And the section heads of .ini files, which are read alike. */
const PROPERTY_COMMENT = /^[ \t]{0,40}(?:[#!;]|\[[^\]]{0,200}\][ \t]{0,40}$)/
const YAML_ENTRY = /^[ \t]{0,200}(?:- {1,40})?(?:"[^"]{0,200}"|'[^']{0,200}'|[\w.$/<@][\w.$/<@ -]{0,200}):(?:[ \t]|$)/
const YAML_ITEM = /^[ ]{0,200}-(?: |$)/
const YAML_MARKER = /^(?:---|\.\.\.|%YAML)(?: |$)/
const YAML_COMMENT = /^[ \t]{0,200}#/

/** java.util.Properties: most lines are key=value; "key: value" is left to YAML, which is much more common. */
export function looksLikeProperties(text: string): boolean {
  const lines = significantLines(text).filter((line) => !PROPERTY_COMMENT.test(line))
  const entries = lines.filter((line) => PROPERTY.test(line)).length
  return entries > 0 && entries * 2 > lines.length
}

/** Most lines are entries or items; a lone item is a dash in prose. */
export function looksLikeYaml(text: string): boolean {
  const lines = significantLines(text).filter((line) => !YAML_COMMENT.test(line))
  const first = lines[0]
  if (first === undefined) return false
  if (YAML_MARKER.test(first)) return true
  const entries = lines.filter((line) => YAML_ENTRY.test(line)).length
  const items = lines.filter((line) => !YAML_ENTRY.test(line) && YAML_ITEM.test(line)).length
  if (entries === 0 && items < 2) return false
  return (YAML_ENTRY.test(first) || YAML_ITEM.test(first)) && (entries + items) * 2 > lines.length
}

function significantLines(text: string): string[] {
  const lines: string[] = []
  let start = 0
  while (start < text.length && lines.length < MAX_LINES) {
    const end = lineEnd(text, start)
    const line = text.slice(start, Math.min(end, start + MAX_COLUMNS))
    if (line.trim() !== '') lines.push(line)
    start = end + 1
  }
  return lines
}

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
