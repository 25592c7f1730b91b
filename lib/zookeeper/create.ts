import { OPEN_ACL } from '@/lib/znode/acl'
import { assertPath, fromServerPath, toServerPath } from './chroot'
import { ZooKeeperError } from './errors'
import type { JuteReader, JuteWriter } from './jute'
import { CREATE_FLAGS, OPCODE } from './opcodes'
import { readPath, readStat, writeAcl } from './records'
import type { Explanations } from './request'
import type { Feature, ServerFeatures } from './server-features'
import type { Created, Creation } from './session-operations'

/** Source: EphemeralType.TTL: 40 bits of the ephemeral owner. */
const LONGEST_TTL_MS = 0xffffffffff

/** What a create asks of a server; create2 alone is of no need, see {@link createOpcode}. */
export function createFeature({ mode }: Creation): Feature | undefined {
  if (mode === 'container') return 'containers'
  return mode === 'ttl' || mode === 'ttl-sequential' ? 'ttl' : undefined
}

/**
 * create2 answers with the stat, so that nobody has to read it and get another one. The flags alone do not make a
 * container or a TTL znode: a create with theirs makes a persistent one, without a word. Source: PrepRequestProcessor.
 */
export function createOpcode({ mode }: Creation, features: ServerFeatures): number {
  if (mode === 'container') return OPCODE.createContainer
  if (mode === 'ttl' || mode === 'ttl-sequential') return OPCODE.createTtl
  return features.create2 ? OPCODE.create2 : OPCODE.create
}

/** Writes classes CreateRequest and CreateTTLRequest. @throws ZooKeeperError BadPath, BadArguments. */
export function writeCreate(writer: JuteWriter, creation: Creation, chroot: string): void {
  const { path, data, mode = 'persistent', ttlMs, acl = OPEN_ACL } = creation
  // The name of a sequential znode may be its number alone: "/queue/" becomes "/queue/0000000000".
  assertPath(mode.endsWith('sequential') ? `${path}0` : path)
  writer.string(toServerPath(chroot, path)).buffer(data)
  writeAcl(writer, acl)
  writer.int(CREATE_FLAGS[mode])
  if (ttlMs !== undefined) writer.long(checkedTtl(ttlMs, path))
}

/** Reads class Create2Response, or class CreateResponse, which has no stat. */
export function readCreated(reader: JuteReader, withStat: boolean, chroot: string): Created {
  const path = readPath(reader)
  return { path: fromServerPath(chroot, path) ?? path, stat: withStat ? readStat(reader) : null }
}

export function explainCreate(creation: Creation): Explanations | undefined {
  if (createFeature(creation) !== 'ttl') return undefined
  return { Unimplemented: 'TTL znodes need extendedTypesEnabled=true on the servers' }
}

function checkedTtl(ttlMs: number, path: string): bigint {
  if (Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= LONGEST_TTL_MS) return BigInt(ttlMs)
  const detail = `the ttl is a whole number of milliseconds from 1 to ${LONGEST_TTL_MS}, not ${ttlMs}`
  throw new ZooKeeperError('BadArguments', { path, operation: 'createTtl', detail })
}
