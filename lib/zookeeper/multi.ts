import { OPEN_ACL } from '@/lib/znode/acl'
import { fromServerPath, toServerPath } from './chroot'
import { serverError } from './errors'
import type { JuteReader, JuteWriter } from './jute'
import { CREATE_FLAGS, OPCODE } from './opcodes'
import { readPath, readStat, writeAcl } from './records'
import type { Operation, OperationResult } from './session'

/** Source: MultiOperationRecord.serialize. Versions go out as they are: the package turns 0 into -1, which is "any". */
export function writeMulti(writer: JuteWriter, operations: readonly Operation[], chroot: string): void {
  for (const operation of operations) {
    header(writer, opcodeOf(operation), false)
    writer.string(toServerPath(chroot, operation.path))
    switch (operation.type) {
      case 'create':
        writer.buffer(operation.data)
        writeAcl(writer, operation.acl ?? OPEN_ACL)
        writer.int(CREATE_FLAGS[operation.mode ?? 'persistent'])
        break
      case 'set':
        writer.buffer(operation.data).int(operation.version)
        break
      default:
        writer.int(operation.version)
    }
  }
  header(writer, OPCODE.error, true)
}

/**
 * Source: MultiResponse.deserialize. When one operation fails every result is an error: 0 before it, its own code, and
 * RuntimeInconsistency after it.
 * @throws ZooKeeperError with `failedOperation`; RangeError when the bytes make no sense.
 */
export function readMulti(reader: JuteReader, operations: readonly Operation[], chroot: string): OperationResult[] {
  const results: OperationResult[] = []
  for (let index = 0; ; index++) {
    const type = reader.int()
    const done = reader.bool()
    reader.int()
    if (done) break
    const operation = operations[index]
    if (operation === undefined) throw new RangeError(`result ${index} of ${operations.length} operations`)
    if (type === OPCODE.error) {
      const code = reader.int()
      if (code !== 0) throw serverError(code, { path: operation.path, failedOperation: index })
    } else if (type === opcodeOf(operation)) {
      results.push(readResult(reader, operation, chroot))
    } else {
      throw new RangeError(`result of type ${type} for ${operation.type}`)
    }
  }
  if (results.length !== operations.length) throw new RangeError(`${results.length} of ${operations.length} results`)
  return results
}

function readResult(reader: JuteReader, operation: Operation, chroot: string): OperationResult {
  switch (operation.type) {
    case 'create': {
      const path = readPath(reader)
      return { type: 'create', path: fromServerPath(chroot, path) ?? path, stat: readStat(reader) }
    }
    case 'set':
      return { type: 'set', stat: readStat(reader) }
    default:
      return { type: operation.type }
  }
}

function opcodeOf(operation: Operation): number {
  switch (operation.type) {
    case 'create':
      return OPCODE.create2
    case 'set':
      return OPCODE.setData
    case 'delete':
      return OPCODE.delete
    case 'check':
      return OPCODE.check
  }
}

/** class MultiHeader {int type; boolean done; int err}. */
function header(writer: JuteWriter, type: number, done: boolean): void {
  writer.int(type).bool(done).int(-1)
}
