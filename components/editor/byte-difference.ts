export interface ByteDifference {
  readonly before: number
  readonly after: number
  /** Offset of the first byte that differs; -1 when there is none. */
  readonly firstAt: number
  /** Bytes at the same offset that differ, and those that only one side has. */
  readonly different: number
}

/** Compares offset by offset. null counts as no bytes; whoever shows it must say null apart. */
export function compareBytes(before: Uint8Array | null, after: Uint8Array | null): ByteDifference {
  const a = before ?? new Uint8Array()
  const b = after ?? new Uint8Array()
  const shorter = Math.min(a.length, b.length)
  let firstAt = -1
  let different = Math.abs(a.length - b.length)
  for (let offset = 0; offset < shorter; offset += 1) {
    if (a[offset] === b[offset]) continue
    if (firstAt === -1) firstAt = offset
    different += 1
  }
  if (firstAt === -1 && a.length !== b.length) firstAt = shorter
  return { before: a.length, after: b.length, firstAt, different }
}
