import { expect, test, vi } from 'vitest'
import type { Stat } from '@/lib/znode/stat'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { featuresOf } from '@/lib/zookeeper/server-features'
import type { Session, WatchEvent, WatchListener } from '@/lib/zookeeper/session'
import { RootWatch } from './root-watch'

/** A session on a server of this version, whose root has this stat. */
function setUp(version = '3.9.6') {
  const server = { version, mzxid: 1n, connections: 1 }
  const heard: WatchEvent[] = []
  const broken = vi.fn<() => void>()
  let listener: WatchListener = () => undefined
  const remove = vi.fn(async () => undefined)
  const addWatch = vi.fn<Session['addWatch']>(async (_path, _mode, listen) => {
    if (!featuresOf(server.version).addWatch) throw new ZooKeeperError('Unimplemented')
    listener = listen
    return { remove }
  })
  const session = {
    addWatch,
    exists: async () => ({ czxid: 0n, mzxid: server.mzxid }) as Stat,
    checkWatches: vi.fn(async () => true),
    get info() {
      return { connections: server.connections, features: featuresOf(server.version) }
    },
  }
  const watch = new RootWatch((event) => heard.push(event), broken)
  watch.attach(session as unknown as Session)
  return { server, watch, session, heard, broken, remove, tell: (event: WatchEvent) => listener(event) }
}

const changedRoot: WatchEvent = { type: 'changed', path: '/', zxid: null }

test('a watch that the ensemble was too long away for is registered when it is back', async () => {
  const { watch, session } = setUp()
  session.addWatch.mockClear()
  session.addWatch.mockRejectedValueOnce(new Error('nobody answered in time'))
  watch.attach(session as unknown as Session)
  await expect(watch.ready()).rejects.toThrow('nobody answered in time')
  await watch.ready()
  await watch.ready()
  expect(session.addWatch).toHaveBeenCalledTimes(2)
})

test('each connection is asked anew what its server knows', async () => {
  const { watch, server, session } = setUp('3.5.10')
  await watch.ready()
  expect([watch.reach, watch.limitation]).toEqual(['one-shot', 'old server'])
  server.version = '3.6.4'
  server.connections = 2
  await watch.ready()
  expect([watch.reach, watch.limitation]).toEqual(['recursive', null])
  // The session has told the third connection of it by itself.
  server.connections = 3
  await watch.ready()
  expect(session.addWatch).toHaveBeenCalledTimes(2)
  server.version = '3.5.10'
  server.connections = 4
  await watch.ready()
  expect(watch.reach).toBe('one-shot')
})

test('a server that claims to be new and refuses is told apart from an old one', async () => {
  const { watch, session } = setUp()
  session.addWatch.mockRejectedValue(new ZooKeeperError('MarshallingError', { zkCode: -5 }))
  watch.attach(session as unknown as Session)
  await watch.ready()
  expect(watch.limitation).toBe('watch manager')
})

test('events that say the root changed when it did not end the trust in them', async () => {
  const { watch, server, heard, broken, remove, tell } = setUp()
  await watch.ready()
  tell({ type: 'created', path: '/a', zxid: null })
  server.mzxid = 2n
  // Two writes whose events come before the answer that shows both.
  tell(changedRoot)
  tell(changedRoot)
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'created', path: '/a', zxid: null }, changedRoot]))
  expect([watch.reach, broken.mock.calls.length]).toEqual(['recursive', 0])
  tell(changedRoot)
  await vi.waitFor(() => expect(broken).toHaveBeenCalledOnce())
  expect([watch.reach, watch.limitation, remove.mock.calls.length]).toEqual(['one-shot', 'wrong paths', 1])
  tell({ type: 'created', path: '/b', zxid: null })
  server.connections = 2
  await watch.ready()
  expect([heard.length, watch.reach]).toEqual([2, 'one-shot'])
})

test('a watch that the server has lost is set again', async () => {
  const { watch, session } = setUp()
  await watch.ready()
  expect(await watch.verify()).toBe(true)
  session.checkWatches.mockResolvedValueOnce(false)
  expect(await watch.verify()).toBe(false)
  expect(session.addWatch).toHaveBeenCalledTimes(2)
})
