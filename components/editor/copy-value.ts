import { copyText } from '@/components/ui/copy-text'
import { showToast } from '@/components/ui/toast'
import { toBase64 } from '@/lib/codec/base64'
import { VALUE_COPIED } from '@/lib/text/editor'
import { COPY_FAILED } from '@/lib/text/ui'
import { editableText } from './editable-text'

/** Copies a value: as its text, or as base64 when it is none. */
export async function copyValue(bytes: Uint8Array): Promise<void> {
  const copied = await copyText(editableText(bytes) ?? toBase64(bytes))
  showToast(copied ? { kind: 'done', title: VALUE_COPIED } : { kind: 'problem', title: COPY_FAILED })
}
