import { int32Field, protobufFieldsOf, textField } from './protobuf-fields'
import type { Recipe } from './recipe'

const PRINTABLE = /^[^\p{Cc}]{0,500}$/u

/**
 * ActiveNodeInfo of HDFS: nameservice, NameNode, host, port and the port of its failover controller. The first four are
 * required, so anything else is null. Source: HAZKInfo.proto.
 */
export function activeNodeInfoOf(data: Uint8Array | null): Recipe['payload'] | null {
  const fields = data === null || data.length > 10_000 ? null : protobufFieldsOf(data)
  if (fields === null) return null
  const texts = [1, 2, 3].map((number) => textField(fields, number))
  const port = int32Field(fields, 4)
  const zkfcPort = int32Field(fields, 5)
  if (port === null || texts.some((text) => text === null || !PRINTABLE.test(text))) return null
  const [nameservice = '', namenode = '', host = ''] = texts.map((text) => text ?? '')
  return [
    ['nameserviceId', nameservice],
    ['namenodeId', namenode],
    ['hostname', host],
    ['port', String(port)],
    ...(zkfcPort === null ? [] : [['zkfcPort', String(zkfcPort)] as const]),
  ]
}

/** ActiveRMInfoProto of YARN: cluster and ResourceManager. Source: yarn_server_common_service_protos.proto. */
export function activeResourceManagerOf(data: Uint8Array | null): Recipe['payload'] | null {
  const fields = data === null || data.length > 10_000 ? null : protobufFieldsOf(data)
  if (fields === null || fields.some(({ number }) => number > 2)) return null
  const cluster = textField(fields, 1)
  const manager = textField(fields, 2)
  if (cluster === null || manager === null || !PRINTABLE.test(cluster) || !PRINTABLE.test(manager)) return null
  return [
    ['clusterId', cluster],
    ['rmId', manager],
  ]
}
