import { describe, expect, it } from 'vitest'
import { type Evidence, NO_EVIDENCE } from './evidence'
import { ephemeral, layoutWith } from './layout-fixture'
import { recognise } from './recognise'

const NOW = 1_800_000_000_000
const guid = (n: number) => `_c_aaaaaaaa-aaaa-4aaa-8aaa-${String(n).padStart(12, '0')}`
const lock = (n: number) => `${guid(n)}-lock-${String(n).padStart(10, '0')}`
const lease = (n: number) => `${guid(n)}-lease-${String(n).padStart(10, '0')}`

/** Each pair: a session and the child that it watches. */
function watching(path: string, pairs: readonly (readonly [bigint, string])[]): Evidence {
  const watches = new Map<string, Set<bigint>>()
  for (const [session, name] of pairs) {
    watches.set(`${path}/${name}`, (watches.get(`${path}/${name}`) ?? new Set()).add(session))
  }
  return { ...NO_EVIDENCE, watches, watchesOfAll: true }
}

const line = (sessions: readonly bigint[]) =>
  layoutWith(
    '/l',
    sessions.map((session, index) => ephemeral(lock(index), session, BigInt(index + 1))),
  )

describe('Curator mutex', () => {
  it('tells what servers confirm, contradict, and do not tell', () => {
    const evidence = watching('/l', [
      [2n, lock(0)],
      [3n, lock(0)],
    ])
    expect(recognise(line([1n, 2n, 3n, 4n]), evidence, NOW).contenders.map(({ waitsOn }) => waitsOn)).toEqual([
      [],
      [{ on: lock(0), proof: 'confirmed' }],
      [{ on: lock(1), proof: 'contradicted', watches: lock(0) }],
      [{ on: lock(2), proof: 'unknown' }],
    ])
  })

  it('says of a session with two places only what all its watches agree on', () => {
    const layout = line([1n, 2n, 3n, 2n])
    const half = recognise(layout, watching('/l', [[2n, lock(0)]]), NOW)
    expect(half.contenders.map(({ waitsOn }) => waitsOn[0]?.proof)).toEqual([
      undefined,
      'unknown',
      'unknown',
      'unknown',
    ])
    const both = watching('/l', [
      [2n, lock(0)],
      [2n, lock(2)],
    ])
    expect(recognise(layout, both, NOW).contenders.map(({ waitsOn }) => waitsOn[0]?.proof)).toEqual([
      undefined,
      'confirmed',
      'unknown',
      'confirmed',
    ])
  })

  it('is revocable where its owner watches it and it says nothing, or was asked', () => {
    const child = (data: string) => layoutWith('/l', [ephemeral(lock(0), 1n, 1n, data)])
    const evidence = watching('/l', [[1n, lock(0)]])
    const shown = (data: string) => recognise(child(data), evidence, NOW).contenders[0]
    expect(shown('')).toMatchObject({ revocable: true, claims: null })
    expect(shown('__REVOKE__')).toMatchObject({ revocable: true, claims: null })
    expect(shown('10.0.0.1')).toMatchObject({ revocable: false, claims: '10.0.0.1' })
    expect(recognise(child(''), NO_EVIDENCE, NOW).contenders[0]).toMatchObject({ revocable: false })
  })

  it('is the old semaphore where waiters watch further ahead', () => {
    const evidence = watching('/l', [
      [4n, lock(0)],
      [5n, lock(1)],
    ])
    const recipe = recognise(line([1n, 2n, 3n, 4n, 5n]), evidence, NOW)
    expect(recipe).toMatchObject({ kind: 'semaphore', permits: 3, findings: [] })
    expect(recipe.contenders.map(({ state }) => state)).toEqual(['holds', 'holds', 'holds', 'waits', 'waits'])
    // Who gave up and came back watches an old place besides the one before it: still a mutex.
    const leftover = watching('/l', [
      [2n, lock(0)],
      [3n, lock(1)],
      [3n, lock(0)],
      [4n, lock(0)],
    ])
    expect(recognise(line([1n, 2n, 3n, 4n]), leftover, NOW)).toMatchObject({ kind: 'mutex', permits: 1 })
  })

  it("takes Go's locks for its own, as Curator does, and says so", () => {
    const go = `_c_${'0f'.repeat(16)}-lock-0000000000`
    const layout = layoutWith('/l', [ephemeral(go, 1n, 1n), ephemeral(lock(1), 2n, 2n), ephemeral(lock(2), 3n, 3n)])
    const recipe = recognise(layout, NO_EVIDENCE, NOW)
    expect(recipe.contenders.map(({ name, state }) => [name, state])).toEqual([
      [go, 'holds'],
      [lock(1), 'waits'],
      [lock(2), 'waits'],
    ])
    expect(recipe.findings).toEqual([expect.objectContaining({ code: 'mixed-libraries', severity: 'note' })])
  })
})

describe('Curator read-write lock', () => {
  const child = (kind: 'READ' | 'WRIT', n: number, session: bigint) =>
    ephemeral(`${guid(n)}-__${kind}__${String(n).padStart(10, '0')}`, session, BigInt(n))

  it('that is to be upgraded by its own reader may wait for ever', () => {
    const recipe = recognise(layoutWith('/rw', [child('READ', 1, 1n), child('WRIT', 2, 1n)]), NO_EVIDENCE, NOW)
    expect(recipe.findings).toEqual([
      expect.objectContaining({ code: 'upgrade-never', certainty: 'possible', facts: { session: '0x1' } }),
    ])
  })

  it('may be held for reading by who writes, before 5.5.0', () => {
    const layout = layoutWith('/rw', [child('WRIT', 1, 1n), child('READ', 2, 1n)])
    const unsure = recognise(layout, NO_EVIDENCE, NOW)
    expect(unsure.contenders.map(({ state }) => state)).toEqual(['holds', 'waits'])
    expect(unsure.unknowable).toContain('nested-read')
    const sure = recognise(layout, { ...watching('/rw', []), quiet: true }, NOW)
    expect(sure.contenders.map(({ state }) => state)).toEqual(['holds', 'holds'])
    expect(sure.findings).toEqual([])
  })
})

describe('Curator semaphore', () => {
  const semaphore = (locks: readonly [number, bigint, bigint][], leases: readonly [number, bigint, bigint][]) =>
    layoutWith('/s', ['leases', 'locks'], {
      near: new Map([
        [
          'locks',
          layoutWith(
            '/s/locks',
            locks.map(([n, session, age]) => ephemeral(lock(n), session, age)),
          ),
        ],
        [
          'leases',
          layoutWith(
            '/s/leases',
            leases.map(([n, session, age]) => ephemeral(lease(n), session, age)),
          ),
        ],
      ]),
    })

  it('has one lease too many while somebody waits for it, which tells how many there are', () => {
    const layout = semaphore(
      [
        [1, 3n, 10n],
        [2, 4n, 11n],
      ],
      [
        [1, 1n, 5n],
        [2, 2n, 6n],
        [3, 3n, 12n],
      ],
    )
    const recipe = recognise(layout, watching('/s/locks', [[4n, lock(1)]]), NOW)
    expect(recipe).toMatchObject({ kind: 'semaphore', permits: 2, orElse: [] })
    expect(recipe.contenders.map(({ name, state, waitsOn }) => [name, state, waitsOn])).toEqual([
      [`leases/${lease(1)}`, 'holds', []],
      [`leases/${lease(2)}`, 'holds', []],
      [`leases/${lease(3)}`, 'waits', [{ on: '<children>', proof: 'unknown' }]],
      [`locks/${lock(1)}`, 'present', []],
      [`locks/${lock(2)}`, 'waits', [{ on: `locks/${lock(1)}`, proof: 'confirmed' }]],
    ])
  })

  it('takes no older lease of the same session for the one that it waits for', () => {
    const recipe = recognise(semaphore([[7, 1n, 10n]], [[1, 1n, 5n]]), NO_EVIDENCE, NOW)
    expect(recipe.contenders.map(({ state }) => state)).toEqual(['holds', 'waits'])
    expect(recipe.permits).toBeNull()
  })

  it('is one also while nobody wants it', () => {
    expect(recognise(semaphore([], []), NO_EVIDENCE, NOW)).toMatchObject({ kind: 'semaphore', contenders: [] })
  })
})
