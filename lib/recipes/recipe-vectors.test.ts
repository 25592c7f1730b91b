import { describe, expect, it } from 'vitest'
import { accumulo } from './accumulo'
import { curatorLock } from './curator-lock'
import { curatorReadWriteLock } from './curator-read-write-lock'
import { curatorSemaphore } from './curator-semaphore'
import { findDeadlocks } from './deadlock'
import { type Evidence, NO_EVIDENCE } from './evidence'
import { goLock, recogniseSamuel } from './go-lock'
import { kazooLock } from './kazoo-lock'
import type { Layout, SeenChild } from './layout'
import { layoutFindings } from './layout-findings'
import { ephemeral, layoutWith } from './layout-fixture'
import { leaderElectionSupport } from './leader-election-support'
import { madelson } from './madelson'
import { npmZkLockOf } from './npm-zk-lock'
import type { Recipe } from './recipe'
import vectors from './recipe-vectors.json'
import { recognise } from './recognise'
import { rubyZk } from './ruby-zk'
import { cLock, javaWriteLock } from './zookeeper-lock'

const NOW = 1_800_000_000_000

type Recogniser = (layout: Layout, evidence: Evidence, now: number) => Recipe | null

/** The library whose view of the directory a vector is about. */
const LIBRARIES: Record<string, Recogniser> = {
  curatorMutex: curatorLock.recognise,
  curatorRW: curatorReadWriteLock.recognise,
  semV2: curatorSemaphore.recognise,
  kazoo: kazooLock.recognise,
  goLock: goLock.recognise,
  samuel: recogniseSamuel,
  javaWriteLock: javaWriteLock.recognise,
  cLock: cLock.recognise,
  election_n: leaderElectionSupport.recognise,
  ruby: rubyZk.recognise,
  madelson: madelson.recognise,
  accumulo: accumulo.recognise,
  zkLockNpm: npmZkLockOf(2).recognise,
}

/** What recognise() cannot be told: another library has the same names, or the number of holders is a setting. */
const NOT_TOLD_APART = new Set(['samuel', 'zkLockNpm'])

interface Expected {
  readonly holders?: readonly string[]
  readonly waiters?: readonly string[]
  readonly edges?: readonly (readonly string[])[]
  readonly error?: boolean
}

interface Vector {
  readonly id: string
  readonly fn?: string
  readonly base: string
  readonly children?: readonly string[]
  readonly locks?: unknown
  readonly leases?: readonly string[]
  readonly opt?: { readonly owners?: Readonly<Record<string, string>> }
  readonly watches?: Readonly<Record<string, readonly string[]>>
  readonly expect: Expected
  readonly override?: Expected
}

/** The vectors name a child of a semaphore without its directory. */
const bare = (name: string) => name.replace(/^(?:locks|leases)\//, '')

function shown(recipe: Recipe | null): Expected {
  if (recipe === null) throw new Error('nothing was recognised')
  const named = (state: string) =>
    recipe.contenders.filter((each) => each.state === state).map(({ name }) => bare(name))
  return {
    holders: named('holds'),
    waiters: named('waits'),
    edges: recipe.contenders.flatMap(({ name, waitsOn }) => waitsOn.map(({ on }) => [bare(name), bare(on)])),
  }
}

const sessionOf = (label: string | undefined) => (label === undefined ? 0n : BigInt(label.slice(1)))

function layoutOf({ base, fn, children = [], locks, leases, opt, id }: Vector): Layout {
  if (fn === 'semV2' && Array.isArray(locks) && leases !== undefined) {
    const owned = (names: readonly string[]) => names.map((name) => ephemeral(name, sessionOf(opt?.owners?.[name])))
    const near = new Map([
      ['locks', layoutWith(`${base}/locks`, owned(locks))],
      ['leases', layoutWith(`${base}/leases`, owned(leases))],
    ])
    return layoutWith(base, ['locks', 'leases'], { near })
  }
  // What they are told apart by: the data of the one, and of the others that they are ephemeral.
  const child = (name: string, index: number): SeenChild | string => {
    if (fn === 'zkLockNpm') return ephemeral(name, BigInt(index + 1), BigInt(index + 1), 'lock')
    return id.startsWith('T35') || id.startsWith('T36') ? ephemeral(name, BigInt(index + 1)) : name
  }
  return layoutWith(base, children.map(child))
}

function evidenceOf({ base, watches }: Vector): Evidence {
  if (watches === undefined) return NO_EVIDENCE
  const told = Object.entries(watches).map(([name, by]) => [`${base}/${name}`, new Set(by.map(sessionOf))] as const)
  return { ...NO_EVIDENCE, watches: new Map(told), watchesOfAll: true, quiet: true }
}

const ALL = vectors as readonly Vector[]

function vector(id: string): Vector {
  const found = ALL.find((each) => each.id.startsWith(id))
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}

describe.each(ALL.filter(({ id }) => !id.startsWith('T39')))('$id', (each) => {
  const { fn } = each
  const views: [string, Recogniser][] = []
  const library = fn === undefined ? undefined : LIBRARIES[fn]
  if (library !== undefined) views.push([`as ${fn} sees it`, library])
  if (fn === undefined || !NOT_TOLD_APART.has(fn)) views.push(['as it is recognised', recognise])

  it.each(views)('%s', (_whose, view) => {
    const layout = layoutOf(each)
    const recipe = view(layout, evidenceOf(each), NOW)
    if (each.expect.error !== true) {
      expect(shown(recipe)).toEqual(each.expect)
      return
    }
    if (recipe === null) throw new Error('nothing was recognised')
    const findings = [...recipe.findings, ...layoutFindings(recipe, layout)]
    expect(findings).toContainEqual(expect.objectContaining({ code: 'foreign-breaks', severity: 'danger' }))
    expect(recipe.contenders).not.toHaveLength(0)
    // Who made its znode while the other was there has failed.
    expect(shown(recipe)).toEqual({ holders: [], waiters: [], edges: [] })
  })
})

it('covers every library that a vector names', () => {
  const named = ALL.flatMap(({ fn }) => (fn === undefined ? [] : [fn]))
  expect(new Set(named)).toEqual(new Set(Object.keys(LIBRARIES)))
})

it('T14 as recognised: the lock of the newer library, with a word about the older one', () => {
  const recipe = recognise(layoutOf(vector('T14')), NO_EVIDENCE, NOW)
  expect(shown(recipe)).toEqual(vector('T13').expect)
  const possible = { code: 'foreign-breaks', certainty: 'possible', facts: { library: 'samuel/go-zookeeper' } }
  expect(recipe.findings).toContainEqual(expect.objectContaining(possible))
})

it('T39: a cycle of sessions across two locks, which is only possible', () => {
  const {
    base,
    locks,
    expect: expected,
  } = vector('T39') as Vector & {
    readonly locks: Readonly<Record<string, readonly (readonly [string, string])[]>>
    readonly expect: { readonly cycle: readonly string[] }
  }
  const found = Object.entries(locks).map(([name, owned]) => {
    const path = `${base}/${name}`
    const children = owned.map(([session, child], index) => ephemeral(child, sessionOf(session), BigInt(index + 1)))
    return { path, recipe: recognise(layoutWith(path, children), NO_EVIDENCE, NOW) }
  })
  const named = (state: string) =>
    found.flatMap(({ path, recipe }) =>
      recipe.contenders.filter((each) => each.state === state).map(({ session }) => `${path.at(-1)}:S${session}`),
    )
  expect({ holders: named('holds'), waiters: named('waits') }).toEqual({
    holders: expected.holders,
    waiters: expected.waiters,
  })
  const cycles = findDeadlocks(found).map(({ steps }) => steps.map(({ session }) => `S${session}`))
  expect(cycles).toEqual([expected.cycle])
})

describe('override: the truth where owners or watches are known', () => {
  const [write3, read3, write4, read5] = vector('T32').children ?? []
  const owned = (name: string | undefined, session: bigint, age: bigint) => ephemeral(name ?? '', session, age)
  const nested = layoutWith('/rw', [
    owned(read5, 4n, 8n),
    owned(read3, 1n, 6n),
    owned(write4, 3n, 7n),
    owned(write3, 1n, 5n),
  ])

  it('T32: a reader with the number and the session of the holding writer holds', () => {
    const { holders, waiters, edges } = shown(recognise(nested, NO_EVIDENCE, NOW))
    const truth = vector('T32').override
    expect({ holders, waiters }).toEqual({ holders: truth?.holders, waiters: truth?.waiters })
    for (const [index, [waiter, on]] of (edges ?? []).entries()) {
      const [who, either = ''] = truth?.edges?.[index] ?? []
      expect(waiter).toBe(who)
      expect(either.split(' | ')).toContain(on)
    }
    expect(edges).toHaveLength(2)
  })

  it.each([write3, read3])('T32: of two with one number the watch tells which one is waited for: %s', (watched) => {
    const watches = new Map([[`/rw/${watched}`, new Set([3n])]])
    const recipe = recognise(nested, { ...NO_EVIDENCE, watches }, NOW)
    expect(recipe.contenders.find(({ name }) => name === write4)?.waitsOn).toEqual([
      { on: watched, proof: 'confirmed' },
    ])
    expect(recipe.findings.map(({ code }) => code)).toEqual([])
  })

  it('T34: a reader behind a writer that provably watches nothing holds as well', () => {
    const [writer = '', reader = ''] = vector('T34').children ?? []
    const layout = layoutWith('/rw', [ephemeral(writer, 3n, 4n), ephemeral(reader, 1n, 5n)])
    const told: Evidence = { ...NO_EVIDENCE, watches: new Map(), watchesOfAll: true, quiet: true }
    const recipe = recognise(layout, told, NOW)
    expect(shown(recipe)).toEqual(vector('T34').override)
    expect(recipe.findings).toContainEqual(expect.objectContaining({ code: 'double-hold', certainty: 'possible' }))
    for (const unsure of [NO_EVIDENCE, { ...told, quiet: false }, { ...told, watchesOfAll: false }]) {
      expect(shown(recognise(layout, unsure, NOW))).toEqual(vector('T34').expect)
    }
  })

  it('T09: whether its session watches the reader tells a WriteLock from a Lock', () => {
    const [reader = '', lock = ''] = vector('T09').children ?? []
    const layout = layoutWith('/rw', [ephemeral(reader, 1n, 1n), ephemeral(lock, 2n, 2n)])
    const told: Evidence = { ...NO_EVIDENCE, watches: new Map(), watchesOfAll: true, quiet: true }
    expect(shown(recognise(layout, told, NOW))).toEqual(vector('T09').expect)
    const watching = { ...told, watches: new Map([[`/rw/${reader}`, new Set([2n])]]) }
    expect(recognise(layout, watching, NOW).contenders.at(-1)?.waitsOn).toEqual([{ on: reader, proof: 'confirmed' }])
    const unsure = recognise(layout, NO_EVIDENCE, NOW)
    expect(unsure.contenders.at(-1)?.waitsOn).toEqual([{ on: reader, proof: 'unknown' }])
    expect(unsure.unknowable).toContain('lock-or-write-lock')
  })
})
