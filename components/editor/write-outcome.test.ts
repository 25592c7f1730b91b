import { expect, test } from 'vitest'
import type { Loaded } from './draft'
import { isConflict, isOutcomeUnknown, judgeCreate, judgeSet } from './write-outcome'

const bytes = (text: string) => new TextEncoder().encode(text)
const base: Loaded = { bytes: bytes('old'), version: 7, czxid: '0x1', mzxid: '0x20' }
const mine = bytes('mine')

test.each([
  ['what we sent, at the version it makes', { ...base, bytes: mine, version: 8, mzxid: '0x21' }, 'applied'],
  ['still what was loaded', base, 'not-applied'],
  ['another value at the version that ours would make', { ...base, bytes: bytes('x'), version: 8 }, 'overtaken'],
  ['changed twice, even when it looks like ours', { ...base, bytes: mine, version: 9 }, 'cannot-tell'],
  [
    'deleted and created again, even when it looks like ours',
    { ...base, bytes: mine, version: 8, czxid: '0x30' },
    'cannot-tell',
  ],
  ['null is not empty', { ...base, bytes: null, version: 8 }, 'overtaken'],
] as const)('%s', (_, now, outcome) => {
  expect(judgeSet(base, mine, now)).toBe(outcome)
})

test('the version counter wraps like int32', () => {
  const last = { ...base, version: 2147483647 }
  expect(judgeSet(last, mine, { ...last, bytes: mine, version: -2147483648 })).toBe('applied')
})

test('a set of a znode that is gone by now may have happened before', () => {
  expect(judgeSet(base, mine, null)).toBe('cannot-tell')
})

test('a create has happened when the znode is there, new, with that data', () => {
  expect(judgeCreate(mine, null)).toBe('not-applied')
  expect(judgeCreate(mine, { ...base, bytes: mine, version: 0 })).toBe('applied')
  expect(judgeCreate(mine, { ...base, bytes: mine, version: 1 })).toBe('overtaken')
  expect(judgeCreate(mine, { ...base, bytes: bytes('x'), version: 0 })).toBe('overtaken')
})

test('a value that was written into another znode is no conflict and no unknown outcome: it is told as it is', () => {
  expect(isConflict('OverwroteRecreated')).toBe(false)
  expect(isOutcomeUnknown('OverwroteRecreated')).toBe(false)
  expect(isConflict('Recreated')).toBe(true)
})
