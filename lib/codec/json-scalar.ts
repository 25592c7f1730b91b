import type { JsonFault } from './json-scan'

/** The end of the string, number or word that starts at `at`. */
export function scanScalar(text: string, at: number): number | JsonFault {
  const unit = text.charCodeAt(at)
  if (unit === 34) return scanString(text, at)
  if (unit === 45 || isDigit(unit)) return scanNumber(text, at)
  for (const word of ['true', 'false', 'null']) {
    if (text.startsWith(word, at) && !isWordUnit(text.charCodeAt(at + word.length))) return at + word.length
  }
  return { kind: isWordUnit(unit) ? 'bad-word' : 'expected-value', at }
}

function scanString(text: string, start: number): number | JsonFault {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 34) return at + 1
    if (unit < 32) return { kind: unit === 10 || unit === 13 ? 'unterminated-string' : 'control-character', at }
    if (unit !== 92) continue
    const length = escapeLength(text, at)
    if (length === 0) return { kind: 'bad-escape', at }
    at += length - 1
  }
  return { kind: 'unterminated-string', at: start }
}

/** Code units of the escape that starts with the backslash at `at`, 0 when there is no such escape. */
function escapeLength(text: string, at: number): number {
  const escaped = text[at + 1] ?? ''
  if (escaped !== '' && '"\\/bfnrt'.includes(escaped)) return 2
  if (escaped !== 'u') return 0
  for (let digit = at + 2; digit < at + 6; digit++) if (!isHexDigit(text.charCodeAt(digit))) return 0
  return 6
}

function scanNumber(text: string, start: number): number | JsonFault {
  const bad: JsonFault = { kind: 'bad-number', at: start }
  let at = text[start] === '-' ? start + 1 : start
  const integer = skipDigits(text, at)
  if (integer === at || (text[at] === '0' && integer > at + 1)) return bad
  at = integer
  if (text[at] === '.') {
    const fraction = skipDigits(text, at + 1)
    if (fraction === at + 1) return bad
    at = fraction
  }
  if (text[at] === 'e' || text[at] === 'E') {
    const digits = text[at + 1] === '+' || text[at + 1] === '-' ? at + 2 : at + 1
    const exponent = skipDigits(text, digits)
    if (exponent === digits) return bad
    at = exponent
  }
  return isWordUnit(text.charCodeAt(at)) || text[at] === '.' ? bad : at
}

function skipDigits(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

const isDigit = (unit: number) => unit >= 48 && unit <= 57
const isHexDigit = (unit: number) => isDigit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102)
const isWordUnit = (unit: number) =>
  isDigit(unit) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95
