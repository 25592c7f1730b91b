import { describe, expect, it } from 'vitest'
import { type Evidence, NO_EVIDENCE } from './evidence'
import type { Layout, SeenChild } from './layout'
import { ephemeral, layoutWith, statWith } from './layout-fixture'
import { SELF } from './recipe'
import { recognise } from './recognise'

const NOW = 1_800_000_000_000
const UUIDS = ['0d2f6a1e-1111-4222-8333-444455556666', '1d2f6a1e-1111-4222-8333-444455556666']
const HEX = ['0d2f6a1e111142228333444455556666', '1d2f6a1e111142228333444455556666']
const bytes = (text: string) => new TextEncoder().encode(text)
const plain = (name: string, data: Uint8Array | null = null, known = {}): SeenChild => ({
  name,
  stat: statWith(known),
  data,
})
const look = (path: string, children: SeenChild[], known: Partial<Layout> = {}, evidence: Evidence = NO_EVIDENCE) =>
  recognise(layoutWith(path, children, known), evidence, NOW)
const watching = (path: string, ...sessions: bigint[]): Evidence => ({
  ...NO_EVIDENCE,
  watches: new Map([[path, new Set(sessions)]]),
})

describe('barriers', () => {
  it('lets the members of a double barrier in when it is ready', () => {
    const members = UUIDS.map((name, index) => ephemeral(name, BigInt(index + 1)))
    expect(look('/b', [...members, plain('ready')])).toMatchObject({
      kind: 'double-barrier',
      library: 'Curator DistributedDoubleBarrier',
      contenders: [
        { state: 'holds', waitsOn: [] },
        { state: 'holds', waitsOn: [] },
      ],
      unknowable: ['member-quantity'],
    })
    expect(look('/start-barrier', members, {}, watching('/start-barrier/ready', 1n)).contenders).toMatchObject([
      { state: 'waits', waitsOn: [{ on: 'ready', proof: 'confirmed' }] },
      { state: 'waits', waitsOn: [{ on: 'ready', proof: 'unknown' }] },
    ])
    expect(look('/b', [...HEX.map((name) => ephemeral(name, 1n)), plain('ready')]).library).toBe('kazoo DoubleBarrier')
  })

  it('shows who waits at a barrier, by their watches', () => {
    const recipe = look('/jobs/barrier', [], { stat: statWith() }, watching('/jobs/barrier', 0x1000an))
    expect(recipe).toMatchObject({ kind: 'barrier', unknowable: ['owner', 'waits-or-looks'] })
    expect(recipe.contenders).toMatchObject([
      { name: SELF, state: 'holds' },
      { name: 'session:0x1000a', state: 'waits', waitsOn: [{ on: SELF, proof: 'confirmed' }] },
    ])
  })
})

describe('locks of one znode', () => {
  it('is the znode itself, or the only child of a directory', () => {
    const stat = statWith({ ephemeralOwner: 9n })
    expect(look('/app/leader', [], { stat, data: bytes('h1') }, watching('/app/leader', 9n, 8n))).toMatchObject({
      kind: 'election',
      contenders: [
        { name: SELF, state: 'holds', session: 9n, claims: 'h1' },
        { name: 'session:0x8', state: 'waits' },
      ],
    })
    expect(
      look('/app', [ephemeral('job-lock', 9n)], { stat: statWith() }, watching('/app/job-lock', 8n)),
    ).toMatchObject({
      kind: 'single-lock',
      contenders: [{ name: 'job-lock' }, { name: 'session:0x8', waitsOn: [{ on: 'job-lock' }] }],
    })
  })

  it('never counts Zoolens among those who wait', () => {
    const evidence = { ...watching('/app/leader', 8n), own: new Set([8n]) }
    expect(look('/app/leader', [], { stat: statWith({ ephemeralOwner: 9n }) }, evidence).contenders).toHaveLength(1)
  })

  it('knows the token of symfony', () => {
    const stat = statWith({ ephemeralOwner: 9n })
    expect(look('/invoice', [], { stat, data: bytes(`${'A'.repeat(43)}=`) })).toMatchObject({
      kind: 'single-lock',
      library: 'symfony/lock (PHP) ZookeeperStore',
      contenders: [{ claims: null }],
    })
    expect(look('/invoice', [], { stat, data: bytes('h1') }).kind).toBe('none')
  })

  it('has a lock for each ephemeral in a directory of locks', () => {
    expect(look('/app/locks', [ephemeral('a', 1n), ephemeral('b', 2n)])).toMatchObject({
      kind: 'item-locks',
      permits: 2,
    })
  })
})

describe('counters', () => {
  const read = (path: string, data: Uint8Array) => look(path, [], { stat: statWith(), data })

  it.each([
    [[0, 0, 1, 0], '256', 'Curator SharedCount'],
    [[255, 255, 255, 255], '-1', 'Curator SharedCount'],
    [[0, 32, 0, 0, 0, 0, 0, 1], '9007199254740993', 'Curator DistributedAtomicLong'],
  ])('reads %j', (data, value, library) => {
    expect(read('/n', Uint8Array.from(data))).toMatchObject({ kind: 'counter', library, payload: [['value', value]] })
  })

  it('reads the text of kazoo only where the znode is called a counter', () => {
    expect(read('/jobs/counter', bytes('12'))).toMatchObject({
      kind: 'counter',
      library: 'kazoo Counter',
      payload: [['value', '12']],
    })
    expect(read('/jobs/port', bytes('2181')).kind).toBe('none')
    expect(read('/jobs/account', bytes('2181')).kind).toBe('none')
    expect(read('/jobs/mode', bytes('true')).kind).toBe('none')
  })
})

describe('members and services', () => {
  it('takes ephemerals without numbers for members', () => {
    const recipe = look('/app/workers', [ephemeral('h1', 1n, 1n, 'h1:80'), ephemeral('h2', 2n)])
    expect(recipe).toMatchObject({
      kind: 'membership',
      contenders: [{ name: 'h1', state: 'present', claims: 'h1:80' }, { name: 'h2' }],
    })
  })

  it('knows the parties of kazoo', () => {
    expect(
      look(
        '/p',
        HEX.map((name) => ephemeral(`${name}__party__`, 1n)),
      ).library,
    ).toBe('kazoo Party')
    expect(look('/p', [ephemeral(`${HEX[0]}-host-1`, 1n)])).toMatchObject({
      library: 'kazoo ShallowParty',
      contenders: [{ claims: 'host-1' }],
    })
  })

  it('reads the instances of service discovery, persistent ones too', () => {
    const json = (id: string) =>
      bytes(
        `{"name":"api","id":"${id}","address":"10.0.0.1","port":8080,"sslPort":null,"payload":null,"registrationTimeUTC":1,"serviceType":"DYNAMIC","uriSpec":null}`,
      )
    const recipe = look('/services/api', [{ ...ephemeral('i1', 1n), data: json('i1') }, plain('i2', json('i2'))])
    expect(recipe).toMatchObject({
      kind: 'service-discovery',
      library: 'Curator ServiceDiscovery',
      contenders: [{ claims: '10.0.0.1:8080' }, { claims: '10.0.0.1:8080' }],
    })
    expect(look('/services/api', [plain('i1', json('other'))]).kind).toBe('none')
  })

  it('decodes the registry of Dubbo', () => {
    const name = encodeURIComponent('dubbo://10.0.0.1:20880/com.acme.Api?side=provider')
    expect(look('/dubbo/com.acme.Api/providers', [ephemeral(name, 1n)])).toMatchObject({
      kind: 'service-discovery',
      library: 'Dubbo',
      application: 'Dubbo: providers of com.acme.Api',
      contenders: [{ claims: 'dubbo://10.0.0.1:20880/com.acme.Api' }],
    })
  })

  it('knows the TTL znode of Curator, heartbeats, ids and assignments', () => {
    expect(look('/n', [plain('touch')], { stat: statWith() }).library).toBe('Curator PersistentTtlNode')
    expect(look('/app/heartbeats', [plain('h1', null, { version: 70 })]).kind).toBe('membership')
    expect(look('/app/heartbeats', [plain('h1', null, { version: 0 })]).kind).toBe('none')
    const ids = look('/app/order-ids', [plain('id-0000000004')], { stat: statWith({ cversion: 9, numChildren: 1 }) })
    expect(ids).toMatchObject({ kind: 'id-generator', payload: [['next', '5']] })
    const party = layoutWith('/s/party', [ephemeral(`${HEX[0]}-host`, 3n)])
    const parts = look('/s', [plain('party'), plain('locks')], {
      near: new Map([
        ['party', party],
        ['locks', layoutWith('/s/locks', ['a'])],
      ]),
    })
    expect(parts).toMatchObject({
      kind: 'assignment',
      contenders: [{ name: `party/${HEX[0]}-host`, claims: 'host' }],
      payload: [['part', 'a']],
    })
    const near = new Map([
      ['workers', layoutWith('/m/workers', [ephemeral('w1', 3n)])],
      ['assign', layoutWith('/m/assign', [plain('w1', null, { numChildren: 4 })])],
    ])
    expect(
      look(
        '/m',
        ['workers', 'assign', 'tasks'].map((name) => plain(name)),
        { near },
      ),
    ).toMatchObject({ kind: 'assignment', payload: [['w1', '4']] })
  })
})

describe('what coordinates nothing', () => {
  const folders: [string, string[]][] = [
    ['/', ['zookeeper', 'app', 'locks', 'config']],
    ['/config', ['db.properties', 'app.yaml', 'leader', 'lock', 'master']],
    ['/config/topics', ['payments', 'orders']],
    ['/releases', ['1.2.0', '1.2.1', '20240101120000', '0000000001']],
    ['/users', ['alice', 'bob', UUIDS[0] ?? '', HEX[0] ?? '']],
    ['/ids', ['alice', 'bob']],
    ['/app', ['queue', 'queue-1', 'lock-a', 'read-me', 'ex1']],
    ['/locks', ['a', 'b']],
    ['/services/api', ['settings', 'ready', 'touch']],
    ['/m', ['workers', 'assign', 'tasks']],
    ['/q', ['entries', 'taken']],
    ['/empty', []],
  ]

  it.each(folders)('says so of the plain znodes of %s', (path, names) => {
    const children = names.map((name) => plain(name, bytes('x')))
    expect(look(path, children, { stat: statWith(), data: bytes('some: text') })).toMatchObject({
      kind: 'none',
      contenders: [],
    })
  })

  it.each(['text', 'true', '1234', '8080', '12345678', '{"a":1}', '<a/>', '2026-11-22T07:00:00.000Z'])(
    'says so of a znode with the data %s',
    (data) => {
      expect(look('/app/setting', [], { stat: statWith(), data: bytes(data) }).kind).toBe('none')
    },
  )

  it('does not take an ephemeral for a lock because somebody watches it', () => {
    expect(
      look('/brokers/ids/1', [], { stat: statWith({ ephemeralOwner: 1n }) }, watching('/brokers/ids/1', 2n, 3n)).kind,
    ).toBe('none')
    expect(look('/app/block', [], { stat: statWith({ ephemeralOwner: 1n }) }).kind).toBe('none')
  })
})
