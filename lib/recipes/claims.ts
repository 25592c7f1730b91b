import { decodeUtf8 } from '@/lib/codec/utf8'

const LONGEST = 200
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

/**
 * What the data of a contender says about its owner, when it is one short line of text: an address, a host, an id.
 * Null when it is anything else, or nothing.
 */
export function claimsOf(data: Uint8Array | null): string | null {
  const text = shortTextOf(data)
  return text === '' ? null : text
}

/** The data as one line of at most `longest` bytes; null when it is longer, not UTF-8, has control characters, or is not known. */
export function shortTextOf(data: Uint8Array | null, longest = LONGEST): string | null {
  if (data === null || data.length > longest) return null
  const text = decodeUtf8(data)
  return text === null || UNPRINTABLE.test(text) ? null : text
}
