/** What a person had before them when they began to edit: exactly this version is what a save may replace. */
export interface Loaded {
  /** null: the znode has no data, which is not the same as empty data. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly version: number
  /** Identity: a znode that was deleted and created again starts at version 0 again, with another czxid. */
  readonly czxid: string
  readonly mzxid: string
}

export type LineSeparator = '\n' | '\r\n' | '\r' | 'mixed'

/** Text only when its bytes are exactly the text in UTF-8; an uploaded keystore stays bytes. */
export type DraftValue =
  | { readonly kind: 'text'; readonly text: string; readonly separator: LineSeparator }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }

/** An edit that is not saved. */
export interface Draft {
  readonly cluster: string
  readonly path: string
  readonly base: Loaded
  readonly mine: DraftValue
}

const encoder = new TextEncoder()

export function draftBytes(value: DraftValue): Uint8Array<ArrayBuffer> {
  return value.kind === 'text' ? encoder.encode(value.text) : value.bytes
}

/** null equals only null. */
export function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false
  return true
}

/** The version that a successful save makes. int32: ZooKeeper's counter wraps (PrepRequestProcessor.checkAndIncVersion). */
export function nextVersion(version: number): number {
  return (version + 1) | 0
}
