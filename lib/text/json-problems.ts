import type { JsonProblem } from '@/lib/codec/json'
import type { JsonProblemKind } from '@/lib/codec/json-scan'

const SENTENCES: Readonly<Record<JsonProblemKind, string>> = {
  empty: 'there is nothing but white space',
  'expected-value': 'a value is expected here',
  'expected-key': 'a key in double quotes is expected here',
  'expected-colon': 'a colon is expected after the key',
  'expected-comma': 'a comma or the closing bracket is expected here',
  'trailing-comma': 'there is a comma before the closing bracket',
  'text-after-value': 'the value has ended, but more text follows',
  'bad-number': 'this is not a number as JSON writes it',
  'bad-word': 'this word is none of true, false and null',
  'bad-escape': 'there is no such escape in a JSON string',
  'control-character': 'a control character in a string must be escaped',
  'unterminated-string': 'the string does not end on its line',
  'unterminated-object': 'the text ends before an object is closed',
  'unterminated-array': 'the text ends before an array is closed',
  'too-deep': 'it is nested too deep to be laid out in lines',
  'too-large': 'laid out in lines it would be too large',
}

/** Such as "Line 3, column 14: a comma or the closing bracket is expected here." */
export function jsonProblemInWords(problem: JsonProblem): string {
  return `Line ${problem.line}, column ${problem.column}: ${SENTENCES[problem.kind]}.`
}
