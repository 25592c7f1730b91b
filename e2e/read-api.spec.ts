import { expect } from '@playwright/test'
import { CLUSTER, NOT_ZOOKEEPER_CLUSTER, test, UNREACHABLE_CLUSTER } from './fixtures'

const at = (path: string, query: Record<string, string> = {}) =>
  `/api/clusters/${CLUSTER}/${path}?${new URLSearchParams(query)}`

test('lists the clusters without saying where they are', async ({ request }) => {
  const { clusters } = await (await request.get('/api/clusters')).json()
  expect(clusters[0]).toEqual({
    id: CLUSTER,
    name: 'Test ensemble',
    color: '#0b6e5f',
    production: false,
    readOnly: null,
  })
  expect(JSON.stringify(clusters)).not.toContain('127.0.0.1')
})

test('a node has its bytes, null apart from empty, and all 11 fields of its stat', async ({
  request,
  world,
  folder,
}) => {
  const bytes = Buffer.from([0, 1, 0xff, 0xfe, 0x80])
  await world.other.create(`${folder}/bytes`, bytes)
  const { stat } = await world.other.getData(`${folder}/bytes`)
  await world.other.create(`${folder}/null`, null)
  await world.other.create(`${folder}/empty`, Buffer.alloc(0))

  const node = await (await request.get(at('node', { path: `${folder}/bytes` }))).json()
  expect(Buffer.from(node.data, 'base64')).toEqual(bytes)
  expect(node.stat).toEqual({
    czxid: `0x${stat.czxid.toString(16)}`,
    mzxid: `0x${stat.mzxid.toString(16)}`,
    ctime: Number(stat.ctime),
    mtime: Number(stat.mtime),
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: '0x0',
    dataLength: 5,
    numChildren: 0,
    pzxid: `0x${stat.pzxid.toString(16)}`,
  })
  expect((await (await request.get(at('node', { path: `${folder}/null` }))).json()).data).toBeNull()
  expect((await (await request.get(at('node', { path: `${folder}/empty` }))).json()).data).toBe('')
})

test('pages of children are parts of one sorted list', async ({ request, world, folder }) => {
  for (const name of ['b-0000000002', 'a-0000000003', 'c-0000000001'])
    await world.other.create(`${folder}/${name}`, null)
  const children = async (query: Record<string, string>) =>
    (await request.get(at('children', { path: folder, ...query }))).json()
  expect(await children({})).toMatchObject({ total: 3, names: ['a-0000000003', 'b-0000000002', 'c-0000000001'] })
  expect(await children({ from: '1', count: '1' })).toMatchObject({ total: 3, names: ['b-0000000002'] })
  expect((await children({ sort: 'sequence' })).names).toEqual(['c-0000000001', 'b-0000000002', 'a-0000000003'])
  expect(await children({ filter: 'B-' })).toMatchObject({ total: 1, unfiltered: 3, names: ['b-0000000002'] })
})

test('an ACL is told entry by entry', async ({ request, folder }) => {
  const { acl } = await (await request.get(at('acl', { path: folder }))).json()
  expect(acl).toEqual([{ scheme: 'world', id: 'anyone', permissions: 31 }])
})

for (const [path, code, status] of [
  ['/nowhere', 'NoNode', 404],
  ['/a//b', 'BadPath', 400],
  ['/a/', 'BadPath', 400],
  ['/a/../b', 'BadPath', 400],
  ['/a\u0007b', 'BadPath', 400],
  ['relative', 'BadPath', 400],
  ['', 'BadPath', 400],
] as const) {
  test(`${JSON.stringify(path)} is answered by ${code}, a sentence and a remedy`, async ({ request }) => {
    const response = await request.get(at('node', { path }))
    expect(response.status()).toBe(status)
    const { error } = await response.json()
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/\.$/)
    expect(error.hint).toMatch(/\.$/)
  })
}

test('an unknown cluster, a missing parameter, a foreign Host and a foreign site are refused', async ({ request }) => {
  expect((await request.get('/api/clusters/nope/node?path=/')).status()).toBe(404)
  expect((await request.get(at('node'))).status()).toBe(400)
  expect((await request.get(at('children', { path: '/', count: 'many' }))).status()).toBe(400)
  expect((await request.get('/api/clusters', { headers: { host: 'attacker.example' } })).status()).toBe(403)
  expect((await request.get('/', { headers: { host: 'attacker.example' } })).status()).toBe(404)
  expect((await request.get('/api/clusters', { headers: { 'sec-fetch-site': 'cross-site' } })).status()).toBe(403)
  expect((await request.post('/api/clusters')).status()).toBe(405)
})

test('an ensemble that is not there, and a server that is no ZooKeeper, are told apart by their real cause', async ({
  request,
}) => {
  test.slow()
  const unreachable = await (await request.get(`/api/clusters/${UNREACHABLE_CLUSTER}/node?path=/`)).json()
  expect(unreachable.error).toMatchObject({ code: 'Unreachable' })
  expect(unreachable.error.message).toContain('127.0.0.1:1')
  const website = await (await request.get(`/api/clusters/${NOT_ZOOKEEPER_CLUSTER}/node?path=/`)).json()
  expect(website.error).toMatchObject({ code: 'NotZooKeeper' })
})

for (const name of [
  '__proto__',
  'constructor',
  '%2F',
  'a?b#c',
  '<img src=x onerror=alert(1)>',
  'שלום',
  'n'.repeat(250),
  '"quoted" \'name\'',
  'a\u202eb',
]) {
  test(`a znode may be called ${JSON.stringify(name.slice(0, 40))}`, async ({ request, world, folder }) => {
    await world.other.create(`${folder}/${name}`, Buffer.from(name))
    const node = await (await request.get(at('node', { path: `${folder}/${name}` }))).json()
    expect(Buffer.from(node.data, 'base64').toString()).toBe(name)
    expect((await (await request.get(at('children', { path: folder }))).json()).names).toEqual([name])
    const { stats } = await (await request.get(at('stats', { path: folder, name }))).json()
    expect(stats[0].dataLength).toBe(Buffer.byteLength(name))
  })
}

test('health and readiness do not depend on an ensemble, metrics count what we cost', async ({ request }) => {
  expect((await request.get('/api/health')).status()).toBe(200)
  expect((await request.get('/api/ready')).status()).toBe(200)
  const metrics = await (await request.get('/api/metrics')).text()
  expect(metrics).toMatch(/zoolens_zookeeper_sessions\{cluster="test"\} [12]\n/)
  expect(metrics).toMatch(/zoolens_zookeeper_watches\{cluster="test"\} 1\n/)
})
