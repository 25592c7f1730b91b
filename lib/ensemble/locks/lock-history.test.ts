import { expect, it } from 'vitest'
import { makeRecipe } from '@/lib/recipes/make-recipe'
import type { Contender, Recipe } from '@/lib/recipes/recipe'
import { type LockHappening, LockHistory } from './lock-history'

const name = (number: number) => `lock-${String(number).padStart(10, '0')}`

function mutex(numbers: readonly number[]): Recipe {
  const contenders = numbers.map((number, index): Contender => {
    const state = index === 0 ? 'holds' : 'waits'
    const rest = { claims: null, revocable: false, waitsOn: [], lane: null }
    return { name: name(number), state, sequence: number, session: BigInt(number + 100), ...rest }
  })
  return makeRecipe('mutex', 'Some', { contenders, permits: 1 })
}

const came = (number: number, at: number | null): LockHappening => ({ kind: 'appeared', name: name(number), at })
const went = (number: number, at: number | null): LockHappening => ({ kind: 'vanished', name: name(number), at })
const nobody = () => null

function watched() {
  const history = new LockHistory()
  const look = (recipe: Recipe, happened: LockHappening[], now: number, keep = 1000) =>
    history.update(recipe, happened, nobody, now, keep)
  const turns = () =>
    history.response('/l', 0).turns.map(({ queuedAt, heldAt, endedAt }) => [queuedAt, heldAt, endedAt])
  return { history, look, turns }
}

it('of who held before anybody looked it is not known since when', () => {
  const { look, turns } = watched()
  look(mutex([1, 2]), [came(1, null), came(2, null)], 10)
  expect(turns()).toEqual([
    [null, null, null],
    [null, null, null],
  ])
  look(mutex([2]), [went(1, 20)], 21)
  expect(turns()).toEqual([
    [null, null, 20],
    [null, 20, null],
  ])
})

it('dates the turns of those who came and went between two looks', () => {
  const { history, look, turns } = watched()
  look(mutex([]), [], 0)
  look(mutex([4]), [came(1, 1), came(2, 2), went(1, 5), came(3, 6), went(2, 7), came(4, 8), went(3, 9)], 100)
  expect(turns()).toEqual([
    [1, 1, 5],
    [2, 5, 7],
    [6, 7, 9],
    [8, 9, null],
  ])
  expect(history.spans().held).toMatchObject({ samples: 3, longest: 4 })
  expect(history.spans().waited).toMatchObject({ samples: 3, longest: 3 })
})

it('a turn that ended where nobody could see is not measured, and the gap is kept', () => {
  const { history, look } = watched()
  look(mutex([]), [], 0)
  look(mutex([1, 2]), [came(1, 1), came(2, 2)], 3)
  history.lose(10)
  history.lose(12)
  history.found(50)
  look(mutex([2]), [went(1, null)], 51)
  expect(history.spans().held.samples).toBe(0)
  const { gaps, turns } = history.response('/l', 60)
  expect(gaps).toEqual([{ from: 10, to: 50 }])
  expect(turns.at(-1)).toMatchObject({ name: name(2), heldAt: null })
})

it('keeps no more than it may, the latest', () => {
  const { look, turns } = watched()
  look(mutex([]), [], 0)
  for (let i = 1; i <= 20; i++) look(mutex([]), [came(i, i), went(i, i)], i, 5)
  expect(turns()).toHaveLength(5)
  expect(turns().at(-1)).toEqual([20, 20, 20])
})

it('children that take no part have no turn', () => {
  const { look, turns } = watched()
  look(mutex([1]), [came(1, null)], 0)
  look(mutex([1]), [{ kind: 'appeared', name: 'config', at: 5 }], 6)
  look(mutex([1]), [{ kind: 'vanished', name: 'config', at: 7 }], 8)
  expect(turns()).toEqual([[null, null, null]])
})
