export const BYTES_PER_ROW = 16

export interface HexRow {
  /** Of the first byte, hexadecimal, at least 8 digits. */
  readonly offset: string
  /** Two digits a byte, at most {@link BYTES_PER_ROW}. */
  readonly cells: readonly string[]
  /** One character a byte: itself when it is printable ASCII, else a dot. */
  readonly ascii: string
}

const CELLS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hexRowCount(length: number): number {
  return Math.ceil(length / BYTES_PER_ROW)
}

/** One row of a hex view, made when it is shown: 1 MiB has 65,536 of them. `row` counts from 0. */
export function hexRow(bytes: Uint8Array, row: number): HexRow {
  const start = row * BYTES_PER_ROW
  const part = bytes.subarray(start, start + BYTES_PER_ROW)
  let ascii = ''
  for (const byte of part) ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  return {
    offset: start.toString(16).padStart(8, '0'),
    cells: Array.from(part, (byte) => CELLS[byte] ?? ''),
    ascii,
  }
}
