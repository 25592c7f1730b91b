import { fromBase64 } from '@/lib/codec/base64'
import type { NodeResponse } from '@/lib/queries/responses'
import type { Loaded } from './draft'

/** What the read API answered, as bytes. */
export function loadedOf({ data, stat }: NodeResponse): Loaded {
  const { version, czxid, mzxid } = stat
  return { bytes: data === null ? null : fromBase64(data), version, czxid, mzxid }
}
