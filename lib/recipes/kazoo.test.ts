import { describe, expect, it } from 'vitest'
import { NO_EVIDENCE } from './evidence'
import { ephemeral, layoutWith, statWith } from './layout-fixture'
import { recognise } from './recognise'

const NOW = Date.parse('2026-11-22T06:00:00Z')
const hex = (n: number) => n.toString(16).padStart(32, '0')
const lock = (n: number, kind = 'lock') => `${hex(n)}__${kind}__${String(n).padStart(10, '0')}`
const bytes = (text: string) => new TextEncoder().encode(text)

describe('kazoo', () => {
  it('WriteLock waits for the reader before it, ReadLock for the nearest writer', () => {
    const layout = layoutWith('/rw', [
      ephemeral(lock(1, 'rlock'), 1n, 1n),
      ephemeral(lock(2), 2n, 2n),
      ephemeral(lock(3), 3n, 3n),
      ephemeral(lock(4, 'rlock'), 4n, 4n),
    ])
    const { contenders } = recognise(layout, NO_EVIDENCE, NOW)
    expect(contenders.map(({ name, waitsOn }) => [name, waitsOn[0]?.on])).toEqual([
      [lock(1, 'rlock'), undefined],
      [lock(2), lock(1, 'rlock')],
      [lock(3), lock(2)],
      [lock(4, 'rlock'), lock(3)],
    ])
  })

  it('waits for the lock of another library only where it watches it', () => {
    const go = `_c_${hex(9)}-lock-0000000000`
    const layout = layoutWith('/l', [ephemeral(go, 1n, 1n), ephemeral(lock(1), 2n, 2n), ephemeral(lock(2), 3n, 3n)])
    expect(recognise(layout, NO_EVIDENCE, NOW).contenders.map(({ state }) => state)).toEqual(['holds', 'waits'])
    const watches = new Map([[`/l/${go}`, new Set([2n])]])
    const recipe = recognise(layout, { ...NO_EVIDENCE, watches }, NOW)
    expect(recipe.contenders[0]).toMatchObject({ state: 'waits', waitsOn: [{ on: go, proof: 'confirmed' }] })
    expect(recipe.foreign).toEqual([{ name: go, effect: 'blocks' }])
  })

  it('Semaphore has its waiters in the directory beside it', () => {
    const queue = layoutWith('/p-__lock__', [
      ephemeral(lock(1), 3n, 3n, "b'client-3'"),
      ephemeral(lock(2), 4n, 4n, "b'client-4'"),
    ])
    const leases = [ephemeral(hex(1), 1n, 1n, 'client-1'), ephemeral(hex(2), 2n, 2n, 'client-2')]
    const layout = layoutWith('/p', leases, { data: bytes('2'), near: new Map([['../p-__lock__', queue]]) })
    const watches = new Map([[`/p-__lock__/${lock(1)}`, new Set([4n])]])
    const recipe = recognise(layout, { ...NO_EVIDENCE, watches }, NOW)
    expect(recipe).toMatchObject({
      kind: 'semaphore',
      library: 'kazoo Semaphore',
      permits: 2,
      foreign: [],
      findings: [],
    })
    expect(recipe.contenders.map(({ name, state, claims, waitsOn }) => [name, state, claims, waitsOn[0]])).toEqual([
      [hex(1), 'holds', 'client-1', undefined],
      [hex(2), 'holds', 'client-2', undefined],
      [`../p-__lock__/${lock(1)}`, 'waits', 'client-3', { on: '<children>', proof: 'unknown' }],
      [`../p-__lock__/${lock(2)}`, 'waits', 'client-4', { on: `../p-__lock__/${lock(1)}`, proof: 'confirmed' }],
    ])
  })

  it.each([
    ['{"version":1,"holder":"a","end":"2026-11-22T06:00:01"}', 'holds', 'a', []],
    ['{"version":1,"holder":"a","end":"2026-11-22T05:59:59"}', 'present', 'a', []],
  ])('NonBlockingLease %s', (data, state, claims, findings) => {
    const layout = layoutWith('/l', [{ name: 'lease_holder', stat: statWith(), data: bytes(data) }])
    const recipe = recognise(layout, NO_EVIDENCE, NOW)
    expect(recipe).toMatchObject({ kind: 'timed-lock', findings })
    expect(recipe.contenders).toEqual([expect.objectContaining({ name: 'lease_holder', state, claims })])
  })

  it('NonBlockingLease that nobody can read is locked for ever', () => {
    const holder = { name: 'lease_holder', stat: statWith(), data: bytes('{') }
    const recipe = recognise(layoutWith('/l', [holder, ephemeral(lock(1), 1n)]), NO_EVIDENCE, NOW)
    expect(recipe.findings).toContainEqual(expect.objectContaining({ code: 'locked-for-ever', severity: 'danger' }))
    expect(recipe.contenders[0]?.state).toBe('holds')
  })
})
