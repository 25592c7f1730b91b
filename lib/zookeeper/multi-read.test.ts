import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JuteReader, JuteWriter } from './jute'
import { multiReadRequest } from './multi-read'
import type { Read, ReadResult } from './session-operations'
import { anyData, anyPath, anyStat, decoded, encoded, writeWholeStat, written } from './testing/wire'

type Reads = [Read, ...Read[]]

const anyRead: fc.Arbitrary<Read> = fc.record({
  type: fc.constantFrom('getData' as const, 'getChildren' as const),
  path: anyPath,
})
const anyReads = fc.array(anyRead, { minLength: 1, maxLength: 20 }).map((reads) => reads as Reads)

type Answer = Exclude<ReadResult, { type: 'error' }> | { readonly type: 'error'; readonly zkCode: number }

const anyAnswer = ({ type }: Read): fc.Arbitrary<Answer> =>
  fc.oneof(
    fc.record({ type: fc.constant('error' as const), zkCode: fc.constantFrom(-101, -102, -999) }),
    type === 'getData'
      ? fc.record({ type: fc.constant(type), data: anyData, stat: anyStat })
      : fc.record({ type: fc.constant(type), names: fc.array(fc.string({ minLength: 1 })) }),
  )
const anyAnswered = anyReads.chain((reads) => fc.tuple(fc.constant(reads), fc.tuple(...reads.map(anyAnswer))))

/** Source: MultiOperationRecord.deserialize. */
function readAsServer(reader: JuteReader, chroot: string): Read[] {
  const reads: Read[] = []
  for (;;) {
    const type = reader.int()
    const done = reader.bool()
    expect(reader.int()).toBe(-1)
    if (done) {
      expect([type, reader.remaining]).toEqual([-1, 0])
      return reads
    }
    const path = reader.string()?.slice(chroot.length) ?? ''
    // No watch is ever asked for.
    expect(reader.bool()).toBe(false)
    reads.push({ type: type === 4 ? 'getData' : 'getChildren', path })
    expect([4, 8]).toContain(type)
  }
}

/** Source: MultiResponse.serialize. */
function answerWith(answers: readonly Answer[]): (writer: JuteWriter) => void {
  return (writer) => {
    for (const answer of answers) {
      if (answer.type === 'error') writer.int(-1).bool(false).int(answer.zkCode).int(answer.zkCode)
      else if (answer.type === 'getData') {
        writeWholeStat(writer.int(4).bool(false).int(0).buffer(answer.data), answer.stat)
      } else {
        writer.int(8).bool(false).int(0)
        writer.vector(answer.names, (w, name) => w.string(name))
      }
    }
    writer.int(-1).bool(true).int(-1)
  }
}

describe('a multiRead', () => {
  it('goes out as a server reads it', () => {
    fc.assert(
      fc.property(anyReads, fc.constantFrom('', '/app'), (reads, chroot) => {
        expect(readAsServer(encoded(multiReadRequest(reads, chroot)), chroot)).toEqual(reads)
      }),
    )
  })

  it('reads back whatever a server answers', () => {
    fc.assert(
      fc.property(anyAnswered, ([reads, answers]) => {
        const results = decoded(multiReadRequest(reads, ''), answerWith(answers))
        const plain = results.map((result, index) => {
          if (result.type !== 'error') return result
          expect(result.error.path).toBe(reads[index]?.path)
          return { type: 'error', zkCode: result.error.zkCode }
        })
        expect(plain).toEqual(answers)
      }),
    )
  })

  it('changes nothing, and may be long', () => {
    expect(multiReadRequest([{ type: 'getData', path: '/' }], '')).toMatchObject({ feature: 'multiRead', large: true })
    expect(multiReadRequest([{ type: 'getData', path: '/' }], '').write).toBeUndefined()
  })

  const two: Reads = [
    { type: 'getData', path: '/a' },
    { type: 'getChildren', path: '/a' },
  ]
  const noError = (writer: JuteWriter) => writer.int(-1).bool(false).int(0).int(0)
  const noNode = (writer: JuteWriter) => writer.int(-1).bool(false).int(-101).int(-101)
  const end = (writer: JuteWriter) => writer.int(-1).bool(true).int(-1)

  it.each([
    ['no result', written(end)],
    ['too few', written((w) => end(noNode(w)))],
    ['too many', written((w) => end(noNode(noNode(noNode(w)))))],
    ['an error that is none', written((w) => end(noError(noNode(w))))],
    ['another type', written((w) => end(noNode(w.int(8).bool(false).int(0).int(0))))],
    ['more names than bytes', written((w) => noNode(w).int(8).bool(false).int(0).int(0x7fffffff))],
  ])('does not believe an answer with %s', (_, bytes) => {
    expect(() => decoded(multiReadRequest(two, ''), bytes)).toThrow(RangeError)
  })

  it('takes an answer that breaks off, or any other bytes, for a RangeError and nothing worse', () => {
    fc.assert(
      fc.property(anyAnswered, fc.nat(), ([reads, answers], cut) => {
        const whole = written(answerWith(answers))
        expect(() => decoded(multiReadRequest(reads, ''), whole.subarray(0, cut % whole.length))).toThrow(RangeError)
      }),
    )
    fc.assert(
      fc.property(anyReads, fc.uint8Array({ maxLength: 400 }), (reads, bytes) => {
        try {
          expect(decoded(multiReadRequest(reads, ''), Buffer.from(bytes))).toHaveLength(reads.length)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})
