import { describe, expect, it } from 'vitest'
import { readConnections as slices } from './connections-text'
import { finish } from './slices'

const readConnections = (text: string) => finish(slices(text))

/** As 3.9.5 said it; the one without sid is who asked. */
const ANSWER = ` /127.0.0.1:49896[1](queued=0,recved=6,sent=6,sid=0x300019e07890000,lop=PING,est=1795329427229,to=6000,lcxid=0x4,lzxid=0x100000007,lresp=27135021,llat=3,minlat=0,avglat=5,maxlat=19)
 /127.0.0.1:49920[0](queued=0,recved=1,sent=0)

`
const CONNECTION = {
  session: 0x300019e07890000n,
  client: '127.0.0.1:49896',
  establishedAt: 1795329427229,
  timeoutMs: 6000,
  lastOperation: 'PING',
  lastResponseAt: 27135021,
}

describe('the answer to cons', () => {
  it('names the clients that have a session', () => {
    expect(readConnections(ANSWER)).toEqual({ value: [CONNECTION], complete: true })
    expect(readConnections('\n')).toEqual({ value: [], complete: true })
  })

  it('has IPv6 addresses, negative ids, and nothing done yet', () => {
    const text =
      ' /0:0:0:0:0:0:0:1:4242[1](queued=0,recved=1,sent=1,sid=0xff00019e07890000,lop=NA,est=1,to=4000,lzxid=0xffffffffffffffff,lresp=0,llat=0)\n\n'
    expect(readConnections(text).value).toEqual([
      {
        session: BigInt.asIntN(64, 0xff00019e07890000n),
        client: '[::1]:4242',
        establishedAt: 1,
        timeoutMs: 4000,
        lastOperation: null,
        lastResponseAt: 0,
      },
    ])
  })

  it('is taken for all only when it has its end: no byte may be missing', () => {
    for (let length = 0; length < ANSWER.length; length++) {
      expect(readConnections(ANSWER.slice(0, length)).complete, `${length} bytes`).toBe(false)
    }
  })

  it('is taken for all only when every line is understood', () => {
    for (const line of [' /127.0.0.1:1[1]', 'hello', ' /1.2.3.4:1[1](queued=0,sid=0xzz)', ' x[1](queued=0,sid=0x1)']) {
      expect(readConnections(`${line}\n${ANSWER}`)).toEqual({ value: [CONNECTION], complete: false })
    }
  })

  it('names the newer of two connections of one session', () => {
    const older = ANSWER.replace('49896', '40000').replace('est=1795329427229', 'est=1795329427228').replace(/\n$/, '')
    for (const text of [older + ANSWER, ANSWER.replace(/\n$/, '') + older.concat('\n')]) {
      expect(readConnections(text.replace(/\n\n(?=.)/, '\n')).value).toEqual([CONNECTION])
    }
  })
})
