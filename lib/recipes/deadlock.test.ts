import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cycle, findDeadlocks } from './deadlock'
import { deadlockFinding, deadlockView } from './deadlock-view'
import { NO_EVIDENCE } from './evidence'
import { makeRecipe } from './make-recipe'
import { CHILDREN, type Contender, type Recipe, type RecipeKind } from './recipe'
import { NO_STANDING, standStill } from './standing'
import type { LockAt } from './waits-for'

type Lane = 'shared' | 'exclusive' | null

function contender(name: string, session: bigint, waitsOn: string | null, lane: Lane = null): Contender {
  return {
    name,
    state: waitsOn === null ? 'holds' : 'waits',
    lane,
    sequence: null,
    session,
    claims: null,
    revocable: false,
    waitsOn: waitsOn === null ? [] : [{ on: waitsOn, proof: 'unknown' }],
  }
}

/** A queue as Curator's mutex makes it: the first holds, each waits on the one before. */
function queue(path: string, sessions: readonly bigint[], kind: RecipeKind = 'mutex'): LockAt {
  const name = (index: number) => `_c_${index}-lock-${String(index).padStart(10, '0')}`
  const contenders = sessions.map((session, i) => contender(name(i), session, i === 0 ? null : name(i - 1)))
  return { path, recipe: makeRecipe(kind, '', { contenders }) }
}

function lock(path: string, kind: RecipeKind, contenders: readonly Contender[], known: Partial<Recipe> = {}): LockAt {
  return { path, recipe: { ...makeRecipe(kind, '', { contenders }), ...known } }
}

const sessionsOf = (cycles: readonly Cycle[]) =>
  cycles.map(({ steps }) => steps.map(({ session }) => session).sort((a, b) => (a < b ? -1 : 1)))

describe('possible deadlocks', () => {
  it('T39: two sessions, each holding one lock and waiting for the other', () => {
    const cycles = findDeadlocks([queue('/locks/a', [1n, 2n]), queue('/locks/b', [2n, 1n])])
    const first = '_c_0-lock-0000000000'
    expect(cycles).toEqual([
      {
        steps: [
          { session: 1n, holds: { path: '/locks/a', name: first }, waitsFor: { path: '/locks/b', name: first } },
          { session: 2n, holds: { path: '/locks/b', name: first }, waitsFor: { path: '/locks/a', name: first } },
        ],
      },
    ])
  })

  it('is found from the end of a queue, and drawn as the page shows it', () => {
    const locks = [queue('/a', [1n, 7n, 8n, 2n]), queue('/b', [2n, 9n, 3n]), queue('/c', [3n, 1n])]
    const [cycle] = findDeadlocks(locks)
    if (cycle === undefined) throw new Error('no cycle')
    expect(cycle.steps.map(({ session, holds, waitsFor }) => [session, holds.path, waitsFor.path])).toEqual([
      [1n, '/a', '/c'],
      [3n, '/c', '/b'],
      [2n, '/b', '/a'],
    ])
    const connection = {
      client: '10.0.0.1:5',
      server: 's:1',
      establishedAt: null,
      timeoutMs: null,
      lastOperation: null,
    }
    const view = deadlockView(cycle, { connections: new Map([[3n, connection]]) })
    expect(view.steps.map(({ session, client }) => [session, client])).toEqual([
      ['0x1', null],
      ['0x3', '10.0.0.1:5'],
      ['0x2', null],
    ])
    expect(deadlockFinding(cycle, '/b')).toMatchObject({
      code: 'possible-deadlock',
      certainty: 'possible',
      subjects: ['_c_0-lock-0000000000'],
      facts: { sessions: '0x1, 0x3, 0x2', paths: '/a, /c, /b' },
    })
    expect(deadlockFinding(cycle, '/elsewhere')).toBeNull()
    expect(deadlockView(cycle, NO_EVIDENCE).steps).toHaveLength(3)
  })

  it('is none where sessions take two locks in the same order, or wait for themselves', () => {
    expect(findDeadlocks([queue('/a', [1n, 2n, 3n]), queue('/b', [1n, 3n])])).toEqual([])
    expect(findDeadlocks([queue('/a', [1n, 1n, 1n]), queue('/b', [1n])])).toEqual([])
  })

  it('is none between candidates of elections, in a known application, and of who may only look', () => {
    const both = (kind: RecipeKind, known: Partial<Recipe> = {}) =>
      [queue('/a', [1n, 2n], kind), queue('/b', [2n, 1n], kind)].map(({ path, recipe }) => ({
        path,
        recipe: { ...recipe, ...known },
      }))
    expect(findDeadlocks(both('election'))).toEqual([])
    expect(findDeadlocks(both('sequence'))).toEqual([])
    expect(findDeadlocks(both('mutex', { application: 'NiFi' }))).toEqual([])
    expect(findDeadlocks(both('single-lock', { unknowable: ['waits-or-looks'] }))).toEqual([])
    expect(findDeadlocks(both('single-lock'))).toHaveLength(1)
  })

  it('sees that a writer waits for every reader, and a reader for the writer before it', () => {
    const readers = [contender('r1', 1n, null, 'shared'), contender('r2', 2n, null, 'shared')]
    const writer = contender('w', 3n, 'r2', 'exclusive')
    // The writer watches only the second reader, and waits for the first as well.
    expect(
      sessionsOf(findDeadlocks([lock('/rw', 'read-write-lock', [...readers, writer]), queue('/b', [3n, 1n])])),
    ).toEqual([[1n, 3n]])
    // A later reader waits behind the writer for the readers that hold.
    const late = contender('r4', 4n, 'w', 'shared')
    const behind = lock('/rw', 'read-write-lock', [...readers, writer, late])
    expect(sessionsOf(findDeadlocks([behind, queue('/b', [4n, 2n])]))).toEqual([[2n, 4n]])
    // Readers do not wait for readers.
    expect(findDeadlocks([lock('/rw', 'read-write-lock', readers), queue('/b', [1n, 2n])])).toEqual([])
  })

  it('needs all permits of a semaphore in it', () => {
    const semaphore = (permits: number | null, ...holders: bigint[]) =>
      lock(
        '/sem',
        'semaphore',
        [...holders.map((session, i) => contender(`leases/${i}`, session, null)), contender('locks/w', 9n, CHILDREN)],
        { permits },
      )
    const other = queue('/b', [9n, 1n])
    expect(findDeadlocks([semaphore(2, 1n, 2n), other])).toEqual([])
    expect(findDeadlocks([semaphore(2, 1n), other])).toEqual([])
    expect(sessionsOf(findDeadlocks([semaphore(1, 1n), other]))).toEqual([[1n, 9n]])
    expect(sessionsOf(findDeadlocks([semaphore(null, 1n, 2n), other, queue('/c', [9n, 2n])]))).toEqual([[1n, 9n]])
  })

  it('believes a watch that contradicts the rule', () => {
    const waiter: Contender = {
      ...contender('c', 3n, 'b'),
      waitsOn: [{ on: 'b', proof: 'contradicted', watches: 'foreign' }],
    }
    const a = lock('/a', 'mutex', [contender('a', 1n, null), contender('b', 2n, 'a'), waiter])
    expect(findDeadlocks([a, queue('/b', [3n, 1n])])).toEqual([])
  })

  it('is one only when all in it have stood still', () => {
    const locks = [queue('/a', [1n, 2n]), queue('/b', [2n, 1n])]
    const first = standStill(NO_STANDING, locks, 1_000)
    expect(findDeadlocks(first.locks)).toEqual([])
    const soon = standStill(first.standing, locks, 3_000)
    expect(findDeadlocks(soon.locks)).toEqual([])
    const later = standStill(soon.standing, locks, 6_000)
    expect(findDeadlocks(later.locks)).toHaveLength(1)
    // Somebody let go in between and came back.
    const gone = standStill(later.standing, [queue('/a', [1n, 2n])], 7_000)
    expect(findDeadlocks(standStill(gone.standing, locks, 8_000).locks)).toEqual([])
    expect(gone.standing.size).toBe(2)
  })

  it('does not take permits that were just given for stuck ones', () => {
    const of = (second: bigint) =>
      lock('/s', 'semaphore', [
        contender('1', 1n, null),
        contender(`n${second}`, second, null),
        contender('w', 9n, CHILDREN),
      ])
    const other = queue('/b', [9n, 1n])
    const { standing } = standStill(NO_STANDING, [of(2n), other], 0)
    expect(findDeadlocks(standStill(standing, [of(3n), other], 9_000).locks)).toEqual([])
  })
})

describe('possible deadlocks in any set of locks', () => {
  const session = fc.bigInt({ min: 1n, max: 12n })
  const sets = fc.array(fc.uniqueArray(session, { minLength: 1, maxLength: 8 }), { maxLength: 12 })
  const locksOf = (queues: bigint[][]) => queues.map((sessions, i) => queue(`/l${i}`, sessions))

  it('each step holds what the one before waits for, and waits for what the next one holds', () => {
    fc.assert(
      fc.property(sets, (queues) => {
        const locks = new Map(locksOf(queues).map((at) => [at.path, at]))
        for (const { steps } of findDeadlocks([...locks.values()])) {
          expect(new Set(steps.map(({ session: of }) => of)).size).toBe(steps.length)
          expect(steps.length).toBeGreaterThan(1)
          for (const [i, step] of steps.entries()) {
            const contenders = locks.get(step.waitsFor.path)?.recipe.contenders ?? []
            expect(step.waitsFor).toEqual(steps[(i + 1) % steps.length]?.holds)
            expect(contenders.some((of) => of.session === step.session && of.state === 'waits')).toBe(true)
            const held = contenders.find(({ name }) => name === step.waitsFor.name)
            expect(held).toMatchObject({ state: 'holds', session: steps[(i + 1) % steps.length]?.session })
          }
        }
      }),
    )
  })

  it('there is none without holders, and none where all take their locks in one order', () => {
    fc.assert(
      fc.property(sets, (queues) => {
        const waiting = locksOf(queues).map(({ path, recipe }) => ({
          path,
          recipe: { ...recipe, contenders: recipe.contenders.filter(({ state }) => state === 'waits') },
        }))
        expect(findDeadlocks(waiting)).toEqual([])
        // The smallest session holds: nobody ever waits for a greater one.
        const ordered = queues.map((sessions) => [...sessions].sort((a, b) => (a < b ? -1 : 1)))
        expect(findDeadlocks(locksOf(ordered))).toEqual([])
      }),
    )
  })

  it('finds what is planted, whatever else there is', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 2, max: 9 }), fc.nat(), (queues, length, seed) => {
        const planted = Array.from({ length }, (_, i) =>
          queue(`/p${i}`, [100n + BigInt((i + 1) % length), 100n + BigInt(i)]),
        )
        const locks = [...locksOf(queues), ...planted].sort((a, b) => (a.path + seed < b.path + seed ? -1 : 1))
        const found = sessionsOf(findDeadlocks(locks))
        expect(found).toContainEqual(Array.from({ length }, (_, i) => 100n + BigInt(i)))
      }),
    )
  })

  it('copes with ten thousand waiters and readers, and with a circle of ten thousand', () => {
    const wide = Array.from({ length: 20_000 }, (_, i) =>
      contender(
        `${i}`,
        BigInt(i),
        i < 10_000 ? null : i === 10_000 ? '9999' : '10000',
        i === 10_000 ? 'exclusive' : 'shared',
      ),
    )
    const started = performance.now()
    expect(findDeadlocks([lock('/rw', 'read-write-lock', wide), queue('/b', [10_000n, 5n])])).toHaveLength(1)
    const circle = Array.from({ length: 10_000 }, (_, i) => queue(`/${i}`, [BigInt((i + 1) % 10_000), BigInt(i)]))
    expect(findDeadlocks(circle)[0]?.steps).toHaveLength(10_000)
    const hundred = Array.from({ length: 100 }, (_, i) =>
      queue(
        `/h${i}`,
        Array.from({ length: 50 }, (__, n) => BigInt(((n * 7 + i * 13) % 50) + 1)),
      ),
    )
    findDeadlocks(hundred)
    expect(performance.now() - started).toBeLessThan(60_000)
  })
})
