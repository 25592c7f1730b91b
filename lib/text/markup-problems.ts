import type { XmlProblem, XmlProblemKind } from '@/lib/codec/xml'
import type { YamlCheck } from '@/lib/codec/yaml'

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

/** What a check of YAML found, null when it is valid. */
export function yamlCheckInWords(check: YamlCheck): string | null {
  switch (check.state) {
    case 'valid':
      return null
    case 'invalid':
      return `Line ${check.problem.line}, column ${check.problem.column}: ${check.problem.message.replace(/\.$/, '')}.`
    case 'unchecked':
      return check.reason === 'too-large'
        ? 'Not checked: it is larger than Zoolens checks while you type.'
        : 'Not checked: it is nested deeper than Zoolens looks.'
  }
}
