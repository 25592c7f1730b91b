import { type Detection, detect } from '@/lib/codec/detect'
import type { TextFormat } from './code-language'
import { type Draft, draftBytes, type Loaded } from './draft'

/** How a value is shown: by its own kind, or as somebody chose. */
export type FormatChoice = 'automatic' | TextFormat | 'hex'

export type ShownValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly detected: Detection }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly separator: Detection['lineSeparator']
      readonly format: TextFormat
      readonly detected: Detection
    }

/** What the Data tab shows: the unsaved edit if there is one, else what the znode holds. */
export function shownValue(loaded: Loaded, draft: Draft | undefined, choice: FormatChoice): ShownValue {
  const bytes = draft ? draftBytes(draft.mine) : loaded.bytes
  if (bytes === null) return { kind: 'null' }
  const detected = detect(bytes)
  const text = draft?.mine.kind === 'text' ? draft.mine.text : detected.text
  const binary = draft?.mine.kind === 'bytes' || detected.format === 'binary'
  if (text === null || choice === 'hex' || (binary && draft?.mine.kind !== 'text'))
    return { kind: 'bytes', bytes, detected }
  const separator = draft?.mine.kind === 'text' ? draft.mine.separator : detected.lineSeparator
  return {
    kind: 'text',
    text,
    bytes,
    separator,
    format: choice === 'automatic' ? textFormat(detected) : choice,
    detected,
  }
}

/** What "automatic" would choose. */
export function textFormat({ format }: Detection): TextFormat {
  return format === 'empty' || format === 'binary' ? 'text' : format
}
