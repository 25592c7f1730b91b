import { describe, expect, it } from 'vitest'
import { kindOf } from './kind'

describe('kindOf', () => {
  it('reads the owner as bigint and as JSON string alike', () => {
    for (const ephemeralOwner of [0n, '0x0']) {
      expect(kindOf('config', { ephemeralOwner })).toEqual({ kind: 'persistent', sequential: false })
    }
    for (const ephemeralOwner of [0x100n, '0x100', -1n, '0xffffffffffffffff']) {
      expect(kindOf('lock-0000000007', { ephemeralOwner })).toEqual({ kind: 'ephemeral', sequential: true })
    }
  })
})
