import { connectionFixture } from '@/components/live/connection-fixture'
import type { LiveClient, LiveStatus } from '@/lib/live/client'
import type { Changes, ConnectionView, LiveMessage } from '@/lib/live/protocol'
import { PAGE_SIZE } from '@/lib/tree/directory'
import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import { compareBySequence } from '@/lib/znode/sequence'
import type { StatJson } from '@/lib/znode/stat'

/** The read API over a few znodes in memory, for tests of the tree: `fetch` is its one way in. */
export class TestServer {
  readonly lists = new Map<string, string[]>([['/', []]])
  readonly stats = new Map<string, Partial<StatJson>>()
  readonly forbidden = new Set<string>()
  readonly requests: URL[] = []
  readonly live = new TestLive()
  down = false
  #revision = 1_000

  /** Adds znodes with everything above them. */
  add(...paths: string[]): this {
    for (const path of paths) {
      if (path === '/' || this.lists.has(path)) continue
      this.add(parentOf(path))
      this.lists.get(parentOf(path))?.push(nameOf(path))
      this.lists.get(parentOf(path))?.sort()
      this.lists.set(path, [])
    }
    return this
  }

  remove(path: string): void {
    for (const known of [...this.lists.keys()]) if (`${known}/`.startsWith(`${path}/`)) this.lists.delete(known)
    const siblings = this.lists.get(parentOf(path)) ?? []
    siblings.splice(siblings.indexOf(nameOf(path)), 1)
  }

  /** Changes the list of a directory and tells the tree, as the live stream does. */
  async change(
    path: string,
    { created = [], deleted = [] }: { created?: string[]; deleted?: string[] },
  ): Promise<void> {
    for (const name of created) this.add(joinPath(path, name))
    for (const name of deleted) this.remove(joinPath(path, name))
    this.#revision++
    this.live.changes({
      directories: [
        {
          path,
          revision: this.#revision,
          total: this.lists.get(path)?.length ?? 0,
          created,
          deleted,
          more: false,
          gone: false,
        },
      ],
    })
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input), 'http://localhost')
    this.requests.push(url)
    await Promise.resolve()
    init?.signal?.throwIfAborted()
    if (this.down) throw new TypeError('fetch failed')
    const resource = url.pathname.split('/').at(-1) ?? ''
    const path = url.searchParams.get('path') ?? '/'
    const list = this.lists.get(path)
    if (list === undefined) return failure(404, 'NoNode')
    if (this.forbidden.has(path) && resource !== 'stats') return failure(403, 'NoAuth')
    if (resource === 'children') return this.#children(url, path, list)
    if (resource === 'stats') return this.#stats(url, path)
    return this.#find(url, path, list)
  }

  #children(url: URL, path: string, list: string[]): Response {
    const from = Number(url.searchParams.get('from'))
    const count = Number(url.searchParams.get('count') ?? PAGE_SIZE)
    const filter = url.searchParams.get('filter') ?? ''
    const matching = list.filter((name) => name.includes(filter))
    const sorted = url.searchParams.get('sort') === 'sequence' ? [...matching].sort(compareBySequence) : matching
    const names = sorted.slice(from, from + count)
    const answer = { path, from, total: sorted.length, names, unfiltered: list.length, pzxid: '0x1' }
    return Response.json({ ...answer, revision: this.#revision })
  }

  #stats(url: URL, path: string): Response {
    const stats = url.searchParams.getAll('name').map((name) => {
      const child = joinPath(path, name)
      if (!this.lists.has(child)) return null
      return { ...STAT, numChildren: this.lists.get(child)?.length ?? 0, ...this.stats.get(child) }
    })
    return Response.json({ path, stats })
  }

  #find(url: URL, path: string, list: string[]): Response {
    const index = list.findIndex((name) => name.startsWith(url.searchParams.get('prefix') ?? ''))
    const names = index === -1 ? [] : list.slice(index, index + 1)
    return Response.json({ path, names, index, total: list.length })
  }
}

class TestLive implements LiveClient {
  viewer = 'stream.tab'
  readonly status: LiveStatus = { stream: 'open', lastHeardAt: 1 }
  readonly released: string[] = []
  readonly own = new Set<string>()
  readonly #listeners = new Set<(message: LiveMessage) => void>()

  send(message: LiveMessage): void {
    for (const listener of this.#listeners) listener(message)
  }

  changes(changes: Partial<Changes>): void {
    this.send({ type: 'changes', cluster: 'test', directories: [], nodes: [], below: {}, ...changes })
  }

  connection(change: Partial<ConnectionView>, cluster = 'test'): void {
    this.send({ type: 'connection', cluster, connection: connectionFixture(change) })
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onStatus(): () => void {
    return () => undefined
  }

  release(_cluster: string, path: string): void {
    this.released.push(path)
  }

  markOwn(_cluster: string, zxid: string): void {
    this.own.add(zxid)
  }

  onOwn(): () => void {
    return () => undefined
  }

  isOwn(_cluster: string, zxid: string | null): boolean {
    return zxid !== null && this.own.has(zxid)
  }
}

export const STAT: StatJson = {
  czxid: '0x1',
  mzxid: '0x1',
  ctime: 0,
  mtime: 0,
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: '0x0',
  dataLength: 5,
  numChildren: 0,
  pzxid: '0x1',
}

function failure(status: number, code: string): Response {
  return Response.json({ error: { code, message: `It is ${code}.`, hint: 'No hint.' } }, { status })
}
