const REPLACEMENT = '\ufffd'
/** A code unit of a surrogate pair on its own: 0xED and a second byte above 0x9F. */
const SURROGATE_LEAD = 0xed

/**
 * A string as Java's servers write it: UTF-8, but characters beyond U+FFFF as two surrogates of three bytes each
 * (BinaryOutputArchive.stringToByteBuffer). Nothing is ever replaced: what is read could not be addressed again.
 * @throws RangeError when it is neither.
 */
export function readText(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end)
  // Looking for it costs nothing in a string of Latin letters, which is nearly every one.
  if (!text.includes(REPLACEMENT)) return text
  return readSurrogates(bytes.subarray(start, end))
}

function readSurrogates(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes.indexOf(SURROGATE_LEAD, at)
    const next = lead === -1 ? bytes.length : lead
    text += exactText(bytes.subarray(at, next))
    at = next
    if (at < bytes.length) {
      const unit = bytes.subarray(at, at + 3)
      text += isSurrogate(unit) ? String.fromCharCode(codeUnit(unit)) : exactText(unit)
      at += 3
    }
  }
  if (/\p{Cs}/u.test(text)) throw new RangeError('a string with half a surrogate pair')
  return text
}

function exactText(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  // It may hold that character itself.
  if (text.includes(REPLACEMENT) && !Buffer.from(text).equals(bytes)) throw new RangeError('a string that is not UTF-8')
  return text
}

function isSurrogate([, second = 0, third = 0]: Buffer): boolean {
  return second >= 0xa0 && second <= 0xbf && third >= 0x80 && third <= 0xbf
}

function codeUnit([first = 0, second = 0, third = 0]: Buffer): number {
  return ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)
}
