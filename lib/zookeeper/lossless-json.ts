/** Deeper than any answer of an AdminServer, which has three levels. */
const MAX_DEPTH = 16

/** From here on a number may not survive in a double: 2^53 has 16 digits. */
const SAFE_DIGITS = 15

/**
 * JSON.parse, but integers of more than 15 digits come as strings of their digits, as they stand: an AdminServer writes
 * session ids as bare 64-bit numbers, and JSON.parse makes one of 72057675599511553 and its neighbours.
 * @throws SyntaxError when it is no JSON, or nested deeper than 16.
 */
export function parseLosslessJson(text: string): unknown {
  const parts: string[] = []
  let copied = 0
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at)
      if (end - at > SAFE_DIGITS && isInteger(text, at, end)) {
        parts.push(text.slice(copied, at), '"', text.slice(at, end), '"')
        copied = end
      }
      at = end
    } else {
      depth += nesting(code)
      if (depth > MAX_DEPTH) throw new SyntaxError('nested too deep')
      at += 1
    }
  }
  return JSON.parse(copied === 0 ? text : parts.join('') + text.slice(copied))
}

const [QUOTE, BACKSLASH, MINUS, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [
  0x22, 0x5c, 0x2d, 0x7b, 0x7d, 0x5b, 0x5d,
]

function nesting(code: number): number {
  if (code === OPEN_OBJECT || code === OPEN_ARRAY) return 1
  return code === CLOSE_OBJECT || code === CLOSE_ARRAY ? -1 : 0
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) at += 1
  }
  return text.length
}

/** Behind all that may belong to a number, so that 1e400 is not taken for two. */
function endOfNumber(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && mayBeOfNumber(text.charCodeAt(at))) at += 1
  return at
}

function mayBeOfNumber(code: number): boolean {
  // . e E + -
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS
}

/** "-12" and "12", but not "012", which JSON does not know and JSON.parse must refuse. */
function isInteger(text: string, start: number, end: number): boolean {
  return /^-?[1-9]\d*$/.test(text.slice(start, end))
}
