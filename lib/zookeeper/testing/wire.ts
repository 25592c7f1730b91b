import fc from 'fast-check'
import type { Stat } from '@/lib/znode/stat'
import { JuteReader, JuteWriter } from '../jute'
import type { Request } from '../request'

/** What follows the header of the request. */
export function encoded(request: Request<unknown>): JuteReader {
  const writer = new JuteWriter()
  request.encode(writer)
  return new JuteReader(writer.finish())
}

/** What the request makes of an answer, all slices of it. */
export function decoded<T>(request: Request<T>, answer: Buffer | ((writer: JuteWriter) => unknown), zxid = 1n): T {
  const value = request.decode(new JuteReader(typeof answer === 'function' ? written(answer) : answer), zxid)
  if (typeof value !== 'object' || value === null || !('next' in value)) return value
  for (;;) {
    const step = value.next()
    if (step.done === true) return step.value
  }
}

export function written(write: (writer: JuteWriter) => unknown): Buffer {
  const writer = new JuteWriter()
  write(writer)
  return Buffer.from(writer.finish())
}

/** class Stat. */
export function writeWholeStat(writer: JuteWriter, stat: Stat): JuteWriter {
  writer.long(stat.czxid).long(stat.mzxid).long(stat.ctime).long(stat.mtime)
  writer.int(stat.version).int(stat.cversion).int(stat.aversion).long(stat.ephemeralOwner)
  return writer.int(stat.dataLength).int(stat.numChildren).long(stat.pzxid)
}

export const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
export const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

export const anyStat: fc.Arbitrary<Stat> = fc.record({
  czxid: int64,
  mzxid: int64,
  ctime: int64,
  mtime: int64,
  version: int32,
  cversion: int32,
  aversion: int32,
  ephemeralOwner: int64,
  dataLength: int32,
  numChildren: int32,
  pzxid: int64,
})

export const anyData = fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes)))

/** Paths of one to three names that may be sent. */
export const anyPath = fc
  .array(
    fc.string({ minLength: 1, unit: 'binary' }).filter((name) => !/^\.{1,2}$|[/\0]/.test(name)),
    { minLength: 1, maxLength: 3 },
  )
  .map((names) => `/${names.join('/')}`)

export const anyAcl = fc.array(fc.record({ scheme: fc.string(), id: fc.string(), permissions: int32 }), {
  minLength: 1,
  maxLength: 3,
})
