import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evidence, NO_EVIDENCE } from './evidence'
import type { Layout, SeenChild } from './layout'
import { statWith } from './layout-fixture'
import { nearPaths } from './near-paths'
import { CHILDREN, SELF, WATCHER } from './recipe'
import { recognise } from './recognise'

const DIGITS = fc
  .integer({ min: -2_147_483_648, max: 2_147_483_647 })
  .map((number) => (number < 0 ? `-${String(-number).padStart(9, '0')}` : String(number).padStart(10, '0')))
const UUID = '0d2f6a1e-1111-4222-8333-444455556666'
const HEX = UUID.replaceAll('-', '')
const PREFIXES = [
  'lock-',
  'read-',
  'write-',
  'semaphore-',
  'ex',
  'sh',
  'sem',
  'ballot',
  'queue-',
  'queue-|a|',
  'queue-|18BCFE56800|',
  'qn-',
  'entry-100-',
  'R_',
  'W_',
  'V_',
  'urL',
  'n_',
  'n-',
  'x-',
  'latch-a-',
  'LOCK-SHARED-',
  'LOCK-EXCLUSIVE-',
  'json.info_',
  'info_',
  'leader_election-',
  'config_change_',
  'message',
  'element',
  'id-',
  `zlock#${UUID}#`,
  `${UUID}_`,
  `_c_${UUID}-lock-`,
  `_c_${UUID}-__READ__`,
  `_c_${UUID}-__WRIT__`,
  `_c_${HEX}-lock-`,
  `${HEX}__lock__`,
  `${HEX}__rlock__`,
  '7-h:1_solr-n_',
]
const PLAIN = [
  'ready',
  'touch',
  'leader',
  'lock',
  'locks',
  'leases',
  'entries',
  'taken',
  'party',
  'workers',
  'assign',
  'tasks',
  'lease_holder',
  'leader_ack',
  'leader_election-0',
  UUID,
  HEX,
  `${HEX}__party__`,
  `${HEX}-host`,
  `queue-${UUID}`,
  'dubbo%3A%2F%2Fh%2Fi',
  'ActiveStandbyElectorLock',
  'ActiveBreadCrumb',
  SELF,
  'session:0x1',
  '__proto__',
]
const name = fc.oneof(
  fc.tuple(fc.constantFrom(...PREFIXES), DIGITS).map((parts) => parts.join('')),
  fc.constantFrom(...PLAIN),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll('/', '_')),
)
const data = fc.option(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom(
        '0',
        'lock',
        'ACQUIRED',
        '{"id":"LOCK","simpleFields":{}}',
        '2026-11-22T07:00:00.000Z',
        '{"name":"a","id":"","address":"h","serviceType":"S"}',
      )
      .map((text) => new TextEncoder().encode(text)),
  ),
)
const stat = fc.option(
  fc
    .record({
      ephemeralOwner: fc.constantFrom(0n, 1n, 2n, -3n),
      czxid: fc.bigInt({ min: 1n, max: 9n }),
      dataLength: fc.nat(3),
      version: fc.nat(3),
      cversion: fc.nat(9),
      numChildren: fc.nat(9),
    })
    .map((known) => statWith(known)),
)
const anything = fc.uniqueArray(fc.record({ name, stat, data }), { maxLength: 12, selector: (child) => child.name })
const owner = fc.constantFrom(1n, 2n, -3n)
/** One or two kinds of names, as a directory has them, and all with an owner: by chance alone few would be recognised. */
const ofOneKind = fc
  .tuple(fc.subarray([...PREFIXES, ...PLAIN], { minLength: 1, maxLength: 2 }), fc.uniqueArray(DIGITS, { maxLength: 6 }))
  .chain(([kinds, digits]) => {
    const names = kinds.flatMap((kind) => (PREFIXES.includes(kind) ? digits.map((each) => kind + each) : [kind]))
    const child = (each: string) =>
      fc.record({ name: fc.constant(each), stat: owner.map((ephemeralOwner) => statWith({ ephemeralOwner })), data })
    return fc.tuple(...names.map(child))
  })
const children: fc.Arbitrary<SeenChild[]> = fc.oneof(anything, ofOneKind)
const PATHS = [
  '/',
  '/a',
  '/locks/key',
  '/lock',
  '/shedlock',
  '/shedlock/job',
  '/app/barrier',
  '/app/leader',
  '/app/counter',
  '/_zklocking/a',
  '/ids',
  '/app/heartbeats',
  '/controller',
  '/brokers/ids',
  '/hadoop-ha/ns',
  '/hbase/master',
  '/mesos',
  '/ledgers/underreplication/locks',
  '/dubbo/a/providers',
  '/c/LOCK/RESOURCE/a',
  '/config/changes',
  '/locks',
]

const layout: fc.Arbitrary<Layout> = fc
  .tuple(fc.constantFrom(...PATHS), stat, data, children, children, children)
  .map(([path, ownStat, ownData, own, first, second]) => {
    const near = nearPaths({ path, names: own.map((child) => child.name) }).map((relative, index): [string, Layout] => {
      const directory = { path: `${path}/${relative}`, stat: null, data: null, near: new Map() }
      return [relative, { ...directory, children: index % 2 === 0 ? first : second }]
    })
    return { path, stat: ownStat, data: ownData, children: own, near: new Map(near) }
  })

const evidence: fc.Arbitrary<Evidence> = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...PATHS), name, fc.constantFrom(1n, 2n, -3n, 4n))), fc.boolean())
  .map(([watches, told]) => {
    if (!told) return NO_EVIDENCE
    const byPath = new Map<string, Set<bigint>>()
    for (const [path, child, session] of watches) {
      for (const at of [path, `${path === '/' ? '' : path}/${child}`])
        byPath.set(at, (byPath.get(at) ?? new Set()).add(session))
    }
    return { ...NO_EVIDENCE, watches: byPath, watchesOfAll: true }
  })

describe('whatever is in a directory', () => {
  it('throws nothing, and names every child once as contender or foreign', () => {
    fc.assert(
      fc.property(layout, evidence, fc.constantFrom(0, 1_800_000_000_000), (directory, known, now) => {
        const recipe = recognise(directory, known, now)
        const names = recipe.contenders.map((contender) => contender.name)
        const all = [...names, ...recipe.foreign.map((foreign) => foreign.name)]
        expect(new Set(all).size).toBe(all.length)
        // Spread over several directories, or one znode, or nothing: else whatever is here has its place.
        if (recipe.kind !== 'none' && !names.some((each) => each.includes('/') || each === SELF)) {
          for (const child of directory.children)
            if (names.length > 0 && directory.near.size === 0) expect(all).toContain(child.name)
        }
        if (recipe.kind === 'none') expect(names).toEqual([])
      }),
      { numRuns: 2000 },
    )
  }, 60_000)

  it('lets holders wait for nobody, and lets everybody wait for somebody else who is here', () => {
    fc.assert(
      fc.property(layout, evidence, (directory, known) => {
        const recipe = recognise(directory, known, 0)
        const here = new Set([
          CHILDREN,
          'ready',
          ...recipe.contenders.map((each) => each.name),
          ...recipe.foreign.map((each) => each.name),
        ])
        for (const { name: self, state, waitsOn } of recipe.contenders) {
          if (state === 'holds') expect(waitsOn).toEqual([])
          for (const { on } of waitsOn) {
            expect(here.has(on)).toBe(true)
            if (!self.startsWith(WATCHER)) expect(on).not.toBe(self)
          }
        }
      }),
      { numRuns: 2000 },
    )
  }, 60_000)

  it('does not depend on the order in which the server lists the children', () => {
    fc.assert(
      fc.property(layout, evidence, (directory, known) => {
        // Where two are the same to a library, age decides; without it nothing does.
        const aged = directory.children.map((child, index) => ({
          ...child,
          stat: child.stat && { ...child.stat, czxid: BigInt(index) },
        }))
        const there = recognise({ ...directory, children: aged }, known, 0)
        const back = recognise({ ...directory, children: aged.toReversed() }, known, 0)
        expect(back.kind).toBe(there.kind)
        expect(back.library).toBe(there.library)
        const held = (recipe: typeof there) =>
          recipe.contenders
            .filter(({ state }) => state === 'holds')
            .map((each) => each.name)
            .sort()
        expect(held(back)).toEqual(held(there))
      }),
      { numRuns: 1000 },
    )
  }, 60_000)
})
