import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { checkJson } from '@/lib/codec/json'
import { checkXml } from '@/lib/codec/xml'
import type { YamlCheck } from '@/lib/codec/yaml'
import { NOT_CHECKED, notValid } from '@/lib/text/editor'
import { jsonProblemInWords } from '@/lib/text/json-problems'
import { xmlProblemInWords, yamlProblemInWords } from '@/lib/text/markup-problems'
import type { TextFormat } from './code-language'

export interface Validity {
  readonly words: string
  /** false when it could not be checked, which says nothing about the text. */
  readonly isFault: boolean
}

/** What is wrong with a text of a format, null when nothing is or the format has no rules; shortly after each change. */
export function useValidity(format: TextFormat, text: string): Validity | null {
  const later = useDeferredValue(text)
  const yaml = useYamlCheck(format === 'yaml' ? later : '')
  return useMemo(() => {
    if (later === '') return null
    if (format === 'json') return fault('JSON', checkJson(later), jsonProblemInWords)
    if (format === 'xml') return fault('XML', checkXml(later), xmlProblemInWords)
    if (format !== 'yaml' || yaml === null) return null
    if (yaml.state === 'unchecked') return { words: NOT_CHECKED[yaml.reason], isFault: false }
    return fault('YAML', yaml.state === 'invalid' ? yaml.problem : null, yamlProblemInWords)
  }, [format, later, yaml])
}

function fault<P>(
  format: 'JSON' | 'YAML' | 'XML',
  problem: P | null,
  inWords: (problem: P) => string,
): Validity | null {
  return problem === null ? null : { words: notValid(format, inWords(problem)), isFault: true }
}

const TYPING_PAUSE_MS = 200

/** The parser of YAML is large, so it comes when there is YAML. */
function useYamlCheck(text: string): YamlCheck | null {
  const [checked, setChecked] = useState<{ readonly text: string; readonly check: YamlCheck } | null>(null)
  useEffect(() => {
    if (text === '') return
    let isCurrent = true
    const check = async () => {
      const { checkYaml } = await import('@/lib/codec/yaml')
      if (isCurrent) setChecked({ text, check: checkYaml(text) })
    }
    // Not at each keystroke: large values take some tens of milliseconds. Without the parser there is no verdict, and the
    // next change asks for it again.
    const timer = setTimeout(() => check().catch(() => {}), TYPING_PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [text])
  return checked?.text === text ? checked.check : null
}
