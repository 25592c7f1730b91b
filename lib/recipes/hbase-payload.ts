import { shortTextOf } from './claims'
import { int32Field, type ProtobufField, protobufFieldsOf, textField } from './protobuf-fields'
import type { Recipe } from './recipe'

const MAGIC = 0xff
const SALT = 8
const PBUF = [0x50, 0x42, 0x55, 0x46]

/**
 * What HBase wrote into a znode: a byte 0xff, the int32 length of an id, the id with eight bytes of salt, and the data,
 * mostly "PBUF" and a message. Gives the writer's id, and server name where the message starts with one, as those of
 * masters and of the meta region do. Sources: ZKMetadata.java, ProtobufMagic.java, ZooKeeper.proto.
 */
export function hbasePayloadOf(data: Uint8Array | null): Recipe['payload'] | null {
  if (data === null || data[0] !== MAGIC || data.length < 5) return null
  const length = new DataView(data.buffer, data.byteOffset).getInt32(1)
  if (length < SALT || length > data.length - 5 || length > 1000) return null
  const writer = shortTextOf(data.subarray(5, 5 + length - SALT), 1000)
  if (writer === null) return null
  const rest = data.subarray(5 + length)
  return [['written by', writer], ...contentOf(rest)]
}

function contentOf(rest: Uint8Array): Recipe['payload'] {
  if (!PBUF.every((byte, at) => rest[at] === byte)) {
    const text = shortTextOf(rest)
    return text === null || text === '' ? [] : [['value', text]]
  }
  const fields = protobufFieldsOf(rest.subarray(PBUF.length))
  const server = fields === null ? null : (serverNameOf(fields) ?? nestedServerOf(fields))
  if (server !== null) return [['server', server]]
  const id = fields === null ? null : textField(fields, 1)
  return id !== null && /^[\w-]{1,100}$/.test(id) ? [['id', id]] : []
}

function nestedServerOf(fields: readonly ProtobufField[]): string | null {
  const [first] = fields
  if (first?.number !== 1 || first.type !== 'bytes') return null
  const inner = protobufFieldsOf(first.value)
  return inner === null ? null : serverNameOf(inner)
}

/** ServerName {1 host_name, 2 port, 3 start_code}, as HBase prints it: "host,port,startcode". */
function serverNameOf(fields: readonly ProtobufField[]): string | null {
  const host = textField(fields, 1)
  const port = int32Field(fields, 2)
  const start = fields.findLast(({ number }) => number === 3)
  if (host === null || port === null || !/^[\w.:-]{1,253}$/.test(host)) return null
  return [host, port, ...(start?.type === 'varint' ? [start.value] : [])].join(',')
}
