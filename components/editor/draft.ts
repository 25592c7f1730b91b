import { type LineSeparator, lineSeparatorOf } from '@/lib/codec/line-separator'
import { encodeUtf8, sameBytes } from '@/lib/codec/utf8'
import type { NodeResponse } from '@/lib/queries/responses'
import { editableText } from './editable-text'

/** What a person had before them when they began to edit: exactly this version is what a save may replace. */
export interface Loaded {
  /** null: the znode has no data, which is not the same as empty data. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly version: number
  /** Identity: a znode that was deleted and created again starts at version 0 again, with another czxid. */
  readonly czxid: string
  readonly mzxid: string
}

/** Text only when its bytes are exactly the text in UTF-8; an uploaded keystore stays bytes. */
export type DraftValue =
  | { readonly kind: 'text'; readonly text: string; readonly separator: LineSeparator | 'mixed' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }

/** An edit that is not saved. */
export interface Draft {
  readonly cluster: string
  readonly path: string
  readonly base: Loaded
  readonly mine: DraftValue
  /** The answer that `base` was made of: shown when the znode itself can no longer be read. */
  readonly seen: NodeResponse
  /** Made by a merge with this version of the znode: conflicts may still be marked in the text. */
  readonly mergedWith?: number
}

/** null when the text has half a surrogate pair: UTF-8 cannot hold it, and an encoder would silently write another character. */
export function draftBytes(value: DraftValue): Uint8Array<ArrayBuffer> | null {
  return value.kind === 'text' ? encodeUtf8(value.text) : value.bytes
}

/** null (no data) equals only null. */
export function sameValue(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : sameBytes(a, b)
}

/** What bytes are as a draft: text when they are UTF-8 that comes back byte for byte and no control characters are in it. */
export function draftValueOf(bytes: Uint8Array<ArrayBuffer>): DraftValue {
  const text = editableText(bytes)
  return text === null ? { kind: 'bytes', bytes } : { kind: 'text', text, separator: lineSeparatorOf(text) }
}

/** The version that a successful save makes. int32: ZooKeeper's counter wraps (PrepRequestProcessor.checkAndIncVersion). */
export function nextVersion(version: number): number {
  return (version + 1) | 0
}
