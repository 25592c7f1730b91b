const VERSION = 0x00010001
const ITEM = 0x01
const END = 0x02
const MOST = 10_000

/**
 * The items in a znode of a Curator queue: int32 0x00010001, then 0x01, int32 length and the bytes for each, at last
 * 0x02. Null when the bytes are anything else, down to the last one. Source: ItemSerializer.java.
 */
export function curatorItemsOf(data: Uint8Array | null): readonly Uint8Array[] | null {
  if (data === null || data.length < 5) return null
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (view.getInt32(0) !== VERSION) return null
  const items: Uint8Array[] = []
  let at = 4
  while (data[at] === ITEM && at + 5 <= data.length && items.length < MOST) {
    const length = view.getInt32(at + 1)
    at += 5
    if (length < 0 || length > data.length - at) return null
    items.push(data.subarray(at, at + length))
    at += length
  }
  return data[at] === END && at + 1 === data.length ? items : null
}
