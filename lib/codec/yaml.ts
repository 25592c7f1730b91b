import { LineCounter, parseAllDocuments } from 'yaml'
import type { Position } from './position'

export interface YamlProblem extends Position {
  /** The parser's own words, in English. */
  readonly message: string
}

/**
 * What a check can say. 'unchecked' is not a fault: the text is larger or nested deeper than is looked at here, because
 * the parser's time grows with the square of some inputs, and it recurses.
 */
export type YamlCheck =
  | { readonly state: 'valid' }
  | { readonly state: 'invalid'; readonly problem: YamlProblem }
  | { readonly state: 'unchecked'; readonly reason: 'too-large' | 'too-deep' }

const MAX_LENGTH = 64 * 1024
const MAX_DEPTH = 200
/** Looking for duplicate keys compares each key of a map with all before it. */
const MAX_COLONS_FOR_UNIQUE_KEYS = 2_000
/** A message may quote the text. */
const MAX_MESSAGE = 200

/**
 * Whether a text is YAML 1.2, one document or several. Nothing is built from it, so aliases cannot multiply. The parser
 * is large: import this file when it is needed (`await import`), not at the start.
 */
export function checkYaml(text: string): YamlCheck {
  if (text.length > MAX_LENGTH) return { state: 'unchecked', reason: 'too-large' }
  if (nesting(text) > MAX_DEPTH) return { state: 'unchecked', reason: 'too-deep' }
  const lines = new LineCounter()
  const uniqueKeys = text.split(':', MAX_COLONS_FOR_UNIQUE_KEYS + 1).length <= MAX_COLONS_FOR_UNIQUE_KEYS
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys, prettyErrors: false })
  for (const { errors } of documents) {
    const error = errors[0]
    if (error === undefined) continue
    const { line, col } = lines.linePos(error.pos[0])
    const message = error.message.slice(0, MAX_MESSAGE)
    return { state: 'invalid', problem: { message, line: Math.max(line, 1), column: Math.max(col, 1) } }
  }
  return { state: 'valid' }
}

/** An upper bound of how deep collections nest: open brackets, and "- " or "? " in a row on one line, plus indentation. */
function nesting(text: string): number {
  let brackets = 0
  let deepest = 0
  let indicators = 0
  let inIndent = true
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '\n' || char === '\r') {
      inIndent = true
      indicators = 0
      continue
    }
    if (char === '[' || char === '{') brackets++
    else if ((char === ']' || char === '}') && brackets > 0) brackets--
    if (inIndent && char !== ' ' && char !== '\t' && char !== '-' && char !== '?' && char !== ':') inIndent = false
    if (inIndent) indicators++
    deepest = Math.max(deepest, brackets + indicators)
  }
  return deepest
}
