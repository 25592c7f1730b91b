import { expect, it } from 'vitest'
import { coordinationPathOf } from './coordination-path'
import { nearPaths } from './near-paths'

const GUID = '_c_aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const HEX32 = '0123456789abcdef0123456789abcdef'

it.each([
  [`/locks/a/${GUID}-lock-0000000001`, '/locks/a'],
  [`/locks/${GUID}-lock-0000000001`, '/locks'],
  [`/sem/leases/${GUID}-lease-0000000001`, '/sem'],
  [`/sem/locks/${GUID}-lock-0000000001`, '/sem/locks'],
  [`/p-__lock__/${HEX32}__lock__0000000001`, '/p'],
  [`/-__lock__/${HEX32}__lock__0000000001`, '/-__lock__'],
  ['/group/member', '/group'],
  ['/election/n_0000000003', '/election'],
  ['/controller', '/controller'],
  ['/app/leader', '/app/leader'],
])('%s belongs to %s', (path, expected) => {
  expect(coordinationPathOf(path)).toBe(expected)
})

it('takes "locks" for a part of a semaphore only beside "leases"', () => {
  const lock = `/sem/locks/${GUID}-lock-0000000001`
  expect(coordinationPathOf(lock, (path) => path === '/sem/leases')).toBe('/sem')
  expect(coordinationPathOf(lock, () => false)).toBe('/sem/locks')
})

it.each([
  ['/sem', ['locks', 'leases'], ['locks', 'leases']],
  ['/a/p', [HEX32], ['../p-__lock__']],
  ['/a/p', [], ['../p-__lock__']],
  ['/a/p', [HEX32, 'x'], []],
  ['/', [], []],
  ['/a', ['locks'], []],
])('beside %s with %j it reads %j', (path, names, near) => {
  expect(nearPaths({ path, names })).toEqual(near)
})
