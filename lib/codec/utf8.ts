const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The byte order mark. It stays in the text, or saving would drop three bytes that nobody touched. */
export const BOM = '\ufeff'

/** The text of the bytes, or null when they are not UTF-8 that comes back byte for byte. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return null
  }
  return sameBytes(encoder.encode(text), bytes) ? text : null
}

/** The bytes of the text, or null when it has half a surrogate pair, which UTF-8 cannot hold and encoders replace. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> | null {
  return hasLoneSurrogate(text) ? null : encoder.encode(text)
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

function hasLoneSurrogate(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xd800 || unit > 0xdfff) continue
    const next = text.charCodeAt(at + 1)
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true
    at++
  }
  return false
}
