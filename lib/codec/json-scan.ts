import { scanScalar } from './json-scalar'

export type JsonProblemKind =
  | 'empty'
  | 'expected-value'
  | 'expected-key'
  | 'expected-colon'
  | 'expected-comma'
  | 'trailing-comma'
  | 'text-after-value'
  | 'bad-number'
  | 'bad-word'
  | 'bad-escape'
  | 'control-character'
  | 'unterminated-string'
  | 'unterminated-object'
  | 'unterminated-array'
  | 'too-deep'
  | 'too-large'

export interface JsonFault {
  readonly kind: JsonProblemKind
  /** Index in UTF-16 code units. */
  readonly at: number
}

/** Called for every token in order, with where it starts and ends. */
export type JsonTokenListener = (type: JsonToken, start: number, end: number) => void
type JsonToken = '{' | '}' | '[' | ']' | ',' | ':' | 'scalar'

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing'

/**
 * Reads JSON (RFC 8259) token by token. It keeps no values, so numbers keep their digits and objects their duplicate
 * keys; and it keeps its stack in an array, so that 100,000 brackets overflow nothing. Linear in the length.
 */
export function scanJson(text: string, start: number, onToken: JsonTokenListener = () => {}): JsonFault | null {
  const open: ('{' | '[')[] = []
  let expect: Expect = 'value'
  let at = skipSpace(text, start)
  if (at === text.length) return { kind: 'empty', at }

  while (at < text.length) {
    const type = tokenTypeOf(text[at])
    const inside = open.at(-1)
    if (!fits(type, expect, inside, text[at] === '"')) return { kind: faultOf(type, expect, inside), at }
    const end = type === 'scalar' ? scanScalar(text, at) : at + 1
    if (typeof end !== 'number') return end
    onToken(type, at, end)
    if (type === '{' || type === '[') open.push(type)
    else if (type === '}' || type === ']') open.pop()
    expect = expectAfter(type, expect, open.at(-1))
    at = skipSpace(text, end)
  }
  if (open.length > 0) return { kind: open.at(-1) === '{' ? 'unterminated-object' : 'unterminated-array', at }
  return null
}

function tokenTypeOf(char: string | undefined): JsonToken {
  switch (char) {
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
      return char
    default:
      return 'scalar'
  }
}

function fits(type: JsonToken, expect: Expect, inside: '{' | '[' | undefined, isString: boolean): boolean {
  switch (type) {
    case '{':
    case '[':
      return expect === 'value' || expect === 'value-or-end'
    case '}':
      return inside === '{' && (expect === 'comma-or-end' || expect === 'key-or-end')
    case ']':
      return inside === '[' && (expect === 'comma-or-end' || expect === 'value-or-end')
    case ',':
      return expect === 'comma-or-end'
    case ':':
      return expect === 'colon'
    case 'scalar':
      if (expect === 'key' || expect === 'key-or-end') return isString
      return expect === 'value' || expect === 'value-or-end'
  }
}

/** `inside` is what is open after the token. */
function expectAfter(type: JsonToken, expect: Expect, inside: '{' | '[' | undefined): Expect {
  if (type === '{') return 'key-or-end'
  if (type === '[') return 'value-or-end'
  if (type === ',') return inside === '{' ? 'key' : 'value'
  if (type === ':') return 'value'
  if (type === 'scalar' && (expect === 'key' || expect === 'key-or-end')) return 'colon'
  return inside === undefined ? 'nothing' : 'comma-or-end'
}

function faultOf(type: JsonToken, expect: Expect, inside: '{' | '[' | undefined): JsonProblemKind {
  switch (expect) {
    case 'nothing':
      return 'text-after-value'
    case 'colon':
      return 'expected-colon'
    case 'comma-or-end':
      return 'expected-comma'
    case 'key':
      return type === '}' ? 'trailing-comma' : 'expected-key'
    case 'key-or-end':
      return 'expected-key'
    case 'value':
      // In an array a value is demanded only after a comma.
      return type === ']' && inside === '[' ? 'trailing-comma' : 'expected-value'
    case 'value-or-end':
      return 'expected-value'
  }
}

function skipSpace(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) break
  }
  return at
}
