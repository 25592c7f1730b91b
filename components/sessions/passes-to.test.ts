import { describe, expect, it } from 'vitest'
import type { RecipeResponse } from '@/lib/queries/lock-responses'
import { passesTo } from './passes-to'
import { sessionView } from './session-fixture'

function recipe(edges: RecipeResponse['edges']): RecipeResponse {
  return {
    path: '/locks/a',
    recipe: 'mutex',
    library: 'Curator InterProcessMutex',
    application: null,
    holders: ['n-1'],
    waiters: edges.map(([waiter]) => waiter),
    present: [],
    edges,
    warnings: [],
    foreign: [],
    unknowable: [],
    zxid: '0x1',
    settled: true,
  }
}

const holder = sessionView('0x1', { ephemerals: ['/locks/a/n-1', '/locks/b/n-9'] })
const next = sessionView('0x2', { ephemerals: ['/locks/a/n-2'] })

describe('passesTo', () => {
  it('names who waits on what the session owns, and whose it is', () => {
    expect(
      passesTo(
        recipe([
          ['n-2', 'n-1'],
          ['n-3', 'n-2'],
        ]),
        holder,
        [holder, next],
      ),
    ).toEqual([{ name: 'n-2', session: next }])
    expect(passesTo(recipe([['n-3', 'n-1']]), holder, [holder, next])).toEqual([{ name: 'n-3', session: null }])
  })

  it('knows nobody where nobody waits, and no name where all watch the list', () => {
    expect(passesTo(recipe([]), holder, [holder])).toEqual([])
    expect(passesTo(recipe([['n-3', 'n-2']]), holder, [holder])).toEqual([])
    expect(passesTo(recipe([['n-2', '<children>']]), holder, [holder])).toBe('watchers')
  })

  it('does not pass a lock to the session that dies', () => {
    const twice = sessionView('0x1', { ephemerals: ['/locks/a/n-1', '/locks/a/n-2'] })
    expect(
      passesTo(
        recipe([
          ['n-2', 'n-1'],
          ['n-3', 'n-2'],
        ]),
        twice,
        [twice],
      ),
    ).toEqual([{ name: 'n-3', session: null }])
  })

  it('follows names into the directories that a recipe is spread over', () => {
    const lease = sessionView('0x3', { ephemerals: ['/locks/a-__lock__/n-1'] })
    expect(passesTo(recipe([['../a-__lock__/n-2', '../a-__lock__/n-1']]), lease, [])).toEqual([
      { name: '../a-__lock__/n-2', session: null },
    ])
  })
})
