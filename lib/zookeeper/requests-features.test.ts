import { describe, expect, it } from 'vitest'
import { JuteReader } from './jute'
import { Operations } from './operations'
import { DEFAULT_REPLY_LIMITS } from './reply-limits'
import { Requests } from './requests'
import { featuresOf } from './server-features'
import { writeWholeStat, written } from './testing/wire'

const operations = new Operations('')
const HEADER_BYTES = 12
const NO_STAT = {
  ...{ czxid: 0n, mzxid: 0n, ctime: 0n, mtime: 0n, ephemeralOwner: 0n, pzxid: 0n },
  ...{ version: 0, cversion: 0, aversion: 0, dataLength: 0, numChildren: 0 },
}

/** Requests over a link that keeps what was sent. */
function setUp() {
  const frames: Buffer[] = []
  const requests = new Requests({
    write: (frame) => frames.push(frame),
    fault: () => null,
    server: () => 'zk-1:2181',
    run: (work) => {
      for (let step = work.next(); step.done !== true; step = work.next());
    },
    limits: DEFAULT_REPLY_LIMITS,
  })
  const opcodes = () => frames.map((frame) => frame.readInt32BE(HEADER_BYTES - 4))
  const answer = (body: Buffer, zkCode = 0) => {
    const xid = frames.at(-1)?.readInt32BE(4) ?? 0
    expect(requests.answer(xid, 1n, zkCode, new JuteReader(body))).toBe(true)
  }
  return { requests, opcodes, answer }
}

const create = operations.create({ path: '/a', data: null })
const lost = { code: 'ConnectionLoss', server: 'zk-1:2181', detail: 'gone' } as const

describe('requests and what a server understands', () => {
  it('are encoded for the server that they go to', async () => {
    const { requests, opcodes, answer } = setUp()
    const waiting = requests.submit(create)
    requests.open({ readOnly: false, features: featuresOf('3.4.14') })
    expect(opcodes()).toEqual([1])
    answer(written((w) => w.string('/a')))
    expect(await waiting).toEqual({ path: '/a', stat: null })

    requests.interrupt(lost)
    const next = requests.submit(create)
    requests.open({ readOnly: false, features: featuresOf('3.5.0') })
    answer(written((w) => writeWholeStat(w.string('/a'), NO_STAT)))
    expect([opcodes(), await next]).toEqual([[1, 15], { path: '/a', stat: NO_STAT }])
  })

  it('are refused unsent by a server that does not know them, and sent to the next one that does', async () => {
    const { requests, opcodes, answer } = setUp()
    const early = requests.submit(operations.whoAmI())
    requests.open({ readOnly: false, features: featuresOf('3.6.4') })
    const refused = {
      code: 'Unimplemented',
      zkCode: 0,
      operation: 'whoAmI',
      needsVersion: '3.7.0',
      outcomeUnknown: false,
      message: expect.stringContaining('whoAmI needs ZooKeeper 3.7.0 or newer, and it runs 3.6.4'),
    }
    await expect(early).rejects.toMatchObject(refused)
    await expect(requests.submit(operations.whoAmI())).rejects.toMatchObject(refused)
    expect([opcodes(), requests.inFlight, requests.queued]).toEqual([[], 0, 0])

    requests.interrupt(lost)
    const later = requests.submit(operations.whoAmI())
    requests.open({ readOnly: false, features: featuresOf('3.7.0') })
    answer(written((w) => w.int(0)))
    expect(await later).toEqual([])
  })

  it('are all sent while nobody knows what the server is', async () => {
    const { requests, opcodes, answer } = setUp()
    requests.open({ readOnly: false, features: null })
    const asked = requests.submit(operations.whoAmI())
    answer(Buffer.alloc(0), -6)
    await expect(asked).rejects.toMatchObject({ code: 'Unimplemented', zkCode: -6, operation: 'whoAmI' })
    expect(opcodes()).toEqual([107])
  })

  it('are refused by read-only servers when they write, whatever else they need', async () => {
    const { requests, opcodes } = setUp()
    requests.open({ readOnly: true, features: featuresOf('3.4.14') })
    const container = operations.create({ path: '/a', data: null, mode: 'container' })
    await expect(requests.submit(container)).rejects.toMatchObject({ code: 'NotReadOnly', outcomeUnknown: false })
    const setAcl = requests.submit(operations.setAcl('/a', [], 0))
    await expect(setAcl).rejects.toMatchObject({ code: 'NotReadOnly', operation: 'setAcl' })
    expect(opcodes()).toEqual([])
  })

  it('are measured before they wait, whatever server comes', async () => {
    const { requests } = setUp()
    const large = operations.create({ path: '/a', data: Buffer.alloc(1_048_576) })
    await expect(requests.submit(large)).rejects.toMatchObject({ code: 'TooLarge', path: '/a' })
  })
})

describe('a write that a server gives up', () => {
  it.each([
    ['MarshallingError', -5],
    ['OperationTimeout', -7],
    ['ConnectionLoss', -4],
    ['SystemError', -1],
    ['SystemError', -999],
  ])('for %s (%d) may have been applied; a read cannot', async (code, zkCode) => {
    const { requests, answer } = setUp()
    requests.open({ readOnly: false })
    const write = requests.submit(operations.setData('/a', null, 0))
    answer(Buffer.alloc(0), zkCode)
    await expect(write).rejects.toMatchObject({ code, zkCode, operation: 'setData', outcomeUnknown: true })
    const read = requests.submit(operations.exists('/a'))
    answer(Buffer.alloc(0), zkCode)
    await expect(read).rejects.toMatchObject({ code, outcomeUnknown: false })
  })

  it.each([-101, -103, -110, -112, -118, -119, -127])('with code %d was not applied', async (zkCode) => {
    const { requests, answer } = setUp()
    requests.open({ readOnly: false })
    const write = requests.submit(operations.setData('/a', null, 0))
    answer(Buffer.alloc(0), zkCode)
    await expect(write).rejects.toMatchObject({ zkCode, outcomeUnknown: false })
  })

  it('or whose answer makes no sense may have been applied', async () => {
    const { requests, answer } = setUp()
    requests.open({ readOnly: false })
    const write = requests.submit(operations.setData('/a', null, 0))
    answer(Buffer.alloc(3))
    await expect(write).rejects.toMatchObject({ code: 'MarshallingError', zkCode: 0, outcomeUnknown: true })
  })
})
