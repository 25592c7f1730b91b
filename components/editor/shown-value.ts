import { type Detection, detect } from '@/lib/codec/detect'
import type { LineSeparator } from '@/lib/codec/line-separator'
import { BOM } from '@/lib/codec/utf8'
import type { TextFormat } from './code-language'
import { type Draft, draftBytes, type Loaded } from './draft'

/** How a value is shown: by its own kind, or as somebody chose. */
export type FormatChoice = 'automatic' | TextFormat | 'hex'

export type ShownValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly automatic: TextFormat | 'hex' }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly separator: LineSeparator | 'mixed'
      readonly hasBom: boolean
      readonly format: TextFormat
      /** The format that "automatic" stands for. */
      readonly automatic: TextFormat
    }

/** What the Data tab shows: the unsaved edit if there is one, else what the znode holds. */
export function shownValue(loaded: Loaded, draft: Draft | undefined, choice: FormatChoice): ShownValue {
  const mine = draft?.mine
  if (draft && mine?.kind === 'text') {
    const bytes = draftBytes(mine) ?? encoder.encode(mine.text)
    return shownText(mine.text, bytes, mine.separator, formatWhileEditing(draft.base, bytes), choice)
  }
  const bytes = mine?.kind === 'bytes' ? mine.bytes : loaded.bytes
  if (bytes === null) return { kind: 'null' }
  const { text, format, lineSeparator } = detectOnce(bytes)
  if (text === null || format === 'binary') return { kind: 'bytes', bytes, automatic: 'hex' }
  return shownText(text, bytes, lineSeparator, textFormat(format), choice)
}

const encoder = new TextEncoder()

function shownText(
  text: string,
  bytes: Uint8Array<ArrayBuffer>,
  separator: LineSeparator | 'mixed',
  automatic: TextFormat,
  choice: FormatChoice,
): ShownValue {
  if (choice === 'hex') return { kind: 'bytes', bytes, automatic }
  const format = choice === 'automatic' ? automatic : choice
  return { kind: 'text', text, bytes, separator, hasBom: text.startsWith(BOM), format, automatic }
}

/** While somebody types, JSON is broken most of the time: its kind stays that of what was loaded, if that was text. */
function formatWhileEditing(base: Loaded, bytes: Uint8Array): TextFormat {
  const before = base.bytes === null ? 'empty' : detectOnce(base.bytes).format
  return textFormat(before === 'empty' || before === 'binary' ? detect(bytes).format : before)
}

function textFormat(format: Detection['format']): TextFormat {
  return format === 'empty' || format === 'binary' ? 'text' : format
}

const detections = new WeakMap<Uint8Array, Detection>()

/** Looking through 1 MiB takes some milliseconds: too much for each key that is pressed. */
function detectOnce(bytes: Uint8Array): Detection {
  const known = detections.get(bytes)
  if (known) return known
  const detection = detect(bytes)
  detections.set(bytes, detection)
  return detection
}
