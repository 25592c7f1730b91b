import { assertPath, parentOf, toServerPath } from './chroot'
import { createFeature, createOpcode, explainCreate, readCreated, writeCreate } from './create'
import { codeOf, type OperationFate, type ZooKeeperError } from './errors'
import type { JuteReader, JuteWriter } from './jute'
import { OPCODE } from './opcodes'
import { readStat } from './records'
import { refusal } from './refusal'
import type { Request, Slices } from './request'
import type { ServerFeatures } from './server-features'
import type { Operation, OperationResult } from './session-operations'

/** Source: KeeperException.Code.RUNTIMEINCONSISTENCY, given to the operations behind the one that failed. */
const NOT_TRIED = -2

/** One request has room for 45,000 operations. */
const RESULTS_A_SLICE = 500

/** One transaction, in the words of a server with these features. */
export function multiRequest(
  operations: readonly [Operation, ...Operation[]],
  chroot: string,
  features: ServerFeatures,
): Request<OperationResult[]> {
  return {
    opcode: OPCODE.multi,
    path: operations[0].path,
    feature: operations
      .map((operation) => (operation.type === 'create' ? createFeature(operation) : undefined))
      .find((feature) => feature !== undefined && !features[feature]),
    write: true,
    encode: (writer) => writeMulti(writer, operations, chroot, features),
    decode: (reader) => readMulti(reader, operations, chroot, features),
  }
}

/** Source: MultiOperationRecord.serialize. Versions go out as they are: the package turns 0 into -1, which is "any". */
function writeMulti(
  writer: JuteWriter,
  operations: readonly Operation[],
  chroot: string,
  features: ServerFeatures,
): void {
  for (const operation of operations) {
    writeMultiHeader(writer, opcodeOf(operation, features), false)
    if (operation.type === 'create') {
      writeCreate(writer, operation, chroot)
      continue
    }
    assertPath(operation.path)
    writer.string(toServerPath(chroot, operation.path))
    if (operation.type === 'set') writer.buffer(operation.data)
    writer.int(operation.version)
  }
  writeMultiHeader(writer, OPCODE.error, true)
}

/**
 * Source: MultiResponse.deserialize. When one operation fails every result is an error: 0 before it, its own code, and
 * RuntimeInconsistency after it.
 * @throws ZooKeeperError with `failedOperation` and `fates`; RangeError when the bytes make no sense.
 */
function* readMulti(
  reader: JuteReader,
  operations: readonly Operation[],
  chroot: string,
  features: ServerFeatures,
): Slices<OperationResult[]> {
  const results: OperationResult[] = []
  const codes: number[] = []
  for (const operation of operations) {
    const type = readMultiHeader(reader)
    if (type === null) throw new RangeError(`${results.length + codes.length} of ${operations.length} results`)
    if (type === OPCODE.error) codes.push(reader.int())
    else results.push(readResult(reader, type, operation, chroot))
    if (results.length % RESULTS_A_SLICE === RESULTS_A_SLICE - 1) yield
  }
  if (readMultiHeader(reader) !== null) throw new RangeError(`more than ${operations.length} results`)
  if (codes.length === 0) return results
  throw failure(codes, operations, features)
}

/** @throws RangeError when the codes tell of no failure, or of one that is none. */
function failure(codes: readonly number[], operations: readonly Operation[], features: ServerFeatures): ZooKeeperError {
  if (codes.length !== operations.length) throw new RangeError('a transaction half applied')
  const cause = codes.findIndex((code) => code !== 0 && code !== NOT_TRIED)
  const index = cause >= 0 ? cause : codes.indexOf(NOT_TRIED)
  const operation = operations[index]
  const zkCode = codes[index]
  if (operation === undefined || zkCode === undefined) throw new RangeError('a failure without an error')
  const fates = codes.map((code, position): OperationFate => {
    if (position === index) return { outcome: 'failed', code: codeOf(code), zkCode: code }
    return { outcome: code === 0 ? 'passed' : 'not-tried' }
  })
  const { path } = operation
  const create = operation.type === 'create'
  const refused = {
    opcode: opcodeOf(operation, features),
    path,
    needs: create ? (parentOf(path) ?? path) : path,
    explain: create ? explainCreate(operation) : undefined,
  }
  return refusal(zkCode, refused, { failedOperation: index, fates })
}

function readResult(reader: JuteReader, type: number, operation: Operation, chroot: string): OperationResult {
  switch (operation.type) {
    case 'create':
      // Containers and TTL znodes are answered as create2 is. Source: OpResult.CreateResult.
      if (type !== OPCODE.create && type !== OPCODE.create2) break
      return { type: 'create', ...readCreated(reader, type === OPCODE.create2, chroot) }
    case 'set':
      if (type !== OPCODE.setData) break
      return { type: 'set', stat: readStat(reader) }
    case 'delete':
    case 'check':
      if (type === OPCODE[operation.type]) return { type: operation.type }
  }
  throw new RangeError(`result of type ${type} for ${operation.type}`)
}

function opcodeOf(operation: Operation, features: ServerFeatures): number {
  switch (operation.type) {
    case 'create':
      return createOpcode(operation, features)
    case 'set':
      return OPCODE.setData
    case 'delete':
      return OPCODE.delete
    case 'check':
      return OPCODE.check
  }
}

/** class MultiHeader {int type; boolean done; int err}. */
export function writeMultiHeader(writer: JuteWriter, type: number, done: boolean): void {
  writer.int(type).bool(done).int(-1)
}

/** The type of the result that follows; null when none does. */
export function readMultiHeader(reader: JuteReader): number | null {
  const type = reader.int()
  const done = reader.bool()
  reader.int()
  return done ? null : type
}
