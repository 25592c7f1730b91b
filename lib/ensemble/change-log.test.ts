import { expect, test } from 'vitest'
import type { Stat } from '@/lib/znode/stat'
import { ChangeLog } from './change-log'

const stat = {
  czxid: 1n,
  mzxid: 7n,
  ctime: 0n,
  mtime: 0n,
  version: 1,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: 0n,
  dataLength: 0,
  numChildren: 0,
  pzxid: 1n,
} satisfies Stat

test('the last state wins and the number of changes is kept', () => {
  const log = new ChangeLog()
  log.add('/a', 'created', 1n)
  log.add('/a', 'changed', 2n)
  log.add('/a', 'deleted', 3n)
  expect(log.take()).toEqual([{ path: '/a', kind: 'deleted', count: 3, zxid: '0x3', stat: null }])
  expect(log.take()).toEqual([])
})

test('a znode that is deleted and made again is another one', () => {
  const log = new ChangeLog()
  log.add('/a', 'deleted', 1n)
  log.add('/a', 'created', 2n)
  log.add('/a', 'changed', 3n)
  expect(log.take()).toMatchObject([{ kind: 'recreated', count: 3 }])
})

test('a stat alone is no change, and a stat older than a change is not told', () => {
  const log = new ChangeLog()
  log.addStat('/a', stat)
  expect(log.take()).toMatchObject([{ count: 0, stat: { mzxid: '0x7' } }])
  log.addStat('/a', stat)
  log.add('/a', 'changed', 9n)
  expect(log.take()).toMatchObject([{ kind: 'changed', count: 1, zxid: '0x9', stat: null }])
})

test('where the server does not say which transaction it was, the stat does', () => {
  const log = new ChangeLog()
  log.add('/a', 'changed', null)
  log.addStat('/a', stat)
  expect(log.take()).toMatchObject([{ zxid: '0x7', count: 1 }])
})
