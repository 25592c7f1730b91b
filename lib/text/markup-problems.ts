import type { XmlProblem, XmlProblemKind } from '@/lib/codec/xml'
import type { YamlProblem } from '@/lib/codec/yaml'

const XML: Readonly<Record<XmlProblemKind, (name: string) => string>> = {
  'no-element': () => 'there is no element',
  'not-closed': (name) => `<${name}> is never closed`,
  'wrong-close': (name) => `</${name}> is expected here`,
  'close-without-open': (name) => `</${name}> closes nothing`,
  'second-root': (name) => `<${name}> stands beside the root element, but there can be only one`,
  'text-outside': () => 'there is text outside the root element',
  unterminated: () => 'what starts here does not end',
  'bad-tag': () => 'a name is expected after "<"; write &lt; for the character itself',
}

/** Such as "Line 3, column 1: <a> is never closed." */
export function xmlProblemInWords(problem: XmlProblem): string {
  return `Line ${problem.line}, column ${problem.column}: ${XML[problem.kind](problem.name)}.`
}

/** Such as "Line 2, column 1: All mapping items must start at the same column." */
export function yamlProblemInWords({ line, column, message }: YamlProblem): string {
  return `Line ${line}, column ${column}: ${message.replace(/\.$/, '')}.`
}
