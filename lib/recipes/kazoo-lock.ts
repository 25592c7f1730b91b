import type { Family } from './family'
import { kazooLine } from './kazoo-order'
import { makeRecipe } from './make-recipe'

/** kazoo's Lock, WriteLock, ReadLock and Election, which is a Lock. Source: kazoo/recipe/lock.py, election.py. */
export const kazooLock: Family = {
  id: 'kazoo',
  rules: ['kazoo.lock', 'kazoo.rlock'],
  recognise(layout, evidence) {
    const { contenders, foreign, lockOrWriteLock } = kazooLine(layout, evidence)
    if (contenders.length === 0) return null
    if (contenders.some(({ lane }) => lane === 'shared')) {
      return makeRecipe('read-write-lock', 'kazoo WriteLock and ReadLock', {
        contenders,
        orElse: ['kazoo Lock and ReadLock'],
        foreign,
        unknowable: lockOrWriteLock ? ['threads', 'lock-or-write-lock'] : ['threads'],
      })
    }
    return makeRecipe('mutex', 'kazoo Lock', {
      contenders: contenders.map((contender) => ({ ...contender, lane: null })),
      orElse: ['kazoo Election', 'kazoo WriteLock'],
      foreign,
      permits: 1,
      unknowable: ['threads'],
    })
  },
}
