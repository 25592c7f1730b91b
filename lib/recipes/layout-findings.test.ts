import { describe, expect, it } from 'vitest'
import type { Stat } from '@/lib/znode/stat'
import { NO_EVIDENCE } from './evidence'
import type { SeenChild } from './layout'
import { ephemeral, layoutWith, statWith } from './layout-fixture'
import { recognise } from './recognise'

const lock = (letter: string, number: string) => `_c_${letter.repeat(8)}-aaaa-4aaa-8aaa-aaaaaaaaaaaa-lock-${number}`
const A = lock('a', '0000000001')
const B = lock('b', '0000000002')
const go = (letter: string, number: string) => `_c_${letter.repeat(32)}-lock-${number}`

/** `creates` children were ever made under it. */
const statAfter = (creates: number, children: number): Partial<Stat> => ({
  cversion: (creates * 2 - children) | 0,
  numChildren: children,
  pzxid: 100n,
})

function findings(children: readonly (SeenChild | string)[], stat?: Partial<Stat>) {
  const layout = layoutWith('/l', children, stat === undefined ? {} : { stat: statWith(stat) })
  return recognise(layout, NO_EVIDENCE, 0).findings.map(({ code, subjects }) => [code, subjects])
}

describe('what the directory alone shows', () => {
  it('nothing where nothing is wrong', () => {
    expect(findings([ephemeral(A, 1n, 1n), ephemeral(B, 2n, 2n)], statAfter(3, 2))).toEqual([])
  })

  it.each<[string, readonly SeenChild[], Partial<Stat> | undefined, unknown]>([
    ['not-assigned', [ephemeral(A, 1n, 1n), ephemeral(B, 2n, 2n)], statAfter(2, 2), [B]],
    ['order-differs', [ephemeral(A, 1n, 5n), ephemeral(B, 2n, 2n)], statAfter(9, 2), [A]],
    ['persistent-contender', [{ name: A, stat: statWith({ czxid: 1n }), data: null }], statAfter(9, 1), [A]],
    ['sequence-ends-soon', [ephemeral(A, 1n, 1n)], statAfter(2 ** 31 - 1000, 1), []],
    ['foreign-blocks', [ephemeral(A, 1n, 1n), { name: '!x', stat: statWith(), data: null }], undefined, ['!x']],
  ])('%s', (code, children, stat, subjects) => {
    expect(findings(children, stat)).toEqual([[code, subjects]])
  })

  it('a child made after the stat of the directory was read was assigned its number all the same', () => {
    expect(findings([ephemeral(A, 1n, 1n), ephemeral(B, 2n, 101n)], statAfter(2, 2))).toEqual([])
  })

  it('the last number is given again and again', () => {
    const last = ['a', 'b'].map((letter, index) => ephemeral(lock(letter, '2147483647'), 1n, BigInt(index + 1)))
    expect(findings(last, statAfter(2 ** 31 - 1, 2)).map(([code]) => code)).toEqual([
      'duplicate-sequence',
      'sequence-overflow',
    ])
  })

  it("equal numbers let two of Go's clients in", () => {
    const both = [ephemeral(go('a', '2147483647'), 1n, 1n), ephemeral(go('b', '2147483647'), 2n, 2n)]
    expect(findings(both)).toContainEqual(['double-hold', [go('a', '2147483647'), go('b', '2147483647')]])
  })

  it('who made its znode after what its library fails on has left it behind', () => {
    const children = [
      ephemeral(go('a', '0000000001'), 1n, 1n),
      ephemeral(go('b', '0000000002'), 2n, 2n),
      { name: 'hello', stat: statWith({ czxid: 3n }), data: null },
      ephemeral(go('c', '0000000004'), 3n, 4n),
    ]
    const recipe = recognise(layoutWith('/l', children), NO_EVIDENCE, 0)
    expect(recipe.contenders.map(({ state }) => state)).toEqual(['holds', 'waits', 'present'])
    expect(findings(children)).toEqual([
      ['orphan', [go('c', '0000000004')]],
      ['foreign-breaks', ['hello']],
    ])
  })

  it('two libraries that do not see each other', () => {
    const kazoo = `${'f'.repeat(32)}__lock__0000000003`
    const children = [ephemeral(A, 1n, 1n), ephemeral(B, 2n, 2n), ephemeral(kazoo, 3n, 3n)]
    expect(findings(children)).toEqual([['mixed-libraries', [kazoo]]])
  })
})

describe('numbered ephemerals of nobody known', () => {
  const job = (n: number, prefix = 'job-') => `${prefix}${String(n).padStart(10, '0')}`

  it('are taken for first in, first out, a line for each prefix', () => {
    const names = [job(1), job(3), job(2, 'task-')]
    const recipe = recognise(
      layoutWith(
        '/q',
        names.map((name, n) => ephemeral(name, BigInt(n + 1))),
      ),
      NO_EVIDENCE,
      0,
    )
    expect(recipe.kind).toBe('sequence')
    expect(recipe.contenders.map(({ name, waitsOn }) => [name, waitsOn[0]?.on])).toEqual([
      [job(1), undefined],
      [job(3), job(1)],
      [job(2, 'task-'), undefined],
    ])
  })

  it('wait for what they watch, and for nothing where they provably watch nothing', () => {
    const layout = layoutWith(
      '/q',
      [1, 2, 3].map((n) => ephemeral(job(n), BigInt(n), BigInt(n))),
    )
    const watches = new Map([[`/q/${job(1)}`, new Set([2n, 3n])]])
    const herd = recognise(layout, { ...NO_EVIDENCE, watches }, 0)
    expect(herd.contenders.map(({ waitsOn }) => waitsOn[0])).toEqual([
      undefined,
      { on: job(1), proof: 'confirmed' },
      { on: job(1), proof: 'confirmed' },
    ])
    const nobody = { ...NO_EVIDENCE, watches: new Map(), watchesOfAll: true, quiet: true }
    expect(recognise(layout, nobody, 0).contenders.map(({ state }) => state)).toEqual(['present', 'present', 'present'])
  })
})
