import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { xmlProblemInWords, yamlProblemInWords } from '@/lib/text/markup-problems'
import { checkXml } from './xml'
import { checkYaml } from './yaml'

const name = fc.constantFrom('a', 'b', 'ns:c', 'd-1', 'é')
const words = fc.constantFrom('', ' x ', '\n', '<!-- <a> -->', '<![CDATA[ </b> ]]>', '<?pi > ?>')
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small' },
    name.map((tag) => `<${tag} k="a > b" j='"'/>`),
    fc
      .tuple(name, words, fc.array(tie('element'), { maxLength: 3 }))
      .map(([tag, text, children]) => `<${tag}>${text}${children.join(text)}</${tag}>`),
  ),
}))

describe('checkXml', () => {
  it('finds nothing wrong with elements that nest', () => {
    fc.assert(
      fc.property(element, (text) => {
        expect(checkXml(text)).toBeNull()
        expect(checkXml(`\ufeff<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "don't">]>\n${text}\n`)).toBeNull()
      }),
    )
  })

  it('notices any tag that is missing', () => {
    const { tags } = fc.letrec<{ tags: string[] }>((tie) => ({
      tags: fc
        .tuple(name, fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('tags'), { maxLength: 3 })))
        .map(([tag, children]) => [`<${tag}>`, ...children.flat(), `</${tag}>`]),
    }))
    fc.assert(
      fc.property(tags, fc.nat(), (list, at) => {
        expect(checkXml(list.join(''))).toBeNull()
        expect(checkXml(list.toSpliced(at % list.length, 1).join(''))).not.toBeNull()
      }),
    )
  })

  it.each([
    ['<a>\n<b></a>', 'Line 2, column 4: </b> is expected here.'],
    ['<a>\n  <b>', 'Line 2, column 3: <b> is never closed.'],
    ['<a/></a>', 'Line 1, column 5: </a> closes nothing.'],
    ['<a/><b/>', 'Line 1, column 5: <b> stands beside the root element, but there can be only one.'],
    ['<a/> x', 'Line 1, column 6: there is text outside the root element.'],
    ['<a><!-- </a>', 'Line 1, column 4: what starts here does not end.'],
    ['<a b="></a>', 'Line 1, column 1: what starts here does not end.'],
    ['<a <b/>', 'Line 1, column 1: what starts here does not end.'],
    ['<a> 1 < 2 </a>', 'Line 1, column 7: a name is expected after "<"; write &lt; for the character itself.'],
    ['<!-- only -->', 'Line 1, column 1: there is no element.'],
  ])('%j: %s', (text, sentence) => {
    const problem = checkXml(text)
    expect(problem && xmlProblemInWords(problem)).toBe(sentence)
  })

  it.each(['<', '<a>', '<a ', '<!--', '<![CDATA[', '</a>', '<a b="', '<!x [', ' '])(
    'is quick with 1 MiB of %s',
    (part) => {
      const text = part.repeat(1_048_576 / part.length)
      const start = performance.now()
      expect(checkXml(text)).not.toBeNull()
      expect(performance.now() - start).toBeLessThan(1000)
    },
  )
})

describe('checkYaml', () => {
  it('finds nothing wrong with what a writer of YAML writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(checkYaml(stringify(value))).toEqual({ state: 'valid' })
      }),
    )
  })

  it.each([
    ['a: 1\nb: 2\na: 3\n', 'Line 3, column 1: Map keys must be unique.'],
    ['a:\n\tb: 1\n', 'Line 2, column 1: Tabs are not allowed as indentation.'],
    [
      'a: [1, 2\n',
      'Line 2, column 1: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
    ['ok: 1\n---\n{', 'Line 3, column 2: Flow map must end with a }.'],
    ['a: &x [1]\nb: *x\n', null],
    ['', null],
  ])('%j: %s', (text, sentence) => {
    const check = checkYaml(text)
    expect(check.state === 'invalid' ? yamlProblemInWords(check.problem) : null).toBe(sentence)
  })

  it('says so where it does not look', () => {
    expect(checkYaml('x'.repeat(65_537))).toEqual({ state: 'unchecked', reason: 'too-large' })
    expect(checkYaml('['.repeat(1000))).toEqual({ state: 'unchecked', reason: 'too-deep' })
    expect(checkYaml('- '.repeat(1000)).state).toBe('unchecked')
    expect(checkYaml(' '.repeat(70_000)).state).toBe('unchecked')
  })

  it.each(['[', '- ', '? ', ': ', '"', '%a\n', '[a: ', '  '])('neither throws nor hangs on 64 KiB of %j', (part) => {
    const start = performance.now()
    const { state } = checkYaml(part.repeat(Math.floor(65_536 / part.length)))
    expect(['valid', 'invalid', 'unchecked']).toContain(state)
    expect(performance.now() - start).toBeLessThan(4000)
  })
})
