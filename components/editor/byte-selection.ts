import { BYTES_PER_ROW } from '@/lib/codec/hex'

/** Offsets; the head is where the keys move. */
export interface ByteSelection {
  readonly anchor: number
  readonly head: number
}

/** First and last selected offset, both inside a value of `length` bytes. */
export function selectedRange({ anchor, head }: ByteSelection, length: number): { from: number; to: number } {
  const last = Math.max(0, length - 1)
  return { from: Math.min(anchor, head, last), to: Math.min(Math.max(anchor, head), last) }
}

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

const PAGE = 16 * BYTES_PER_ROW

/** The selection after a key, or null when the key does not move it. */
export function moveSelection(selection: ByteSelection, key: Key, length: number): ByteSelection | null {
  const whole = key.ctrlKey || key.metaKey
  if (whole && key.key === 'a') return { anchor: 0, head: Math.max(0, length - 1) }
  const { head } = selection
  const rowStart = head - (head % BYTES_PER_ROW)
  const to = {
    ArrowLeft: head - 1,
    ArrowRight: head + 1,
    ArrowUp: head - BYTES_PER_ROW,
    ArrowDown: head + BYTES_PER_ROW,
    PageUp: head - PAGE,
    PageDown: head + PAGE,
    Home: whole ? 0 : rowStart,
    End: whole ? length - 1 : rowStart + BYTES_PER_ROW - 1,
  }[key.key]
  if (to === undefined) return null
  const next = Math.max(0, Math.min(to, length - 1))
  return { anchor: key.shiftKey ? selection.anchor : next, head: next }
}
