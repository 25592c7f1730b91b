import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNames } from './compare-names'
import {
  compareBySequence,
  LAST_SEQUENCE,
  looksSequential,
  nextSequence,
  sequenceOf,
  sequenceSuffix,
  sequencesLeft,
} from './sequence'

const int31 = fc.integer({ min: 0, max: LAST_SEQUENCE })
const prefix = fc.constantFrom('', 'lock-', '_c_8f21-lock-', 'n_', 'queue-10000000', 'x', '-', 'a/b ')

describe('sequenceOf', () => {
  it('takes apart every name that ZooKeeper makes', () => {
    fc.assert(
      fc.property(prefix, int31, (text, number) => {
        fc.pre(text !== '-' || number < 1e9)
        expect(sequenceOf(text + sequenceSuffix(number))).toEqual({ prefix: text, number })
      }),
    )
  })

  it.each([
    ['lock-0000041877', 'lock-', 41877],
    ['0000000000', '', 0],
    ['lock-2147483647', 'lock-', LAST_SEQUENCE],
    ['-2147483648', '', -2147483648],
    ['lock-2147483648', 'lock', -2147483648],
    ['lock--2147483648', 'lock-', -2147483648],
    ['lock--2147483647', 'lock-', -2147483647],
    ['lock--0000000001', 'lock--', 1],
  ])('%s is %j and %d', (name, text, number) => {
    expect(sequenceOf(name)).toEqual({ prefix: text, number })
  })

  it.each(['', 'lock', 'lock-000000001', 'lock-0000000001x', '1700000000123', 'id-9999999999', '００００００００００'])(
    '%s is not sequential',
    (name) => {
      expect(looksSequential(name)).toBe(false)
    },
  )
})

describe('nextSequence', () => {
  it('is the number of creates, whatever was deleted since, through the wrap-around of cversion', () => {
    fc.assert(
      fc.property(int31, int31, (creates, left) => {
        const numChildren = left % (creates + 1)
        // DataNode.copyStat: cversion * 2 - numChildren, in int32.
        const cversion = (creates * 2 - numChildren) | 0
        expect(nextSequence({ cversion, numChildren })).toBe(creates)
        expect(sequencesLeft({ cversion, numChildren })).toBe(LAST_SEQUENCE - creates)
      }),
    )
  })

  it('is what a server was seen to do', () => {
    expect(nextSequence({ cversion: 6, numChildren: 2 })).toBe(4)
    expect(nextSequence({ cversion: -7, numChildren: 3 })).toBe(2147483646)
  })

  it('is written with ten digits', () => {
    expect(sequenceSuffix(4)).toBe('0000000004')
    expect(sequenceSuffix(-5)).toBe('-000000005')
    expect(sequenceSuffix(-2147483648)).toBe('-2147483648')
  })
})

describe('order', () => {
  const names = fc.array(
    fc.oneof(
      fc.tuple(prefix, int31).map(([text, number]) => text + sequenceSuffix(number)),
      fc.tuple(prefix, fc.integer({ min: 0, max: 3 })).map(([text, number]) => text + sequenceSuffix(number)),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )

  it('does not depend on the order that the server gave', () => {
    fc.assert(
      fc.property(names, (list) => {
        expect([...list].reverse().sort(compareBySequence)).toEqual([...list].sort(compareBySequence))
      }),
    )
  })

  it('is by number first, names without a number last', () => {
    const names = ['ready', 'b-0000000001', 'a-0000000002', 'a-0000000001', '-2147483648']
    expect(names.sort(compareBySequence)).toEqual([
      '-2147483648',
      'a-0000000001',
      'b-0000000001',
      'a-0000000002',
      'ready',
    ])
  })

  it('by name is by code unit, not by locale', () => {
    expect(['b', 'Z', 'ä', 'a', '10', '9'].sort(compareNames)).toEqual(['10', '9', 'Z', 'a', 'b', 'ä'])
    expect(compareNames('a', 'a')).toBe(0)
  })
})
