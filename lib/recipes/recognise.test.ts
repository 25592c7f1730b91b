import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sequenceSuffix } from '@/lib/znode/sequence'
import { type Evidence, NO_EVIDENCE } from './evidence'
import type { SeenChild } from './layout'
import { layoutWith, statWith } from './layout-fixture'
import { CHILDREN, type Recipe, SELF, WATCHER } from './recipe'
import { recognise } from './recognise'

const NOW = 1_800_000_000_000
const HEX32 = '0123456789abcdef0123456789abcdef'
const uuid = fc.constantFrom('aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', '00000000-0000-4000-8000-000000000000')
const number = fc
  .oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(2147483647, -2147483648, -1))
  .map(sequenceSuffix)
const template = fc.constantFrom(
  '_c_G-lock-N',
  '_c_G-__READ__N',
  '_c_G-__WRIT__N',
  '_c_G-latch-N',
  '_c_G-lease-N',
  `_c_${HEX32}-lock-N`,
  `${HEX32}__lock__N`,
  `${HEX32}__rlock__N`,
  `${HEX32}__party__`,
  HEX32,
  'x-72057594037927936-N',
  'x-0100000000000000-N',
  'n_N',
  'lock-N',
  'read-N',
  'write-N',
  'semaphore-N',
  'exN',
  'shN',
  'semN',
  'ballotN',
  'zlock#G#N',
  'G_N',
  '72057594037927936-host-n_N',
  'R_N',
  'W_N',
  'LOCK-SHARED-N',
  'LOCK-EXCLUSIVE-N',
  'queue-N',
  'qn-N',
  'entry-100-N',
  'urLN',
  'V_N',
  'json.info_N',
  'job-N',
  'N',
)
const special = fc.constantFrom('locks', 'leases', 'entries', 'taken', 'party', 'ready', 'leader', 'lease_holder', '!a')
const made = fc
  .tuple(template, uuid, number)
  .map(([text, guid, digits]) => text.replace('G', guid).replace('N', digits))
const name = fc.oneof({ weight: 6, arbitrary: made }, special, fc.string({ minLength: 1, maxLength: 12 }))
const session = fc.constantFrom(0n, 1n, 2n, 3n, 72057594037927936n, -5764607523034234879n)
const stat = fc.record({ ephemeralOwner: session, czxid: fc.bigInt(1n, 20n), dataLength: fc.nat(3) }).map(statWith)
const data = fc.option(fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom(bytes('lock'), bytes('3'))))
const child: fc.Arbitrary<SeenChild> = fc.record({ name, stat: fc.option(stat), data })
const children = fc.uniqueArray(child, { selector: (each) => each.name, maxLength: 12 })
const path = fc.constantFrom('/', '/a', '/locks/b', '/overseer_elect/election', '/kafka/controller')

const layout = fc
  .record({ path, stat: fc.option(stat), data, children, locks: children, leases: children, queue: children })
  .map(({ locks, leases, queue, ...rest }) =>
    layoutWith(rest.path, rest.children, {
      stat: rest.stat,
      data: rest.data,
      near: new Map([
        ...(rest.children.some((each) => each.name === 'locks')
          ? [['locks', layoutWith(`${rest.path}/locks`, locks)] as const]
          : []),
        ...(rest.children.some((each) => each.name === 'leases')
          ? [['leases', layoutWith(`${rest.path}/leases`, leases)] as const]
          : []),
        ...(rest.path === '/a' ? [['../a-__lock__', layoutWith('/a-__lock__', queue)] as const] : []),
      ]),
    }),
  )

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Every session watches some of the children. */
const withEvidence = layout.chain((each) =>
  fc.record({
    layout: fc.constant(each),
    evidence: fc
      .record({ pairs: fc.array(fc.tuple(fc.nat(11), session)), all: fc.boolean(), quiet: fc.boolean() })
      .map(({ pairs, all, quiet }): Evidence => {
        const watches = new Map<string, Set<bigint>>()
        for (const [index, who] of pairs) {
          const watched = each.children[index]
          if (watched === undefined) continue
          const at = `${each.path === '/' ? '' : each.path}/${watched.name}`
          watches.set(at, (watches.get(at) ?? new Set()).add(who))
        }
        return { ...NO_EVIDENCE, watches, watchesOfAll: all, quiet }
      }),
  }),
)

const QUEUES = new Set(['mutex', 'read-write-lock', 'semaphore', 'election', 'sequence'])

describe('whatever is in a directory', { timeout: 120_000 }, () => {
  it('is recognised without an error, each child once, and who waits waits for something that is there', () => {
    fc.assert(
      fc.property(withEvidence, ({ layout: each, evidence }) => {
        const recipe = recognise(each, evidence, NOW)
        const there = new Set<string>([CHILDREN, SELF])
        for (const one of each.children) there.add(one.name)
        for (const [near, { children: more }] of each.near) for (const one of more) there.add(`${near}/${one.name}`)
        const contenders = recipe.contenders.map((one) => one.name)
        const foreign = recipe.foreign.map((one) => one.name)
        const all = [...contenders, ...foreign]
        expect(new Set(all).size).toBe(all.length)
        for (const one of all) expect(there.has(one) || one.startsWith(WATCHER)).toBe(true)
        for (const { state, waitsOn } of recipe.contenders) {
          if (state === 'holds') expect(waitsOn).toEqual([])
          for (const { on } of waitsOn) expect(there.has(on)).toBe(true)
        }
        // Nothing of the directory is left out where somebody waits in it.
        if (QUEUES.has(recipe.kind) && recipe.contenders.every((one) => !one.name.includes('/'))) {
          const names = each.children.map((one) => one.name)
          expect(names.filter((one) => !all.includes(one))).toEqual([])
        }
        for (const { subjects, count } of recipe.findings) {
          expect(subjects.length).toBe(Math.min(count, 20))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('does not depend on the order in which the server lists it', () => {
    const shuffled = withEvidence.chain((each) =>
      fc.record({
        each: fc.constant(each),
        other: fc.shuffledSubarray([...each.layout.children], { minLength: each.layout.children.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ each, other }) => {
        const before = recognise(each.layout, each.evidence, NOW)
        const after = recognise({ ...each.layout, children: other }, each.evidence, NOW)
        expect(comparable(after)).toEqual(comparable(before))
      }),
      { numRuns: 400 },
    )
  })

  it('changes nothing for kazoo where it is none of kazoo', () => {
    const own = fc.uniqueArray(
      fc.record({
        name: fc
          .tuple(fc.constantFrom('__lock__', '__rlock__'), fc.nat(9999))
          .map(([text, n]) => `${HEX32}${text}${sequenceSuffix(n)}`),
        stat: stat.map((each) => ({ ...each, ephemeralOwner: each.ephemeralOwner === 0n ? 9n : each.ephemeralOwner })),
        data: fc.constant(null),
      }),
      { selector: (each) => each.name, minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(own, fc.constantFrom('hello', '!first', 'config', '0000000000'), (line, foreign) => {
        const alone = recognise(layoutWith('/l', line), NO_EVIDENCE, NOW)
        const persistent = { name: foreign, stat: statWith(), data: null }
        const together = recognise(layoutWith('/l', [...line, persistent]), NO_EVIDENCE, NOW)
        expect(together).toEqual({ ...alone, foreign: [{ name: foreign, effect: 'ignored' }] })
      }),
    )
  })
})

/** Findings and foreign znodes have no order. */
function comparable(recipe: Recipe) {
  const sorted = <Item>(items: readonly Item[]) => items.map((item) => JSON.stringify(item)).sort()
  const { foreign, contenders, findings, ...rest } = recipe
  return {
    ...rest,
    foreign: sorted(foreign),
    contenders: contenders.map(({ session: owner, ...each }) => ({ ...each, session: String(owner) })),
    findings: sorted(findings.map(({ subjects, ...each }) => ({ ...each, subjects: [...subjects].sort() }))),
  }
}
