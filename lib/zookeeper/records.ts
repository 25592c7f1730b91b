import type { AclEntry } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import type { JuteReader, JuteWriter } from './jute'
import type { Identity } from './session-operations'

const SMALLEST_ACL_BYTES = 12

/** Source: zookeeper.jute, class Stat. */
export function readStat(reader: JuteReader): Stat {
  return {
    czxid: reader.long(),
    mzxid: reader.long(),
    ctime: reader.long(),
    mtime: reader.long(),
    version: reader.int(),
    cversion: reader.int(),
    aversion: reader.int(),
    ephemeralOwner: reader.long(),
    dataLength: reader.int(),
    numChildren: reader.int(),
    pzxid: reader.long(),
  }
}

export function readAcl(reader: JuteReader): AclEntry[] {
  const count = reader.count(SMALLEST_ACL_BYTES)
  return Array.from({ length: count }, () => {
    const permissions = reader.int()
    const scheme = reader.string() ?? ''
    return { scheme, id: reader.string() ?? '', permissions }
  })
}

export function writeAcl(writer: JuteWriter, acl: readonly AclEntry[]): void {
  writer.vector(acl, (w, entry) => w.int(entry.permissions).string(entry.scheme).string(entry.id))
}

const SMALLEST_IDENTITY_BYTES = 8

/** Source: zookeeper.jute, class WhoAmIResponse. */
export function readIdentities(reader: JuteReader): Identity[] {
  const count = reader.count(SMALLEST_IDENTITY_BYTES)
  return Array.from({ length: count }, () => ({ scheme: reader.string() ?? '', id: reader.string() ?? '' }))
}

export function readPath(reader: JuteReader): string {
  const path = reader.string()
  if (path === null) throw new RangeError('a reply without its path')
  return path
}

const SMALLEST_NAME_BYTES = 5
const NAMES_A_SLICE = 2000
const BYTES_A_SLICE = 256 * 1024

export function* readNames(reader: JuteReader): Generator<undefined, string[]> {
  const count = reader.count(SMALLEST_NAME_BYTES)
  const names = new Array<string>(count)
  let pause = reader.remaining - BYTES_A_SLICE
  for (let index = 0; index < count; index++) {
    names[index] = reader.string() ?? ''
    if (index % NAMES_A_SLICE === NAMES_A_SLICE - 1 || reader.remaining < pause) {
      pause = reader.remaining - BYTES_A_SLICE
      yield
    }
  }
  return names
}
