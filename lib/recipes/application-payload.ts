import { decodeUtf8 } from '@/lib/codec/utf8'
import { nameOf } from '@/lib/znode/path'
import { type ApplicationId, applicationPathOf } from './application-paths'
import { textProtobufOf } from './bookkeeper-payload'
import { shortTextOf } from './claims'
import { dubboUrlOf } from './dubbo'
import { activeNodeInfoOf, activeResourceManagerOf } from './hadoop-payload'
import { hbasePayloadOf } from './hbase-payload'
import { jsonMembersOf, membersOf } from './json-members'
import type { Layout } from './layout'
import type { Recipe } from './recipe'

const MOST = 50
const LONGEST = 500

/**
 * What the znode of a well-known application says, by its path: name and value, at most 50 of 500 characters. [] when the
 * path is no such one, or when the bytes are not what they should be. Never throws.
 */
export function applicationPayloadOf(path: string, data: Layout['data']): Recipe['payload'] {
  const found = applicationPathOf(path)
  return found === null ? [] : (payloadOf(found.id, path, data) ?? []).slice(0, MOST).map(shortened)
}

function payloadOf(id: ApplicationId, path: string, data: Layout['data']): Recipe['payload'] | null {
  if (id === 'hdfs.lock' || id === 'hdfs.breadcrumb') return activeNodeInfoOf(data)
  if (id === 'yarn.lock' || id === 'yarn.breadcrumb') return activeResourceManagerOf(data)
  if (id.startsWith('hbase.')) return hbasePayloadOf(data)
  if (id === 'dubbo.url') return urlPayloadOf(path)
  if (id === 'zookeeper.config') return linesOf(data)
  if (id.startsWith('bookkeeper.')) return textProtobufOf(data) ?? textOf(data)
  if (/^(?:helix|pinot)\./.test(id)) return znRecordOf(data)
  const members = jsonMembersOf(data)
  return members === null ? textOf(data) : [...members]
}

/** Helix's ZNRecord: its id and its simple fields; list and map fields by their number. */
function znRecordOf(data: Layout['data']): Recipe['payload'] | null {
  const record = jsonMembersOf(data)
  const simple = membersOf(record?.get('simpleFields') ?? '')
  if (record === null || simple === null) return null
  const many = ['listFields', 'mapFields'].flatMap((name) => {
    const count = membersOf(record.get(name) ?? '')?.size ?? 0
    return count === 0 ? [] : [[name, String(count)] as const]
  })
  return [['id', record.get('id') ?? ''], ...simple, ...many]
}

function urlPayloadOf(path: string): Recipe['payload'] | null {
  const url = dubboUrlOf(nameOf(path))
  if (url === null) return null
  const query = url.indexOf('?')
  const [address, parameters] = query < 0 ? [url, ''] : [url.slice(0, query), url.slice(query + 1)]
  return [['url', address], ...parameters.split('&').filter(Boolean).slice(0, MOST).map(pairOf)]
}

/** "server.1=..." of the dynamic configuration. */
function linesOf(data: Layout['data']): Recipe['payload'] | null {
  const text = data === null || data.length > 100_000 ? null : decodeUtf8(data)
  return (
    text
      ?.split('\n')
      .filter((line) => line.includes('='))
      .map(pairOf) ?? null
  )
}

function pairOf(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}

function textOf(data: Layout['data']): Recipe['payload'] | null {
  const text = shortTextOf(data, LONGEST)
  return text === null || text === '' ? null : [['value', text]]
}

function shortened([name, value]: readonly [string, string]): readonly [string, string] {
  return [name.slice(0, LONGEST), value.slice(0, LONGEST)]
}
