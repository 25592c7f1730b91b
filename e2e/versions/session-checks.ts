import type { WatchEvent } from '@/lib/zookeeper/session'
import { until } from '../sandbox/until'
import { type Bench, type Check, same } from './check'

const some = Buffer.from([0, 255, 10])
const events = (bench: Bench, mode: 'persistent' | 'recursive') => {
  const seen: WatchEvent[] = []
  return { seen, added: bench.session.addWatch(bench.path, mode, (event) => seen.push(event)) }
}

/** What the port of a session promises, one line of the table each. */
export const SESSION_CHECKS: readonly Check[] = [
  {
    name: 'create, get, set, list, delete; data byte for byte, null apart from empty',
    async run({ session, path }) {
      await session.create(path, null)
      same((await session.getData(path)).data, null, 'null data')
      const stat = await session.setData(path, some, 0)
      same([stat.version, (await session.getData(path)).data?.equals(some)], [1, true], 'data')
      await session.create(`${path}/a`, Buffer.alloc(0))
      same((await session.getData(`${path}/a`)).data?.length, 0, 'empty data')
      same((await session.getChildren(path)).names, ['a'], 'children')
      await session.delete(`${path}/a`, 0)
      same(await session.exists(`${path}/a`), null, 'deleted')
    },
  },
  {
    name: 'stat of a create in its answer',
    async run({ session, path, version }) {
      const { stat } = await session.create(path, null)
      const isOld = version.startsWith('3.4.')
      same(stat === null, isOld, 'a stat')
      return isOld ? 'the path alone' : undefined
    },
  },
  {
    name: 'ephemeral and sequential',
    async run({ session, path }) {
      await session.create(path, null)
      const { path: made } = await session.create(`${path}/n-`, null, { mode: 'ephemeral-sequential' })
      same(made, `${path}/n-0000000000`, 'the name')
      same((await session.exists(made))?.ephemeralOwner, session.info.sessionId, 'the owner')
    },
  },
  {
    name: 'container',
    feature: 'containers',
    run: async ({ session, path }) => void (await session.create(path, null, { mode: 'container' })),
  },
  {
    name: 'TTL',
    feature: 'ttl',
    run: async ({ session, path }) => void (await session.create(path, null, { mode: 'ttl', ttlMs: 60_000 })),
  },
  {
    name: 'ACL with its version',
    async run({ session, path }) {
      await session.create(path, null)
      const acl = [{ scheme: 'world', id: 'anyone', permissions: 31 }]
      same((await session.setAcl(path, acl, 0)).aversion, 1, 'aversion')
      same((await session.getAcl(path)).acl, acl, 'the ACL')
    },
  },
  {
    name: 'multi, all or nothing, the failed operation named',
    async run({ session, path }) {
      const failed = await session
        .multi([
          { type: 'create', path, data: null },
          { type: 'check', path, version: 7 },
        ])
        .catch((error: { failedOperation?: number }) => error.failedOperation)
      same([failed, await session.exists(path)], [1, null], 'the failed operation')
      await session.multi([
        { type: 'create', path, data: null },
        { type: 'set', path, data: some, version: 0 },
      ])
      same((await session.exists(path))?.version, 1, 'applied')
    },
  },
  { name: 'sync', run: ({ session }) => session.sync('/') },
  {
    name: 'reads in one request (multiRead)',
    feature: 'multiRead',
    async run({ session, path }) {
      const results = await session.multiRead([
        { type: 'getChildren', path: '/' },
        { type: 'getData', path },
      ])
      same(
        results.map(({ type }) => type),
        ['getChildren', 'error'],
        'results',
      )
    },
  },
  {
    name: 'persistent watch',
    feature: 'addWatch',
    async run(bench) {
      const { seen, added } = events(bench, 'persistent')
      await added
      await bench.other.create(bench.path, null)
      await bench.other.create(`${bench.path}/a`, null)
      await until('both events', async () => seen.length === 2)
      same(
        seen.map(({ type }) => type),
        ['created', 'children'],
        'events',
      )
    },
  },
  {
    name: 'recursive watch',
    feature: 'addWatch',
    async run(bench) {
      const { seen, added } = events(bench, 'recursive')
      await added
      const { stat } = await bench.other.create(bench.path, null)
      await bench.other.create(`${bench.path}/a`, null)
      await until('both events', async () => seen.length === 2)
      same(
        seen.map(({ path }) => path),
        [bench.path, `${bench.path}/a`],
        'paths',
      )
      return seen[0]?.zxid === stat?.czxid ? undefined : 'events without a zxid'
    },
  },
  {
    name: 'one-shot watches set by reads',
    async run({ session, other, path }) {
      const seen: string[] = []
      const stop = session.oneShot.onEvent((event) => seen.push(`${event.type} ${event.path}`))
      same(await session.oneShot.exists(path), null, 'nothing there')
      await other.create(path, null)
      await until('created', async () => seen.includes(`created ${path}`))
      await session.oneShot.getChildren(path)
      await other.create(`${path}/a`, null)
      await until('children', async () => seen.includes(`children ${path}`))
      same(session.oneShot.size, 0, 'watches left')
      stop()
    },
  },
  {
    name: 'asking for and removing watches',
    feature: 'create2',
    async run({ session, path }) {
      await session.create(path, null)
      await session.oneShot.exists(path)
      same(await session.checkWatches(path, 'data'), true, 'there')
      await session.oneShot.drop(path, 'data')
      same(await session.checkWatches(path, 'data'), false, 'gone')
    },
  },
  {
    name: 'ephemerals of a session (getEphemerals)',
    feature: 'getEphemerals',
    async run({ session, path }) {
      await session.create(path, null, { mode: 'ephemeral' })
      same(await session.getEphemerals(path), [path], 'ephemerals')
    },
  },
  {
    name: 'counting all below (getAllChildrenNumber)',
    feature: 'getEphemerals',
    async run({ session, path }) {
      await session.create(path, null)
      await session.create(`${path}/a`, null)
      same(await session.countDescendantsByFullScan(path), 1, 'count')
    },
  },
  {
    name: 'who the server takes us for (whoAmI)',
    feature: 'whoAmI',
    run: async ({ session }) => same((await session.whoAmI())[0]?.scheme, 'ip', 'the scheme'),
  },
  {
    name: 'configuration node',
    feature: 'create2',
    run: async ({ session }) => void (await session.getConfig()),
  },
]
