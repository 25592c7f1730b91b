import { randomUUID } from 'node:crypto'
import { createRefresher } from '@/components/node/refresher'
import { TreeStore } from '@/components/tree/tree-store'
import type { Interest, LiveClient, LiveStatus } from '@/lib/live/client'
import type { LiveMessage, Load } from '@/lib/live/protocol'
import { apiUrl, getJson, toAppError } from '@/lib/queries/get-json'
import type { ChildrenResponse, ConnectionResponse, NodeResponse } from '@/lib/queries/responses'
import type { Random } from '../sandbox/workload/random'
import { EventStreamClient } from './event-stream-client'
import { Ledger } from './ledger'
import type { LocalFetch } from './local-fetch'

const CLUSTER = 'default'
/** High enough for every row: a row off the screen has no figures. */
const SCREEN_PX = 60_000
/** So many folders are open at most; people have fewer. */
const MAX_OPEN = 40

export interface OpenNode {
  readonly path: string
  answer: NodeResponse | null
  /** The code of the last failure; null when the last read went well. */
  error: string | null
}

/**
 * A browser without its screen: the tree that the page has, with all its rules for what the stream says, and one open
 * znode that is read again when the page would. It opens and closes folders at random.
 */
export class SimulatedBrowser implements LiveClient {
  readonly ledger = new Ledger()
  readonly tree: TreeStore
  readonly viewer: string
  status: LiveStatus = { stream: 'connecting', lastHeardAt: 0 }
  node: OpenNode | null = null
  gaps = 0
  resets = 0
  readonly #stream: EventStreamClient
  readonly #listeners = new Set<(message: LiveMessage) => void>()
  readonly #statusListeners = new Set<(status: LiveStatus) => void>()
  readonly #refresher = createRefresher(() => this.#readNode())
  readonly #stopTree: () => void

  constructor(
    url: string,
    web: LocalFetch,
    private readonly hears: { load(load: Load): void; lag(milliseconds: number): void },
  ) {
    const id = randomUUID()
    this.viewer = `${id}.oracle`
    web.tap(this.viewer, (resource, body) => {
      if (resource === 'children') this.ledger.read(body as ChildrenResponse)
    })
    this.tree = new TreeStore(CLUSTER, this)
    this.tree.rowWindow.resize(SCREEN_PX)
    this.#stopTree = this.tree.start()
    this.#stream = new EventStreamClient(
      `${url}${apiUrl(['events'], { stream: id })}`,
      (message) => this.#onMessage(message),
      () => this.#setStatus('lost'),
    )
  }

  /** Does something that a person might do. */
  act(random: Random): void {
    const dice = random.between(1, 100)
    const { rows } = this.tree
    if (rows.directory('/oracle') === null) this.tree.expand('/oracle')
    const row = rows.rowAt(random.between(0, rows.rowCount - 1))
    if (dice <= 2) this.#stream.break(dice === 1)
    else if (row.type !== 'node' || row.path.startsWith('/zookeeper')) return
    else if (dice <= 15) this.open(dice % 2 === 0 ? '/oracle/hot' : row.path)
    else if (dice <= 40) this.#collapse(row.path)
    else if ([...rows.directories()].length < MAX_OPEN) this.tree.expand(row.path)
  }

  /** Shows the data of a znode, in the place of the one before. */
  open(path: string): void {
    if (this.node !== null && this.node.path !== path) this.release(CLUSTER, this.node.path, 'node')
    this.node = { path, answer: null, error: null }
    this.#refresher.refresh()
  }

  close(): void {
    this.#stopTree()
    this.#refresher.stop()
    this.#stream.stop()
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onStatus(listener: (status: LiveStatus) => void): () => void {
    this.#statusListeners.add(listener)
    return () => this.#statusListeners.delete(listener)
  }

  release(cluster: string, path: string, what: Interest): void {
    const url = apiUrl(['clusters', cluster, 'release'], { viewer: this.viewer, path, what })
    void fetch(url).catch(() => undefined)
  }

  markOwn(): void {
    // It writes nothing.
  }

  isOwn(): boolean {
    return false
  }

  onOwn(): () => void {
    return () => undefined
  }

  #collapse(path: string): void {
    if (path !== '/' && path !== '/oracle' && this.tree.rows.directory(path) !== null) this.tree.collapse(path)
  }

  #onMessage(message: LiveMessage): void {
    if (message.type === 'reset') {
      this.resets++
      this.ledger.forget()
      void this.#readConnection()
    } else if (message.type === 'gap') this.gaps++
    else if (message.type === 'connection') this.ledger.connection(message.connection)
    else if (message.type === 'beat') for (const { load } of Object.values(message.clusters)) this.hears.load(load)
    else if (message.type === 'changes') {
      this.ledger.tell(message)
      for (const { kind, count, stat } of message.nodes)
        if (kind === 'changed' && count > 0 && stat !== null) this.hears.lag(Date.now() - stat.mtime)
    }
    this.#setStatus('open')
    for (const listener of [...this.#listeners]) listener(message)
    if (this.#concernsNode(message)) this.#refresher.refresh()
  }

  /** As components/node/use-live-changes.ts and components/live/feed.ts have it. */
  #concernsNode(message: LiveMessage): boolean {
    const path = this.node?.path
    switch (message.type) {
      case 'reset':
      case 'gap':
        return true
      case 'connection':
        return message.connection.status === 'connected'
      case 'changes':
        return (
          message.nodes.some((change) => change.path === path) ||
          message.directories.some((delta) => delta.path === path)
        )
      default:
        return false
    }
  }

  /** What the stream said of it meanwhile is newer. */
  async #readConnection(): Promise<void> {
    const { connectionsTold } = this.ledger
    const url = apiUrl(['clusters', CLUSTER, 'connection'], { viewer: this.viewer })
    const answer = await getJson<ConnectionResponse>(url).catch(() => null)
    if (answer !== null && connectionsTold === this.ledger.connectionsTold) this.ledger.connection(answer.connection)
  }

  async #readNode(): Promise<void> {
    const { node } = this
    if (node === null) return
    try {
      const url = apiUrl(['clusters', CLUSTER, 'node'], { path: node.path, viewer: this.viewer })
      node.answer = await getJson<NodeResponse>(url)
      node.error = null
    } catch (thrown) {
      node.error = toAppError(thrown).code
    }
  }

  #setStatus(stream: LiveStatus['stream']): void {
    const changed = stream !== this.status.stream
    this.status = { stream, lastHeardAt: stream === 'open' ? Date.now() : this.status.lastHeardAt }
    if (changed) for (const listener of [...this.#statusListeners]) listener(this.status)
  }
}
