import { expect, test } from 'vitest'
import { findOlder } from './rollback-proof'

test('a znode whose last change lies before the one that was known proves that the ensemble went back', () => {
  expect(findOlder('/a', 9n, 4n, 9n)).toEqual({ path: '/a', from: 9n, to: 4n })
  // Of an earlier epoch, with a higher counter.
  expect(findOlder('/a', 0x200000001n, 0x1ffffffffn, 0x200000005n)).not.toBeNull()
})

test.each([
  ['it has not changed', '/a', 9n, 9n, 9n],
  ['it has changed', '/a', 9n, 10n, 9n],
  ['what was known came from a server that was ahead of the one that answered', '/a', 9n, 4n, 8n],
  ['it is the configuration, which each server stamps by itself', '/zookeeper/config', 9n, 4n, 9n],
])('nothing is proven when %s', (_, path, before, found, seen) => {
  expect(findOlder(path, before, found, seen)).toBeNull()
})
