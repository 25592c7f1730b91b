import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applicationPathOf } from './application-paths'
import { applicationPayloadOf } from './application-payload'
import { labelOf } from './applications'
import { textProtobufOf } from './bookkeeper-payload'
import { NO_EVIDENCE } from './evidence'
import { activeNodeInfoOf } from './hadoop-payload'
import { hbasePayloadOf } from './hbase-payload'
import { jsonMembersOf } from './json-members'
import { ephemeral, layoutWith, statWith } from './layout-fixture'
import { protobufFieldsOf } from './protobuf-fields'
import { recognise } from './recognise'

const bytes = (text: string) => new TextEncoder().encode(text)
const field = (number: number, text: string) => [number * 8 + 2, text.length, ...bytes(text)]
/** nn1 of nameservice "ns" at host "h1", port 8020, failover controller at 8019. */
const ACTIVE = Uint8Array.of(
  ...field(1, 'ns'),
  ...field(2, 'nn1'),
  ...field(3, 'h1'),
  4 * 8,
  0xd4,
  0x3e,
  5 * 8,
  0xd3,
  0x3e,
)
/** A master of HBase: magic, length of the id and its salt, "PBUF", Master { master { host, port, start code }, rpc version }. */
const SERVER = [...field(1, 'h1'), 2 * 8, 0x80, 0x7d, 3 * 8, 1]
const MASTER = Uint8Array.of(
  0xff,
  0,
  0,
  0,
  16,
  ...bytes('master:1'),
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  ...bytes('PBUF'),
  10,
  SERVER.length,
  ...SERVER,
  2 * 8,
  0,
)

describe('labels', () => {
  it.each([
    ['/controller', 'Kafka: the controller'],
    ['/kafka-prod/controller', 'Kafka: the controller'],
    ['/prod/brokers/topics/payments/partitions/3/state', 'Kafka: topic payments, partition 3'],
    ['/hadoop-ha/ns1/ActiveStandbyElectorLock', 'HDFS: active NameNode of ns1'],
    ['/hbase-unsecure/rs/h1,16020,1', 'HBase: region server h1,16020,1'],
    ['/service/pg/leader', 'Patroni: leader of pg'],
    ['/service/pg/history', 'Patroni: history of pg'],
    ['/storm/assignments', 'Storm: assignments'],
    ['/c1/LOCK/RESOURCE/db', 'Helix: lock db (RESOURCE) of c1'],
    ['/nifi/leaders/Primary Node', 'NiFi: primary node'],
    ['/ledgers/available/readonly', 'BookKeeper: bookies that only read'],
    ['/zookeeper/config', 'ZooKeeper: servers of the ensemble'],
  ])('knows %s', (path, label) => {
    expect(labelOf(path)).toBe(label)
  })

  it.each([
    '/',
    '/a',
    '/app/controller',
    '/app/master',
    '/config',
    '/service',
    '/service/pg/secret',
    '/app/leader',
    '/storm',
    '/x/y/LOCK/OTHER/z',
  ])('knows nothing of %s', (path) => {
    expect(labelOf(path)).toBeNull()
  })

  it('puts names into labels as they are', () => {
    expect(labelOf("/brokers/topics/$1$&$'")).toBe("Kafka: topic $1$&$'")
  })
})

describe('payloads', () => {
  it('reads the JSON of Kafka without losing a digit', () => {
    const controller = bytes(
      '{"version":2,"brokerid":1,"timestamp":"1700000000000","kraftControllerEpoch":-1,"id":9007199254740993}',
    )
    expect(applicationPayloadOf('/controller', controller)).toEqual([
      ['version', '2'],
      ['brokerid', '1'],
      ['timestamp', '1700000000000'],
      ['kraftControllerEpoch', '-1'],
      ['id', '9007199254740993'],
    ])
    expect(applicationPayloadOf('/controller_epoch', bytes('42'))).toEqual([['value', '42']])
    expect(applicationPayloadOf('/app/controller', controller)).toEqual([])
  })

  it('reads who is active in HDFS, and nothing that is cut', () => {
    const read = [
      ['nameserviceId', 'ns'],
      ['namenodeId', 'nn1'],
      ['hostname', 'h1'],
      ['port', '8020'],
      ['zkfcPort', '8019'],
    ]
    expect(activeNodeInfoOf(ACTIVE)).toEqual(read)
    for (let length = 0; length < ACTIVE.length; length++) {
      const cut = activeNodeInfoOf(ACTIVE.subarray(0, length))
      // What ends after the fourth field is a message too.
      expect(cut === null || length === ACTIVE.length - 3).toBe(true)
    }
  })

  it('reads the envelope of HBase', () => {
    expect(hbasePayloadOf(MASTER)).toEqual([
      ['written by', 'master:1'],
      ['server', 'h1,16000,1'],
    ])
    expect(applicationPayloadOf('/hbase/master', MASTER)).toHaveLength(2)
    expect(hbasePayloadOf(MASTER.subarray(1))).toBeNull()
    expect(hbasePayloadOf(Uint8Array.of(0xff, 0x7f, 0xff, 0xff, 0xff))).toBeNull()
  })

  it('reads the text of BookKeeper, and nothing else', () => {
    expect(textProtobufOf(bytes('bookieId: "10.0.0.1:3181"\n'))).toEqual([['bookieId', '10.0.0.1:3181']])
    expect(textProtobufOf(bytes('4\nbookieHost: "h1:3181"\njournalDir: "/j"\n'))).toHaveLength(3)
    expect(textProtobufOf(bytes('just text'))).toBeNull()
  })

  it('reads the records of Helix and the URLs of Dubbo', () => {
    const record = bytes(
      '{"id":"h1_1","simpleFields":{"SESSION_ID":"10000a","LIVE_INSTANCE":"7@h1"},"listFields":{"a":[]},"mapFields":{}}',
    )
    expect(applicationPayloadOf('/c1/LIVEINSTANCES/h1_1', record)).toEqual([
      ['id', 'h1_1'],
      ['SESSION_ID', '10000a'],
      ['LIVE_INSTANCE', '7@h1'],
      ['listFields', '1'],
    ])
    const name = encodeURIComponent('dubbo://h1:20880/a.B?side=provider&pid=1')
    expect(applicationPayloadOf(`/dubbo/a.B/providers/${name}`, null)).toEqual([
      ['url', 'dubbo://h1:20880/a.B'],
      ['side', 'provider'],
      ['pid', '1'],
    ])
  })
})

describe('recipes of applications', () => {
  const elector = (children: Parameters<typeof layoutWith>[1]) =>
    recognise(layoutWith('/hadoop-ha/ns', children), NO_EVIDENCE, 0)
  const lock = { ...ephemeral('ActiveStandbyElectorLock', 1n), data: ACTIVE }
  const crumb = (data: Uint8Array | null) => ({ name: 'ActiveBreadCrumb', stat: statWith(), data })

  it('tells a former active that was not fenced', () => {
    expect(elector([lock, crumb(ACTIVE)])).toMatchObject({
      kind: 'election',
      application: 'HDFS: active NameNode of ns',
      contenders: [{ claims: 'h1:8020' }],
      findings: [],
    })
    expect(elector([crumb(ACTIVE)])).toMatchObject({
      contenders: [],
      findings: [{ code: 'unfenced', facts: { lock: 'missing' } }],
    })
    expect(elector([lock, crumb(bytes('other'))]).findings).toMatchObject([
      { code: 'unfenced', facts: { lock: 'another' } },
    ])
    expect(elector([lock, crumb(null)]).findings).toEqual([])
  })

  it('knows the elections of Mesos, BookKeeper and old ClickHouse', () => {
    const masters = recognise(
      layoutWith('/mesos', [
        ephemeral('json.info_0000000009', 2n),
        ephemeral('json.info_0000000002', 1n, 1n, '{"hostname":"m1","port":5050}'),
        'log_replicas',
      ]),
      NO_EVIDENCE,
      0,
    )
    expect(masters.contenders).toMatchObject([
      { state: 'holds', claims: 'm1:5050' },
      { state: 'waits', waitsOn: [{ on: '<children>' }] },
    ])
    const votes = recognise(
      layoutWith('/ledgers/underreplication/auditorelection', [
        ephemeral('V_0000000002', 1n),
        ephemeral('V_0000000001', 2n, 1n, 'bookieId: "b1:3181"'),
      ]),
      NO_EVIDENCE,
      0,
    )
    expect(votes.contenders).toMatchObject([
      { state: 'holds', claims: 'b1:3181' },
      { state: 'waits', waitsOn: [{ on: 'V_0000000001' }] },
    ])
    expect(
      recognise(layoutWith('/t/leader_election', [ephemeral('leader_election-0000000001', 1n)]), NO_EVIDENCE, 0).kind,
    ).toBe('election')
  })

  it('shows what a znode says that coordinates nothing', () => {
    const layout = layoutWith('/brokers/ids/1', [], {
      stat: statWith({ ephemeralOwner: 1n }),
      data: bytes('{"host":"h1","port":9092}'),
    })
    expect(recognise(layout, NO_EVIDENCE, 0)).toMatchObject({
      kind: 'value',
      library: 'Kafka',
      application: 'Kafka: broker 1',
      payload: [
        ['host', 'h1'],
        ['port', '9092'],
      ],
    })
  })
})

describe('whatever the bytes are', () => {
  const PATHS = [
    '/controller',
    '/hadoop-ha/n/ActiveStandbyElectorLock',
    '/hbase/master',
    '/ledgers/cookies/b',
    '/c/LIVEINSTANCES/i',
    '/zookeeper/config',
    '/dubbo/i/providers/dubbo%3A%2F%2F%ff',
    '/yarn-leader-election/c/ActiveBreadCrumb',
  ]
  const data = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map(bytes),
    fc
      .constantFrom(ACTIVE, MASTER)
      .chain((whole) => fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => whole.with(at, byte))),
  )

  it('throws nothing and gives bounded text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), data, (path, bytes) => {
        const payload = applicationPayloadOf(path, bytes)
        expect(payload.length).toBeLessThanOrEqual(50)
        for (const [name, value] of payload) expect(name.length + value.length).toBeLessThanOrEqual(1000)
        protobufFieldsOf(bytes)
      }),
      { numRuns: 500 },
    )
  })

  it('labels any path without throwing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('brokers', 'ids', 'hbase', 'service', 'CONTROLLER'))),
        (names) => {
          const found = applicationPathOf(`/${names.join('/')}`)
          expect(found === null || found.label.length < 400).toBe(true)
        },
      ),
    )
  })

  it('reads the members of any JSON object as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object)
        const parsed = JSON.parse(text) as Record<string, unknown>
        const expected = new Map(
          Object.keys(parsed).map((key) => [
            key,
            typeof parsed[key] === 'string' ? parsed[key] : JSON.stringify(parsed[key]),
          ]),
        )
        expect(jsonMembersOf(bytes(text))).toEqual(expected)
      }),
    )
  })
})
