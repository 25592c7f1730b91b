import { decodeUtf8 } from '@/lib/codec/utf8'

/** A field of a message as it is on the wire; 'bytes' is a string, bytes or another message. */
export type ProtobufField =
  | { readonly number: number; readonly type: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly type: 'fixed64' | 'fixed32' | 'bytes'; readonly value: Uint8Array }

const MOST_FIELDS = 1000

/** The fields of a whole protobuf message, in order; null when the bytes are not exactly one. Groups are not read. */
export function protobufFieldsOf(bytes: Uint8Array): readonly ProtobufField[] | null {
  const fields: ProtobufField[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = varintAt(bytes, at)
    if (tag === null || tag.value > 0xffffffffn || fields.length === MOST_FIELDS) return null
    const number = Number(tag.value >> 3n)
    if (number === 0) return null
    const read = valueAt(bytes, tag.end, number, Number(tag.value & 7n))
    if (read === null) return null
    fields.push(read.field)
    at = read.end
  }
  return fields
}

function valueAt(bytes: Uint8Array, at: number, number: number, wire: number) {
  if (wire === 0) {
    const varint = varintAt(bytes, at)
    return varint && { field: { number, type: 'varint', value: varint.value } as const, end: varint.end }
  }
  if (wire === 2) {
    const length = varintAt(bytes, at)
    if (length === null || length.value > BigInt(bytes.length - length.end)) return null
    const end = length.end + Number(length.value)
    return { field: { number, type: 'bytes', value: bytes.subarray(length.end, end) } as const, end }
  }
  const size = wire === 1 ? 8 : wire === 5 ? 4 : 0
  if (size === 0 || at + size > bytes.length) return null
  const type = wire === 1 ? 'fixed64' : 'fixed32'
  return { field: { number, type, value: bytes.subarray(at, at + size) } as const, end: at + size }
}

/** At most ten bytes of seven bits, least significant first; bits beyond 64 are dropped, as all readers do. */
function varintAt(bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } | null {
  let value = 0n
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] ?? 0
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start))
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at + 1 }
  }
  return null
}

/** The last field of this number as text; null without one, or when it is no UTF-8. */
export function textField(fields: readonly ProtobufField[], number: number): string | null {
  const field = fields.findLast((each) => each.number === number)
  return field?.type === 'bytes' ? decodeUtf8(field.value) : null
}

/** The last field of this number as an int32, which is how ports are written; null without one. */
export function int32Field(fields: readonly ProtobufField[], number: number): number | null {
  const field = fields.findLast((each) => each.number === number)
  return field?.type === 'varint' ? Number(BigInt.asIntN(32, field.value)) : null
}
