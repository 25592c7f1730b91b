import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPEN_ACL } from '@/lib/znode/acl'
import { isZooKeeperError } from './errors'
import type { JuteReader, JuteWriter } from './jute'
import { multiRequest } from './multi'
import { CREATE_FLAGS } from './opcodes'
import { readAcl } from './records'
import { ALL_FEATURES, featuresOf } from './server-features'
import type { CreateMode, Operation, OperationResult } from './session-operations'
import { anyAcl, anyData, anyPath, anyStat, decoded, encoded, int32, writeWholeStat, written } from './testing/wire'

const plain = fc.constantFrom<
  'persistent' | 'ephemeral' | 'persistent-sequential' | 'ephemeral-sequential' | 'container'
>('persistent', 'ephemeral', 'persistent-sequential', 'ephemeral-sequential', 'container')
const anyCreate: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ type: fc.constant('create' as const), path: anyPath, data: anyData, mode: plain, acl: anyAcl }),
  fc.record({
    type: fc.constant('create' as const),
    path: anyPath,
    data: anyData,
    mode: fc.constantFrom('ttl' as const, 'ttl-sequential' as const),
    ttlMs: fc.integer({ min: 1, max: 0xffffffffff }),
    acl: anyAcl,
  }),
)
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  anyCreate,
  fc.record({ type: fc.constant('set' as const), path: anyPath, data: anyData, version: int32 }),
  fc.record({ type: fc.constantFrom('delete' as const, 'check' as const), path: anyPath, version: int32 }),
)
const anyOperations = fc
  .array(anyOperation, { minLength: 1, maxLength: 20 })
  .map((all) => all as [Operation, ...Operation[]])
const anyChroot = fc.constantFrom('', '/app', '/a/b')

/** Source: MultiOperationRecord.deserialize. */
function readAsServer(reader: JuteReader, chroot: string): unknown[] {
  const operations: unknown[] = []
  for (;;) {
    const header = [reader.int(), reader.bool(), reader.int()]
    if (header[1] === true) {
      expect([header, reader.remaining]).toEqual([[-1, true, -1], 0])
      return operations
    }
    expect(header).toEqual([expect.any(Number), false, -1])
    const path = reader.string()?.slice(chroot.length)
    operations.push(readOperation(reader, Number(header[0]), path))
  }
}

function readOperation(reader: JuteReader, opcode: number, path: string | undefined): unknown {
  switch (opcode) {
    case 5:
      return { type: 'set', path, data: reader.buffer(), version: reader.int() }
    case 2:
      return { type: 'delete', path, version: reader.int() }
    case 13:
      return { type: 'check', path, version: reader.int() }
    default: {
      const data = reader.buffer()
      const acl = readAcl(reader)
      const flags = reader.int()
      const mode = Object.entries(CREATE_FLAGS).find(([, value]) => value === flags)?.[0]
      expect(opcode).toBe(flags === 4 ? 19 : flags > 4 ? 21 : 15)
      const ttl = opcode === 21 ? { ttlMs: Number(reader.long()) } : {}
      return { type: 'create', path, data, mode, ...ttl, acl }
    }
  }
}

/** Source: MultiResponse.serialize. */
function answer(results: readonly OperationResult[]): (writer: JuteWriter) => void {
  return (writer) => {
    for (const result of results) writeResult(writer, result)
    writer.int(-1).bool(true).int(-1)
  }
}

function writeResult(writer: JuteWriter, result: OperationResult): void {
  const header = (type: number) => writer.int(type).bool(false).int(0)
  switch (result.type) {
    case 'create':
      header(result.stat === null ? 1 : 15).string(result.path)
      if (result.stat !== null) writeWholeStat(writer, result.stat)
      break
    case 'set':
      writeWholeStat(header(5), result.stat)
      break
    case 'delete':
      header(2)
      break
    case 'check':
      header(13)
  }
}

function errors(codes: readonly number[]): Buffer {
  return written((writer) => {
    for (const code of codes) writer.int(-1).bool(false).int(code).int(code)
    writer.int(-1).bool(true).int(-1)
  })
}

const anyResult = (operation: Operation): fc.Arbitrary<OperationResult> => {
  switch (operation.type) {
    case 'create':
      return fc.record({ type: fc.constant('create' as const), path: anyPath, stat: fc.option(anyStat, { nil: null }) })
    case 'set':
      return fc.record({ type: fc.constant('set' as const), stat: anyStat })
    default:
      return fc.constant({ type: operation.type })
  }
}
const anyAnswered = anyOperations.chain((operations) =>
  fc.tuple(fc.constant(operations), fc.tuple(...operations.map(anyResult))),
)

describe('a multi', () => {
  it('goes out as a server reads it', () => {
    fc.assert(
      fc.property(anyOperations, anyChroot, (operations, chroot) => {
        const request = multiRequest(operations, chroot, ALL_FEATURES)
        expect(readAsServer(encoded(request), chroot)).toEqual(operations)
      }),
    )
  })

  it('creates with everybody’s rights and to stay, unless told otherwise', () => {
    const request = multiRequest([{ type: 'create', path: '/a', data: null }], '', ALL_FEATURES)
    const sent = { type: 'create', path: '/a', data: null, mode: 'persistent', acl: OPEN_ACL }
    expect(readAsServer(encoded(request), '')).toEqual([sent])
  })

  it('reads back whatever a server answers', () => {
    fc.assert(
      fc.property(anyAnswered, ([operations, results]) => {
        expect(decoded(multiRequest(operations, '', ALL_FEATURES), answer(results))).toEqual(results)
      }),
    )
  })

  it('tells what became of each operation when one fails', () => {
    const failing = anyOperations.chain((operations) =>
      fc.tuple(fc.constant(operations), fc.nat(operations.length - 1), fc.constantFrom(-101, -103, -110, -5, -999)),
    )
    fc.assert(
      fc.property(failing, ([operations, index, code]) => {
        const codes = operations.map((_, i) => (i < index ? 0 : i === index ? code : -2))
        const error = failureOf(operations, errors(codes))
        expect(error).toMatchObject({ zkCode: code, failedOperation: index, outcomeUnknown: false })
        const outcomes = codes.map((_, i) => (i < index ? 'passed' : i === index ? 'failed' : 'not-tried'))
        expect(isZooKeeperError(error) && error.fates?.map(({ outcome }) => outcome)).toEqual(outcomes)
      }),
    )
  })

  const two: [Operation, ...Operation[]] = [
    { type: 'check', path: '/a', version: 0 },
    { type: 'delete', path: '/b', version: 0 },
  ]

  it.each([
    ['no result', errors([])],
    ['too few', errors([0])],
    ['too many', errors([0, -101, -2])],
    ['failures without a failure', errors([0, 0])],
    [
      'half of it applied',
      written((w) => w.int(13).bool(false).int(0).int(-1).bool(false).int(-101).int(-101).int(-1).bool(true).int(-1)),
    ],
    ['another type', written((w) => w.int(13).bool(false).int(0).int(5).bool(false).int(0).int(-1).bool(true).int(-1))],
    ['nothing at all', Buffer.alloc(0)],
  ])('does not believe an answer with %s', (_, bytes) => {
    expect(failureOf(two, bytes)).toBeInstanceOf(RangeError)
  })

  it('takes an answer that breaks off, or any other bytes, for a RangeError and nothing worse', () => {
    fc.assert(
      fc.property(anyAnswered, fc.nat(), ([operations, results], cut) => {
        const whole = written(answer(results))
        expect(failureOf(operations, whole.subarray(0, cut % whole.length))).toBeInstanceOf(RangeError)
      }),
    )
    fc.assert(
      fc.property(anyOperations, fc.uint8Array({ maxLength: 400 }), (operations, bytes) => {
        const error = failureOf(operations, Buffer.from(bytes))
        expect(error === null || error instanceof RangeError || isZooKeeperError(error)).toBe(true)
      }),
    )
  })

  it('asks servers before 3.5 in the old words, and for nothing that they do not know', () => {
    const old = featuresOf('3.4.14')
    const request = multiRequest([{ type: 'create', path: '/a', data: null }], '', old)
    expect([request.feature, encoded(request).int()]).toEqual([undefined, 1])
    const needs = (mode: CreateMode, version: string) => {
      const create = { type: 'create', path: '/a', data: null, mode, ttlMs: 1 } as Operation
      return multiRequest([...two, create], '', featuresOf(version)).feature
    }
    expect([needs('container', '3.4.14'), needs('container', '3.5.1')]).toEqual(['containers', undefined])
    expect([needs('ttl', '3.5.2'), needs('ttl-sequential', '3.5.3')]).toEqual(['ttl', undefined])
  })
})

function failureOf(operations: [Operation, ...Operation[]], bytes: Buffer): unknown {
  try {
    decoded(multiRequest(operations, '', ALL_FEATURES), bytes)
    return null
  } catch (error) {
    return error
  }
}
