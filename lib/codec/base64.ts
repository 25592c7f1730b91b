/** Bytes a call to String.fromCharCode: arguments live on the stack. A multiple of 3, so that parts join without padding. */
const CHUNK = 0x6000

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK))))
  }
  return parts.join('')
}

/** The inverse of {@link toBase64}. @throws DOMException (InvalidCharacterError) when the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
