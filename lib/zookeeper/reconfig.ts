import { type DynamicConfig, parseDynamicConfig } from '@/lib/znode/dynamic-config'
import { ZooKeeperError } from './errors'
import type { JuteReader, JuteWriter } from './jute'
import { OPCODE } from './opcodes'
import { readStat } from './records'
import type { Request } from './request'
import type { EnsembleConfig, Reconfiguration } from './session-operations'

/** Source: ZooDefs.CONFIG_NODE. Outside every chroot: Java's client reads it without one. */
const CONFIG_PATH = '/zookeeper/config'

/** Of everything from 3.5.0 on. */
const FEATURE = 'create2'

export function configRequest(): Request<EnsembleConfig> {
  return {
    opcode: OPCODE.getData,
    path: CONFIG_PATH,
    feature: FEATURE,
    encode: (writer) => writer.string(CONFIG_PATH).bool(false),
    decode: readConfig,
  }
}

/** class ReconfigRequest {ustring joiningServers; ustring leavingServers; ustring newMembers; long curConfigId}. */
export function reconfigRequest(change: Reconfiguration): Request<EnsembleConfig> {
  return {
    opcode: OPCODE.reconfig,
    path: CONFIG_PATH,
    feature: FEATURE,
    explain: {
      // Source: PrepRequestProcessor, reconfig.
      Unimplemented: 'a standalone server has no members to change',
      BadArguments:
        'a server reads server.ID=host:port:port:role;clientPort, no two share an address, and at least two voters must be left',
    },
    write: true,
    encode: (writer) => {
      const { fromVersion, ...lists } = change
      if ('members' in lists) {
        writeList(writer, [])
        writeList(writer, [])
        writeList(writer, lists.members)
      } else {
        writeList(writer, lists.joining)
        writeList(writer, lists.leaving)
        writeList(writer, [])
      }
      writer.long(fromVersion)
    },
    decode: readConfig,
  }
}

/** The server cuts the text at commas and, in a list of all members, at line breaks: inside an entry they would make two. */
function writeList(writer: JuteWriter, entries: readonly string[]): void {
  const wrong = entries.find((entry) => entry === '' || /[,\s]/.test(entry))
  if (wrong !== undefined) {
    const detail = `${JSON.stringify(wrong)} is not one server`
    throw new ZooKeeperError('BadArguments', { path: CONFIG_PATH, operation: 'reconfig', detail })
  }
  if (entries.length === 0) writer.buffer(null)
  else writer.string(entries.join(','))
}

function readConfig(reader: JuteReader): EnsembleConfig {
  const config: DynamicConfig = parseDynamicConfig(reader.buffer()?.toString() ?? '')
  return { config, stat: readStat(reader) }
}
