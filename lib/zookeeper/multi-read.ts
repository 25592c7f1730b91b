import { assertPath, toServerPath } from './chroot'
import type { JuteReader } from './jute'
import { readMultiHeader, writeMultiHeader } from './multi'
import { OPCODE } from './opcodes'
import { readNames, readStat } from './records'
import { refusal } from './refusal'
import type { Request, Slices } from './request'
import type { Read, ReadResult } from './session-operations'

/** Few: each may be an error, and those take much longer to make than a result. */
const RESULTS_A_SLICE = 50

const OPCODES = { getData: OPCODE.getData, getChildren: OPCODE.getChildren } as const

/** Many reads in one request, each with a result or an error of its own. */
export function multiReadRequest(reads: readonly [Read, ...Read[]], chroot: string): Request<ReadResult[]> {
  return {
    opcode: OPCODE.multiRead,
    path: reads[0].path,
    feature: 'multiRead',
    large: true,
    encode: (writer) => {
      for (const { type, path } of reads) {
        assertPath(path)
        writeMultiHeader(writer, OPCODES[type], false)
        writer.string(toServerPath(chroot, path)).bool(false)
      }
      writeMultiHeader(writer, OPCODE.error, true)
    },
    decode: (reader) => readAll(reader, reads),
  }
}

/** Source: MultiResponse.deserialize and FinalRequestProcessor, multiRead. Throws RangeError when the bytes make no sense. */
function* readAll(reader: JuteReader, reads: readonly Read[]): Slices<ReadResult[]> {
  const results: ReadResult[] = []
  for (const read of reads) {
    const type = readMultiHeader(reader)
    if (type === OPCODE.error) {
      const refused = { opcode: OPCODES[read.type], path: read.path }
      results.push({ type: 'error', error: withoutStack(() => refusal(failureCode(reader), refused)) })
    } else if (type !== OPCODES[read.type]) {
      throw new RangeError(`result ${results.length} of ${reads.length} is of type ${type}`)
    } else if (read.type === 'getData') {
      results.push({ type: 'getData', data: yield* reader.bufferInSlices(), stat: readStat(reader) })
    } else {
      results.push({ type: 'getChildren', names: yield* readNames(reader) })
    }
    if (results.length % RESULTS_A_SLICE === 0) yield
  }
  if (readMultiHeader(reader) !== null) throw new RangeError(`more than ${reads.length} results`)
  return results
}

/** The stacks of 36,000 errors made in one answer say nothing, and take longer than all the rest. */
function withoutStack<T>(make: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function failureCode(reader: JuteReader): number {
  const zkCode = reader.int()
  if (zkCode === 0) throw new RangeError('a failure without an error')
  return zkCode
}
