import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverIdOf } from './session-id'
import { fromHex, toHex } from './stat'
import { zxidParts } from './zxid'

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

describe('ids', () => {
  it('zxid: epoch and counter hold every bit', () => {
    fc.assert(
      fc.property(int64, (zxid) => {
        const { epoch, counter } = zxidParts(zxid)
        expect(BigInt.asIntN(64, (BigInt(epoch) << 32n) | BigInt(counter))).toBe(zxid)
        expect(Math.min(epoch, counter)).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(zxidParts(0x1a00000c41n)).toEqual({ epoch: 26, counter: 3137 })
  })

  it('session: the server is the top byte, also where Java prints a negative number', () => {
    expect(serverIdOf(0x3000a21f0040002n)).toBe(3)
    expect(serverIdOf(fromHex('0xc800a21f00400021'))).toBe(200)
    fc.assert(
      fc.property(int64, (id) => {
        expect(serverIdOf(id)).toBe(Number.parseInt(toHex(id).slice(2).padStart(16, '0').slice(0, 2), 16))
      }),
    )
  })
})
