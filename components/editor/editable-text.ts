import { detect } from '@/lib/codec/detect'

/**
 * The text of a value, or null when it may only be shown as bytes and replaced as a whole. Text with mixed line endings
 * is editable here, because each CR stays a character of its own: see keepLineEndings.
 */
export function editableText(bytes: Uint8Array): string | null {
  const { text, notEditable } = detect(bytes)
  return notEditable === null || notEditable === 'mixed-lines' ? text : null
}
