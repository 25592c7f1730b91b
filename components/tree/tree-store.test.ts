// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NodeChange } from '@/lib/live/protocol'
import { Navigation } from './navigation'
import { STAT, TestServer } from './test-server'
import { ROW_HEIGHT, TreeStore } from './tree-store'

let server: TestServer
let store: TreeStore
let drawings: number
let stop: () => void

const VIEWPORT = ROW_HEIGHT * 10

beforeEach(() => {
  vi.useFakeTimers()
  server = new TestServer()
  vi.stubGlobal('fetch', server.fetch)
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function start(): Promise<void> {
  store = new TreeStore('test', server.live)
  store.rowWindow.resize(VIEWPORT)
  drawings = 0
  store.subscribe(() => drawings++)
  stop = store.start()
  await vi.advanceTimersByTimeAsync(500)
}

async function expand(path: string): Promise<void> {
  store.expand(path)
  await vi.advanceTimersByTimeAsync(500)
}

const rows = () => Array.from({ length: store.rows.rowCount }, (_, i) => store.rows.rowAt(i))
const words = () =>
  rows().map((row) => (row.type === 'node' ? row.path : row.type === 'tombstone' ? `dead ${row.path}` : row.type))
const topRow = () => words()[Math.floor(store.rowWindow.offset / ROW_HEIGHT)]
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `/big/n${String(i).padStart(6, '0')}`)
const change = (path: string, more: Partial<NodeChange> = {}): NodeChange => ({
  path,
  kind: 'changed',
  count: 1,
  zxid: '0x9',
  stat: null,
  ...more,
})
const readsOf = (resource: string, path: string) =>
  server.requests.filter((url) => url.pathname.endsWith(`/${resource}`) && url.searchParams.get('path') === path)

describe('TreeStore', () => {
  it('reads only what is on the screen, page by page, and the stats of no more than that', async () => {
    server.add(...numbered(3_000))
    await start()
    await expand('/big')
    expect(readsOf('children', '/big').length).toBe(1)
    store.rowWindow.scrollToRow(2_500)
    await vi.advanceTimersByTimeAsync(500)
    const last = readsOf('children', '/big').at(-1)
    expect(last?.searchParams.get('from')).toBe('2048')
    const asked = readsOf('stats', '/big').flatMap((url) => url.searchParams.getAll('name'))
    expect(asked.length).toBeLessThan(80)
    expect(
      server.requests.every((url) => url.pathname.endsWith('/find') || url.searchParams.get('viewer') === 'stream.tab'),
    ).toBe(true)
  })

  it('keeps the top row where it is while rows come and go above it', async () => {
    server.add(...numbered(300))
    await start()
    await expand('/big')
    store.rowWindow.scrollToRow(200, 'start')
    await vi.advanceTimersByTimeAsync(100)
    const before = topRow()
    await server.change('/big', { created: ['a1', 'a2', 'a3'], deleted: ['n000010'] })
    await vi.advanceTimersByTimeAsync(500)
    expect(topRow()).toBe(before)
    expect(store.rows.rowCount).toBe(2 + 302 + 1)
    // The tombstone above goes after 2 s: nothing moves for that either.
    await vi.advanceTimersByTimeAsync(2_500)
    expect(store.rows.rowCount).toBe(2 + 302)
    expect(topRow()).toBe(before)
  })

  it('shows a deletion at once, keeps the row for 2 s in its place, then lets it go', async () => {
    server.add('/a', '/b', '/c')
    await start()
    await server.change('/', { deleted: ['b'] })
    await vi.advanceTimersByTimeAsync(200)
    expect(words()).toEqual(['/', '/a', 'dead /b', '/c'])
    expect(store.pulses.pulseOf('/b')?.kind).toBe('deleted')
    await vi.advanceTimersByTimeAsync(1_700)
    expect(words()).toEqual(['/', '/a', 'dead /b', '/c'])
    await vi.advanceTimersByTimeAsync(400)
    expect(words()).toEqual(['/', '/a', '/c'])
  })

  it('draws at most ten times a second under a flood, never loses the last state, and does not read in a storm', async () => {
    server.add(...numbered(600))
    await start()
    await expand('/big')
    drawings = 0
    const reads = readsOf('children', '/big').length
    for (let i = 0; i < 100; i++) {
      await server.change('/big', { created: [`a${i}`], deleted: i > 0 ? [`a${i - 1}`] : [] })
      server.live.changes({ nodes: [change('/big/n000001', { count: 250 })] })
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(drawings).toBeGreaterThan(10)
    expect(drawings).toBeLessThanOrEqual(20)
    expect(readsOf('children', '/big').length - reads).toBeLessThanOrEqual(20)
    expect(store.pulses.rateOf('/big/n000001')).toBeGreaterThan(4)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(words().slice(0, 4)).toEqual(['/', '/big', '/big/a99', '/big/n000000'])
    expect(store.pulses.rateOf('/big/n000001')).toBe(0)
  })

  it('patches the figures of a row from the stream without lighting up when only its children are others', async () => {
    server.add('/a', '/b')
    await start()
    server.live.own.add('0x7')
    server.live.changes({
      nodes: [
        change('/a', { count: 0, zxid: null, stat: { ...STAT, numChildren: 7 } }),
        change('/b', { zxid: '0x7', stat: { ...STAT, dataLength: 99 } }),
      ],
    })
    await vi.advanceTimersByTimeAsync(200)
    expect(store.stats.statOf('/a')).toMatchObject({ numChildren: 7 })
    expect(store.pulses.pulseOf('/a')).toBeNull()
    expect(store.stats.statOf('/b')).toMatchObject({ dataLength: 99 })
    expect(store.pulses.pulseOf('/b')).toMatchObject({ kind: 'changed', own: true })
    // One's own change needs no mark.
    expect(store.pulses.isUnseen('/b')).toBe(false)
  })

  it('counts changes below closed rows, also those that only another tab has open, until somebody looks', async () => {
    server.add('/a/x/y', '/b')
    await start()
    server.live.changes({ below: { '/a': 2 }, nodes: [change('/a/x/y')] })
    await vi.advanceTimersByTimeAsync(500)
    expect(store.pulses.belowOf('/a')).toBe(3)
    await expand('/a')
    expect(store.pulses.belowOf('/a')).toBe(0)
  })

  it('reads everything shown again after a reset, and stays open, scrolled and selected', async () => {
    server.add(...numbered(300), '/z')
    await start()
    await expand('/big')
    store.set({ selected: '/big/n000150' })
    store.rowWindow.scrollToRow(150, 'start')
    await vi.advanceTimersByTimeAsync(200)
    const before = topRow()
    server.add('/big/a-new-one')
    server.live.viewer = 'other.tab'
    server.live.send({ type: 'reset' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(topRow()).toBe(before)
    expect(store.view.selected).toBe('/big/n000150')
    expect(words()).toContain('/big/a-new-one')
    expect(readsOf('children', '/').at(-1)?.searchParams.get('viewer')).toBe('other.tab')
    expect(readsOf('children', '/big').at(-1)?.searchParams.get('viewer')).toBe('other.tab')
  })

  it('lets an open folder go when it is deleted, with all that is open in it', async () => {
    server.add('/a/b/c', '/d')
    await start()
    await expand('/a')
    await expand('/a/b')
    expect(words()).toEqual(['/', '/a', '/a/b', '/a/b/c', '/d'])
    store.set({ active: '/a/b/c' })
    await server.change('/', { deleted: ['a'] })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(words()).toEqual(['/', '/d'])
    expect(server.live.released).toEqual(expect.arrayContaining(['/a', '/a/b']))
    expect(words()).toContain(store.view.active)
  })

  it('tells the server of a closed folder late, and not at all when it is opened again', async () => {
    server.add('/a/x', '/b/y')
    await start()
    await expand('/a')
    await expand('/b')
    store.collapse('/a')
    store.collapse('/b')
    expect(server.live.released).toEqual([])
    store.expand('/a')
    store.set({ selected: '/b' })
    await vi.advanceTimersByTimeAsync(5_000)
    // The workspace shows /b, and the server counts tabs.
    expect(server.live.released).toEqual([])
    store.set({ selected: '/a' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.live.released).toEqual(['/b'])
  })

  it('shows a change of a folder that is loaded whole without reading it again', async () => {
    server.add('/a', '/c', '/d')
    await start()
    const asked = readsOf('children', '/').length
    await server.change('/', { created: ['b'], deleted: ['c'] })
    expect(words()).toEqual(['/', '/a', '/b', 'dead /c', '/d'])
    await vi.advanceTimersByTimeAsync(500)
    expect(readsOf('children', '/').length).toBe(asked)
  })

  it('finds a znode in another order than by name, by halving', async () => {
    server.add(...numbered(2_000))
    server.lists.set(
      '/big',
      Array.from(
        { length: 2_000 },
        (_, i) => `${String((i * 7919) % 2_000).padStart(4, '0')}-${String(i).padStart(10, '0')}`,
      ).sort(),
    )
    for (const name of server.lists.get('/big') ?? []) server.lists.set(`/big/${name}`, [])
    await start()
    store.setSort('sequence')
    await vi.advanceTimersByTimeAsync(500)
    const wanted = `/big/${String((1_500 * 7919) % 2_000).padStart(4, '0')}-0000001500`
    const revealed = new Navigation(store).reveal(wanted)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await revealed).toBe(wanted)
    expect(store.rows.indexOf(wanted)).toBe(2 + 1_500)
  })

  it('reads what it could not read when the ensemble can be reached after all, and nothing else', async () => {
    server.add('/a/x', '/b')
    server.down = true
    await start()
    expect(words()).toEqual(['/', 'note'])
    server.down = false
    const asked = server.requests.length
    server.live.connection({ status: 'connecting' })
    server.live.connection({ syncing: true })
    server.live.connection({}, 'other')
    await vi.advanceTimersByTimeAsync(500)
    expect(server.requests.length).toBe(asked)
    server.live.connection({})
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toEqual(['/', '/a', '/b'])
    await expand('/a')
    server.forbidden.add('/a')
    store.refresh('/a')
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toEqual(['/', '/a', 'note', '/a/x', '/b'])
    server.forbidden.clear()
    const [root, a] = [readsOf('children', '/').length, readsOf('children', '/a').length]
    server.live.connection({})
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toEqual(['/', '/a', '/a/x', '/b'])
    expect([readsOf('children', '/').length, readsOf('children', '/a').length]).toEqual([root, a + 1])
  })

  it('reads again what fails after the ensemble was reached, when it was asked before', async () => {
    server.add('/a')
    let fail: (cause: Error) => void = () => undefined
    const held = new Promise<Response>((_, reject) => {
      fail = reject
    })
    vi.stubGlobal('fetch', () => held)
    await start()
    vi.stubGlobal('fetch', server.fetch)
    server.live.connection({})
    await vi.advanceTimersByTimeAsync(200)
    fail(new TypeError('fetch failed'))
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toEqual(['/', '/a'])
  })

  it('does not take for current what was read before the directory was deleted and made again', async () => {
    server.add('/a/old')
    await start()
    let answer: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    vi.stubGlobal('fetch', async (...[input, init]: Parameters<typeof fetch>) => {
      const response = await server.fetch(input, init)
      if (String(input).includes('/children?path=%2Fa&')) await held
      return response
    })
    await expand('/a')
    server.remove('/a')
    server.add('/a/new')
    await server.change('/', { created: ['b'] })
    const gone = { revision: 1_001, total: 0, created: [], deleted: [], more: false, gone: true }
    server.live.changes({ directories: [{ path: '/a', ...gone }] })
    answer?.()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(words()).toContain('/a/new')
    expect(words()).not.toContain('/a/old')
  })

  it('reads all figures again after a gap: nobody tells of those that the server had let go', async () => {
    server.add('/a')
    await start()
    server.stats.set('/a', { pzxid: '0x7' })
    const gap = { fromZxid: '0x1', toZxid: '0x9', forMs: 1_000, directories: 1 }
    server.live.send({ type: 'gap', cluster: 'test', ...gap })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(store.stats.statOf('/a')).toMatchObject({ pzxid: '0x7' })
  })

  it('reads the figures of a folder again that was closed for a while: nobody told of their changes', async () => {
    server.add('/a/x')
    await start()
    await expand('/a')
    store.collapse('/a')
    await vi.advanceTimersByTimeAsync(5_000)
    server.stats.set('/a/x', { version: 7 })
    await expand('/a')
    expect(store.stats.statOf('/a/x')).toMatchObject({ version: 7 })
  })

  it('asks for the stats of long names in requests that are short enough', async () => {
    server.add(...Array.from({ length: 10 }, (_, i) => `/${'节'.repeat(250)}${i}`))
    await start()
    const asked = readsOf('stats', '/')
    expect(asked.length).toBeGreaterThan(1)
    for (const url of asked) expect(url.search.length).toBeLessThan(8 * 1024)
    expect(
      rows()
        .slice(1)
        .every((row) => row.type === 'node' && store.stats.statOf(row.path)),
    ).toBe(true)
  })

  it('keeps its rows when the server of Zoolens is away, says so, and goes on when it is back', async () => {
    server.add('/a', '/b')
    await start()
    server.down = true
    store.refresh('/')
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toEqual(['/', 'note', '/a', '/b'])
    const asked = server.requests.length
    await vi.advanceTimersByTimeAsync(60_000)
    // No storm of reads while it is down.
    expect(server.requests.length - asked).toBeLessThan(15)
    server.down = false
    server.live.send({ type: 'reset' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(words()).toEqual(['/', '/a', '/b'])
  })
})
