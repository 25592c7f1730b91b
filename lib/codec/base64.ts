const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PADDING = 61
const ascii = new TextDecoder()

/** Standard base64 with padding. Not by btoa: a binary string of 1 MiB costs ten times as much to build. */
export function toBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const bits = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    out[to] = digit(bits >> 18)
    out[to + 1] = digit(bits >> 12)
    out[to + 2] = from + 1 < bytes.length ? digit(bits >> 6) : PADDING
    out[to + 3] = from + 2 < bytes.length ? digit(bits) : PADDING
  }
  return ascii.decode(out)
}

/** The inverse of {@link toBase64}. @throws DOMException (InvalidCharacterError) when the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

function digit(bits: number): number {
  return ALPHABET[bits & 63] ?? 0
}
