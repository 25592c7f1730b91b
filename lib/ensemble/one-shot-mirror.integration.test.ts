import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { differences } from '@/e2e/faults/fingerprint'
import { readTruth } from '@/e2e/faults/truth'
import { View } from '@/e2e/faults/view'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import type { DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { type BreakableLink, startBreakableLink } from '@/lib/zookeeper/testing/breakable-link'
import { Ensemble } from './ensemble'
import { readChildren, readNode, readStats } from './reads'

const page = (path: string) => ({ path, from: 0, count: 1000, sort: 'name' as const, filter: '' })
const soon = { timeout: 15_000, interval: 20 }

describe.each(['3.4.14', '3.5.10'])('servers of %s', (version) => {
  let sandbox: SandboxEnsemble
  let other: Session
  let link: BreakableLink
  const open: Ensemble[] = []

  beforeAll(async () => {
    sandbox = await startEnsemble({ servers: 1, version })
    other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
    link = await startBreakableLink(sandbox.servers[0]?.clientPort ?? 0)
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((ensemble) => ensemble.close()))
  })
  afterAll(async () => {
    await other?.close()
    await link?.close()
    await sandbox?.stop()
  })

  function newEnsemble(): Ensemble {
    const ensemble = new Ensemble({
      id: 'test',
      connect: { connect: link.connect, sessionTimeoutMs: 10_000 },
      log: () => undefined,
    })
    open.push(ensemble)
    return ensemble
  }

  /** A browser that keeps everything it is told. */
  function watch(ensemble: Ensemble) {
    const directories: DirectoryDelta[] = []
    const nodes: NodeChange[] = []
    const subscription = ensemble.mirror.subscribe((changes) => {
      directories.push(...changes.directories)
      nodes.push(...changes.nodes)
    })
    const kindsOf = (path: string) =>
      nodes.filter((node) => node.path === path && node.count > 0).map(({ kind }) => kind)
    return { directories, nodes, kindsOf, viewer: { subscription, tab: 'a' } }
  }

  const make = async (path: string, data = '') => void (await other.create(path, Buffer.from(data)))
  const listed = async (ensemble: Ensemble, path: string) => (await readChildren(ensemble, page(path), null)).names

  test('a shown directory and an open znode follow another client, and it is said how', async () => {
    await make('/follow')
    await make('/follow/b', '1')
    const ensemble = newEnsemble()
    const seen = watch(ensemble)
    expect((await readChildren(ensemble, page('/follow'), seen.viewer)).names).toEqual(['b'])
    await readStats(ensemble, '/follow', ['b'], seen.viewer)
    await readNode(ensemble, '/follow', seen.viewer)
    expect(ensemble.connection()).toMatchObject({ liveness: 'shown only', limitation: 'old server', version })
    // The list, the row, and the znode itself.
    await vi.waitFor(() => expect(ensemble.load().watches).toBe(3), soon)

    for (let round = 1; round <= 3; round++) {
      await make(`/follow/a${round}`)
      await vi.waitFor(() => expect(seen.kindsOf(`/follow/a${round}`)).toEqual(['created']), soon)
      const { mzxid } = await other.setData('/follow/b', Buffer.alloc(round), -1)
      await vi.waitFor(() => expect(seen.kindsOf('/follow/b')).toHaveLength(round), soon)
      expect(seen.nodes.findLast(({ path }) => path === '/follow/b')).toMatchObject({
        zxid: `0x${mzxid.toString(16)}`,
        stat: { dataLength: round },
      })
    }
    expect(await listed(ensemble, '/follow')).toEqual(['a1', 'a2', 'a3', 'b'])
    await other.setData('/follow', Buffer.from('x'), -1)
    await vi.waitFor(() => expect(seen.kindsOf('/follow')).toEqual(['changed']), soon)
    await other.delete('/follow/b', -1)
    await vi.waitFor(() => expect(seen.kindsOf('/follow/b').at(-1)).toBe('deleted'), soon)
    expect(await listed(ensemble, '/follow')).toEqual(['a1', 'a2', 'a3'])
  })

  test('whoever only asks gets what the server holds now, watched or not', async () => {
    await make('/asked')
    const ensemble = newEnsemble()
    expect(await listed(ensemble, '/asked')).toEqual([])
    for (const name of ['a', 'b', 'c']) {
      await make(`/asked/${name}`)
      expect(await listed(ensemble, '/asked')).toContain(name)
    }
    expect(ensemble.load().watches).toBe(0)
  })

  test('a znode that is made anew, and a folder that goes and comes back, are told', async () => {
    await make('/anew')
    await make('/anew/child', '1')
    const ensemble = newEnsemble()
    const seen = watch(ensemble)
    await readChildren(ensemble, page('/anew'), seen.viewer)
    await readStats(ensemble, '/anew', ['child'], seen.viewer)
    await readNode(ensemble, '/anew/child', seen.viewer)
    await vi.waitFor(() => expect(ensemble.load().watches).toBe(2), soon)
    await other.multi([
      { type: 'delete', path: '/anew/child', version: 0 },
      { type: 'create', path: '/anew/child', data: Buffer.from('1') },
    ])
    await vi.waitFor(() => expect(seen.kindsOf('/anew/child').at(-1)).toBe('recreated'), soon)
    await other.delete('/anew/child', -1)
    await vi.waitFor(() => expect(seen.kindsOf('/anew/child').at(-1)).toBe('deleted'), soon)
    // Nobody can list it, but it is still open: the watch is on a znode that does not exist.
    await other.delete('/anew', -1)
    await vi.waitFor(() => expect(seen.directories.at(-1)).toMatchObject({ path: '/anew', gone: true }), soon)
    await make('/anew')
    await make('/anew/child', '2')
    await vi.waitFor(() => expect(seen.kindsOf('/anew/child').at(-1)).toBe('created'), soon)
  })

  test('what changed while the connection was down is found, and the watches go on', async () => {
    await make('/gap')
    for (const name of ['changed', 'deleted', 'remade', 'same']) await make(`/gap/${name}`, '1')
    const ensemble = newEnsemble()
    const seen = watch(ensemble)
    const gaps: unknown[] = []
    ensemble.onGap((gap) => gaps.push(gap))
    await readChildren(ensemble, page('/gap'), seen.viewer)
    await readStats(ensemble, '/gap', ['changed', 'deleted', 'remade', 'same'], seen.viewer)
    await vi.waitFor(() => expect(ensemble.load().watches).toBe(5), soon)
    const { sessionId } = ensemble.connection()

    link.blackHole = true
    await other.setData('/gap/changed', Buffer.from('2'), 0)
    await other.delete('/gap/deleted', 0)
    await other.delete('/gap/remade', 0)
    await make('/gap/remade', '1')
    await make('/gap/new')
    await make('/gap/passing')
    await other.delete('/gap/passing', 0)
    link.cut()
    link.blackHole = false
    await vi.waitFor(() => expect(gaps).toHaveLength(1), soon)
    await vi.waitFor(async () => {
      expect(seen.kindsOf('/gap/changed')).toEqual(['changed'])
      expect(seen.kindsOf('/gap/deleted')).toEqual(['deleted'])
      expect(seen.kindsOf('/gap/remade').at(-1)).toBe('recreated')
      expect(seen.kindsOf('/gap/new')).toEqual(['created'])
      expect(await listed(ensemble, '/gap')).toEqual(['changed', 'new', 'remade', 'same'])
    }, soon)
    expect(ensemble.connection().sessionId).toBe(sessionId)
    await other.setData('/gap/same', Buffer.from('2'), 0)
    await vi.waitFor(() => expect(seen.kindsOf('/gap/same')).toEqual(['changed']), soon)
  })

  test('children made below a row are found by looking again', async () => {
    await make('/rows')
    await make('/rows/row')
    const ensemble = newEnsemble()
    const seen = watch(ensemble)
    await readChildren(ensemble, page('/rows'), seen.viewer)
    await readStats(ensemble, '/rows', ['row'], seen.viewer)
    await make('/rows/row/below')
    await vi.waitFor(
      () => expect(seen.nodes.findLast(({ path }) => path === '/rows/row')?.stat?.numChildren).toBe(1),
      soon,
    )
    expect(seen.kindsOf('/rows/row')).toEqual([])
  })

  test('never more than 200 watches are set; the rest is looked at in turns, and that is said', async () => {
    await make('/many')
    const folders = Array.from({ length: 210 }, (_, index) => `/many/f${index}`)
    for (const path of folders) await make(path)
    const ensemble = newEnsemble()
    const seen = watch(ensemble)
    for (const path of folders) await readChildren(ensemble, page(path), seen.viewer)
    await vi.waitFor(() => expect(ensemble.connection().liveness).toBe('polled in part'), soon)
    expect(ensemble.load().watches).toBeLessThanOrEqual(200)
    for (const path of folders) await make(`${path}/new`)
    await vi.waitFor(
      () => {
        const told = new Set(seen.directories.filter(({ created }) => created.includes('new')).map(({ path }) => path))
        expect(told.size).toBe(folders.length)
      },
      { timeout: 30_000, interval: 100 },
    )
    expect(ensemble.load().watches).toBeLessThanOrEqual(200)
    for (const path of folders.slice(10)) seen.viewer.subscription.release(path, 'directory', 'a')
    await vi.waitFor(() => expect(ensemble.connection().liveness).toBe('shown only'), soon)
    // Before 3.5 a server cannot be made to forget a watch.
    if (version !== '3.4.14') await vi.waitFor(() => expect(ensemble.load().watches).toBe(10), soon)
  })

  test('300 rows are all shown as they are soon after others fell silent, and after a lost connection', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `/wide/r${index}`)
    await make('/wide')
    await Promise.all(rows.map((path) => make(path, '1')))
    const ensemble = newEnsemble()
    const view = new View(ensemble, ['/wide'], ['/wide', '/wide/r7'], () => undefined)
    await view.open()
    await vi.waitFor(() => expect(ensemble.connection().liveness).toBe('polled in part'), soon)

    /** Each row in one of the ways in which it can change, three times over. */
    const change = async () => {
      for (let round = 0; round < 3; round++)
        await Promise.all(rows.map((path, index) => changeRow(path, index + round)))
    }
    const changeRow = async (path: string, way: number): Promise<void> => {
      await (way % 2 === 0 ? other.setData(path, Buffer.from(`${way}`), -1).catch(() => undefined) : undefined)
      if (way % 5 === 0) await make(`${path}/below${way}`).catch(() => undefined)
      if (way % 7 > 2) return
      await other.delete(path, -1).catch(() => undefined)
      if (way % 7 > 0) await make(path, '1').catch(() => undefined)
    }
    const converged = async () => {
      const truth = await readTruth(other, ['/wide'], ['/wide', '/wide/r7'])
      const wide = { timeout: 20_000, interval: 200 }
      await vi.waitFor(() => expect(differences(view.rows(), truth)).toEqual([]), wide)
    }
    await change()
    await converged()
    expect(ensemble.load().watches).toBeLessThanOrEqual(200)
    link.blackHole = true
    await change()
    link.cut()
    link.blackHole = false
    await converged()
    expect(ensemble.connection().liveness).toBe('polled in part')
  })
})
