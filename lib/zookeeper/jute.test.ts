import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JuteReader, JuteWriter } from './jute'
import { readAcl, readStat, writeAcl } from './records'

const int32 = () => fc.integer({ min: -0x80000000, max: 0x7fffffff })
const int64 = () => fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
/** What UTF-8 can carry: half a surrogate pair cannot be sent. */
const text = () => fc.string({ unit: 'grapheme' })

describe('jute', () => {
  it('reads back every value that it writes', () => {
    fc.assert(
      fc.property(
        int32(),
        int64(),
        fc.boolean(),
        text(),
        fc.option(fc.uint8Array({ maxLength: 2000 })),
        (i, l, b, s, d) => {
          const reader = new JuteReader(new JuteWriter().int(i).long(l).bool(b).string(s).buffer(d).finish())
          expect([reader.int(), reader.long(), reader.bool(), reader.string()]).toEqual([i, l, b, s])
          const data = reader.buffer()
          // null stays apart from empty.
          if (d === null) expect(data).toBeNull()
          else expect(data?.equals(d)).toBe(true)
          expect(reader.remaining).toBe(0)
        },
      ),
    )
  })

  it('reads back lists of permissions, unknown bits included', () => {
    const entry = fc.record({ scheme: text(), id: text(), permissions: int32() })
    fc.assert(
      fc.property(fc.array(entry), (acl) => {
        const writer = new JuteWriter()
        writeAcl(writer, acl)
        expect(readAcl(new JuteReader(writer.finish()))).toEqual(acl)
      }),
    )
  })

  it('reads the 11 fields of a stat in the order of the wire', () => {
    const w = new JuteWriter()
      .long(-1n)
      .long(2n ** 53n + 1n)
      .long(3n)
      .long(4n)
      .int(5)
      .int(-6)
      .int(7)
    const stat = readStat(
      new JuteReader(
        w
          .long(-(2n ** 63n))
          .int(9)
          .int(10)
          .long(11n)
          .finish(),
      ),
    )
    expect(stat).toEqual({
      czxid: -1n,
      mzxid: 9007199254740993n,
      ctime: 3n,
      mtime: 4n,
      version: 5,
      cversion: -6,
      aversion: 7,
      ephemeralOwner: -(2n ** 63n),
      dataLength: 9,
      numChildren: 10,
      pzxid: 11n,
    })
  })

  it('throws RangeError on bytes that end early or announce absurd lengths', () => {
    const cases: readonly [Buffer, (reader: JuteReader) => unknown][] = [
      [Buffer.alloc(3), (r) => r.int()],
      [Buffer.alloc(7), (r) => r.long()],
      [new JuteWriter().int(5).finish(), (r) => r.string()],
      [new JuteWriter().int(-2).finish(), (r) => r.buffer()],
      [new JuteWriter().int(0x7fffffff).finish(), (r) => r.count(4)],
      [new JuteWriter().int(-2).finish(), (r) => r.count(4)],
    ]
    for (const [bytes, read] of cases) expect(() => read(new JuteReader(bytes))).toThrow(RangeError)
  })

  it('hands out data that does not keep the received chunk alive', () => {
    const chunk = new JuteWriter().buffer(Buffer.from('abc')).finish()
    const data = new JuteReader(chunk).buffer()
    chunk.fill(0)
    expect(data?.toString()).toBe('abc')
  })
})
