/** So many lines or entries of an answer are read in a slice. */
export const SLICE = 256

/** The lines of a server's answer, each without its end; a last one that has no end is cut off, and not told. */
export function* wholeLines(text: string): Generator<string> {
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    yield text[end - 1] === '\r' ? text.slice(start, end - 1) : text.slice(start, end)
    start = end + 1
  }
}

/** cons and wchp end with a line that is empty: where it is missing, so may others be. */
export function hasLastLine(text: string): boolean {
  return /(?:^|\n)\r?\n$/.test(text)
}

/**
 * Servers write text in the character set of their platform and "?" for what it lacks (SendBufferWriter, getBytes()):
 * before Java 18, and wherever LANG is C, that is every letter beyond ASCII. Such a path is the name of no znode.
 */
export function mayBeGarbled(path: string): boolean {
  return path.includes('?') || path.includes('\ufffd')
}
