import { checkJson } from './json'
import { looksLikeProperties, looksLikeYaml } from './line-formats'
import { type LineSeparator, lineSeparatorOf } from './line-separator'
import { BOM, decodeUtf8 } from './utf8'

type ValueFormat = 'empty' | 'json' | 'yaml' | 'xml' | 'properties' | 'text' | 'binary'

export interface Detection {
  /** A guess from the content; a person may choose another one to read it by. 'binary' is no guess. */
  readonly format: ValueFormat
  readonly isUtf8: boolean
  /** Starts with a UTF-8 byte order mark, which is also the first character of {@link text}. */
  readonly hasBom: boolean
  /** The exact text of the bytes; null when {@link isUtf8} is false. */
  readonly text: string | null
  readonly lineSeparator: LineSeparator | 'mixed'
  /** An editor of lines gives exactly these bytes back when nothing is changed. */
  readonly editableAsText: boolean
  /** Why it is not editable; null when it is. 'mixed-lines' can be converted, if a person wants it. */
  readonly notEditable: 'not-utf8' | 'control-characters' | 'mixed-lines' | null
}

/** What a znode's value is. Linear in its length and without recursion, whatever the bytes are. */
export function detect(bytes: Uint8Array): Detection {
  const text = decodeUtf8(bytes)
  if (text === null) {
    const binary = { format: 'binary', isUtf8: false, hasBom: false, text, lineSeparator: '\n' } as const
    return { ...binary, editableAsText: false, notEditable: 'not-utf8' }
  }
  const hasBom = text.startsWith(BOM)
  const lineSeparator = lineSeparatorOf(text)
  // Serialised numbers and small protobuf messages are often valid UTF-8; their control characters give them away.
  const control = hasControlCharacter(text)
  const notEditable = control ? 'control-characters' : lineSeparator === 'mixed' ? 'mixed-lines' : null
  return {
    format: control ? 'binary' : formatOf(hasBom ? text.slice(BOM.length) : text),
    isUtf8: true,
    hasBom,
    text,
    lineSeparator,
    editableAsText: notEditable === null,
    notEditable,
  }
}

function formatOf(text: string): ValueFormat {
  if (text === '') return 'empty'
  if (looksLikeJson(text)) return 'json'
  if (/^\s{0,100}<(\?xml\s|!--|!DOCTYPE\s|[A-Za-z_][\w.:-]{0,100}[\s/>])/i.test(text)) return 'xml'
  if (looksLikeProperties(text)) return 'properties'
  return looksLikeYaml(text) ? 'yaml' : 'text'
}

/** An object that is broken somewhere still counts, so that the person is told where. */
function looksLikeJson(text: string): boolean {
  const start = /^\s{0,100}(\{\s{0,100}["}]|\[)/.exec(text)?.[1]
  if (start === undefined) return false
  return start.startsWith('{') || checkJson(text) === null
}

/** Other than tab, line feed, carriage return and next line (U+0085). */
function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 32 ? unit !== 9 && unit !== 10 && unit !== 13 : unit >= 0x7f && unit <= 0x9f && unit !== 0x85)
      return true
  }
  return false
}
