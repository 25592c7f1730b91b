import { describe, expect, it } from 'vitest'
import { type Evidence, NO_EVIDENCE } from './evidence'
import type { SeenChild } from './layout'
import { layoutWith, ephemeral as owned, statWith } from './layout-fixture'
import { CHILDREN, type Recipe, SELF } from './recipe'
import { recognise } from './recognise'

const NOW = Date.parse('2026-11-22T07:00:00.000Z')
const bytes = (text: string) => new TextEncoder().encode(text)
const ephemeral = (name: string, session: bigint, known: { readonly data?: Uint8Array | null } = {}): SeenChild => ({
  ...owned(name, session),
  data: null,
  ...known,
})
const persistent = (name: string, { data = null }: { readonly data?: Uint8Array | null } = {}): SeenChild => ({
  name,
  stat: statWith({ dataLength: data?.length ?? 0 }),
  data,
})
const look = (path: string, children: SeenChild[], evidence: Evidence = NO_EVIDENCE) =>
  recognise(layoutWith(path, children), evidence, NOW)
const at = (recipe: Recipe, state: string) =>
  recipe.contenders.filter((each) => each.state === state).map(({ name }) => name)
const edges = ({ contenders }: Recipe) =>
  contenders.flatMap(({ name, waitsOn }) => waitsOn.map(({ on, proof }) => [name, on, proof]))
const watching = (watches: Record<string, bigint[]>): Evidence => ({
  ...NO_EVIDENCE,
  watches: new Map(Object.entries(watches).map(([path, sessions]) => [path, new Set(sessions)])),
  watchesOfAll: true,
})

describe('DistributedLock.ZooKeeper', () => {
  it('starts a rollover at the oldest znode where no gap tells', () => {
    const names = ['lock-2147483647', 'lock--2147483648', 'lock-0000000007']
    const [old, rolled, young] = names.map((name, index) => ephemeral(name, BigInt(index + 1)))
    const aged = [young, rolled, old].map((child, index) => ({
      ...(child as SeenChild),
      stat: { ...(child as SeenChild).stat, ctime: BigInt(30 - index * 10) } as SeenChild['stat'],
    }))
    expect(at(look('/l', aged), 'holds')).toEqual(['lock-2147483647'])
    expect(at(look('/l', aged), 'waits')).toEqual(['lock--2147483648', 'lock-0000000007'])
  })

  it('counts those of a semaphore who wrote that they are in', () => {
    const children = [0, 1, 2, 3].map((number) =>
      ephemeral(`semaphore-000000000${number}`, BigInt(number + 1), { data: number < 2 ? bytes('ACQUIRED') : null }),
    )
    const recipe = look('/sem', children.reverse())
    expect(recipe).toMatchObject({ kind: 'semaphore', permits: 2 })
    expect(at(recipe, 'holds')).toEqual(['semaphore-0000000000', 'semaphore-0000000001'])
    expect(edges(recipe)).toEqual([
      ['semaphore-0000000002', CHILDREN, 'unknown'],
      ['semaphore-0000000003', 'semaphore-0000000002', 'unknown'],
    ])
  })

  it('does not see what has another name, and is not taken for it where that is the most', () => {
    const lock = ephemeral('lock-0000000001', 1n)
    expect(look('/l', [lock, persistent('note')])).toMatchObject({
      kind: 'mutex',
      foreign: [{ name: 'note', effect: 'ignored' }],
    })
    expect(look('/l', [lock, persistent('a'), persistent('b')]).library).not.toContain('DistributedLock')
  })

  it('is not taken for npm zk-lock, which writes "lock"', () => {
    const names = ['lock-0000000000', 'lock-0000000001']
    expect(
      look(
        '/locks/k',
        names.map((name) => ephemeral(name, 1n)),
      ).library,
    ).toContain('DistributedLock.ZooKeeper')
    const written = names.map((name) => ephemeral(name, 1n, { data: bytes('lock') }))
    expect(look('/locks/k', written)).toMatchObject({ library: 'zk-lock (npm)', permits: null })
  })
})

describe('zk of Ruby', () => {
  const children = [1n, 2n, 3n, 4n].map((session) => ephemeral(`sem000000000${session}`, session))

  it('says no more of a semaphore than that the first is in', () => {
    const recipe = look('/_zksemaphore/s', children)
    expect(at(recipe, 'holds')).toEqual(['sem0000000001'])
    expect(at(recipe, 'present')).toHaveLength(3)
    expect(recipe).toMatchObject({ permits: null, unknowable: ['max-leases'] })
  })

  it('learns the size from the watches of the first waiter', () => {
    const evidence = watching({ '/_zksemaphore/s/sem0000000001': [3n], '/_zksemaphore/s/sem0000000002': [3n, 4n] })
    const recipe = look('/_zksemaphore/s', children, evidence)
    expect(recipe.permits).toBe(2)
    expect(edges(recipe).filter(([name]) => name === 'sem0000000003')).toEqual([
      ['sem0000000003', 'sem0000000001', 'confirmed'],
      ['sem0000000003', 'sem0000000002', 'confirmed'],
    ])
  })

  it('elects by ballots beside the acknowledgement of the leader', () => {
    const recipe = look('/_zkelection/e', [
      ephemeral('leader_ack', 1n),
      ephemeral('ballot0000000002', 2n),
      ephemeral('ballot0000000001', 1n),
    ])
    expect(recipe).toMatchObject({ kind: 'election', foreign: [{ name: 'leader_ack', effect: 'ignored' }] })
    expect(at(recipe, 'holds')).toEqual(['ballot0000000001'])
  })
})

describe('locks of other libraries', () => {
  it('has a queue for each name in the one directory of Perl', () => {
    const names = ['b-0000000003', 'a-0000000002', 'b-0000000001', 'a-0000000004']
    const recipe = look(
      '/lock',
      names.map((name, index) => ephemeral(name, BigInt(index + 1), { data: bytes('0') })),
    )
    expect(recipe).toMatchObject({ library: 'Net::ZooKeeper::Lock (Perl)', permits: 2 })
    expect(at(recipe, 'holds')).toEqual(['a-0000000002', 'b-0000000001'])
    expect(edges(recipe).map((edge) => edge.slice(0, 2))).toEqual([
      ['a-0000000004', 'a-0000000002'],
      ['b-0000000003', 'b-0000000001'],
    ])
  })

  it('takes the waiters of Hive for what they are: about to go', () => {
    const data = bytes('hive_2026:1700000000000:IMPLICIT:select 1:10.0.0.7')
    const names = [
      'LOCK-SHARED-0000000000',
      'LOCK-SEMI_SHARED-0000000001',
      'LOCK-SEMI_SHARED-0000000002',
      'LOCK-SHARED-0000000003',
      'LOCK-EXCLUSIVE-0000000004',
      'LOCK-SHARED-0000000005',
    ]
    const recipe = look(
      '/hive/db/t',
      names.map((name) => ephemeral(name, 1n, { data })),
    )
    expect(at(recipe, 'holds')).toEqual([
      'LOCK-SHARED-0000000000',
      'LOCK-SEMI_SHARED-0000000001',
      'LOCK-SHARED-0000000003',
    ])
    expect(at(recipe, 'present')).toHaveLength(3)
    expect(recipe.contenders[0]?.claims).toBe('10.0.0.7 hive_2026')
    const second = look('/hive/db/t', [
      ephemeral('LOCK-SHARED-0000000000', 1n),
      ephemeral('LOCK-EXCLUSIVE-0000000001', 2n),
    ])
    expect(at(second, 'holds')).toEqual(['LOCK-SHARED-0000000000'])
  })

  it('draws an edge of Solr only where it is known', () => {
    const children = ['R_0000000000', 'R_0000000001', 'W_0000000002', 'R_0000000003'].map((name, index) =>
      ephemeral(name, BigInt(index + 1)),
    )
    const blind = look('/locks/c', children)
    expect(at(blind, 'holds')).toEqual(['R_0000000000', 'R_0000000001'])
    expect(edges(blind)).toEqual([['R_0000000003', 'W_0000000002', 'unknown']])
    const told = look('/locks/c', children, watching({ '/locks/c/R_0000000001': [3n], '/locks/c/W_0000000002': [4n] }))
    expect(edges(told)).toEqual([
      ['W_0000000002', 'R_0000000001', 'confirmed'],
      ['R_0000000003', 'W_0000000002', 'confirmed'],
    ])
    expect(look('/locks/c', [...children, persistent('note')]).foreign).toEqual([{ name: 'note', effect: 'breaks' }])
  })

  it('orders the candidates of Solr by number and then by name', () => {
    const names = [
      '72057594037927937-b:8983_solr-n_0000000002',
      '72057594037927938-c:8983_solr-n_0000000001',
      '72057594037927936-a:8983_solr-n_0000000002',
    ]
    const recipe = look(
      '/overseer_elect/election',
      names.map((name) => ephemeral(name, 1n)),
    )
    expect(recipe.contenders.map(({ claims }) => claims)).toEqual(['c:8983_solr', 'a:8983_solr', 'b:8983_solr'])
    expect(recipe.application).toBe('Solr: election of the overseer')
  })

  it('reads the address that a service of Accumulo gives', () => {
    const data = bytes('{"descriptors":[{"uuid":"x","service":"TSERV","address":"h1:9997","group":"default"}]}')
    const name = 'zlock#aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa#0000000001'
    expect(look('/accumulo/i/managers/lock', [ephemeral(name, 1n, { data })]).contenders[0]).toMatchObject({
      state: 'holds',
      claims: 'h1:9997',
    })
  })

  it('knows the locks of Rust', () => {
    const uuid = '0d2f6a1e-1111-4222-8333-444455556666'
    expect(look('/r', [ephemeral(`${uuid}_0000000004`, 1n)]).library).toContain('zookeeper-async')
    const latch = look('/r', [
      ephemeral('latch-b-0000000002', 1n),
      ephemeral('latch-a-0000000003', 2n),
      persistent('latch-x'),
    ])
    expect(at(latch, 'holds')).toEqual(['latch-b-0000000002'])
    expect(look('/r', [ephemeral('n-0000000002', 1n), ephemeral('n-0000000001', 2n)])).toMatchObject({
      kind: 'mutex',
      library: 'zookeeper-client (Rust) LockClient',
    })
  })
})

describe('locks that end at a time', () => {
  const shed = (data: Uint8Array | null) =>
    look('/shedlock', [persistent('job', { data }), persistent('used', { data: bytes('2026-11-22T06:00:00.000Z') })])

  it('holds the lock of ShedLock until its time', () => {
    expect(at(shed(bytes('2026-11-22T07:00:00.001Z')), 'holds')).toEqual(['job'])
    expect(at(shed(bytes('2026-11-22T07:00:00.000Z')), 'present')).toContain('job')
  })

  it('is locked for ever when ShedLock cannot read it', () => {
    const recipe = shed(bytes('soon'))
    expect(at(recipe, 'holds')).toEqual(['job'])
    expect(recipe.findings).toMatchObject([{ code: 'locked-for-ever', subjects: ['job'] }])
  })

  it('reads the lock of Helix itself', () => {
    const record = (timeout: string) =>
      bytes(`{"id":"LOCK","simpleFields":{"OWNER":"me","TIMEOUT":"${timeout}"},"listFields":{},"mapFields":{}}`)
    const at = (timeout: string) =>
      recognise(layoutWith('/cl/LOCK/RESOURCE/db', [], { data: record(timeout) }), NO_EVIDENCE, NOW)
    expect(at(String(NOW + 1)).contenders).toMatchObject([{ name: SELF, state: 'holds', claims: 'me' }])
    expect(at(String(NOW)).contenders).toMatchObject([{ state: 'present' }])
    expect(at('soon').kind).not.toBe('timed-lock')
  })
})
