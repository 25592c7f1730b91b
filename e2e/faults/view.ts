import type { Ensemble } from '@/lib/ensemble/ensemble'
import { readChildren, readNode, readStats, type Viewer } from '@/lib/ensemble/reads'
import type { Changes } from '@/lib/live/protocol'
import { joinPath, parentOf } from '@/lib/znode/path'
import { fromHex, type StatJson, statToJson } from '@/lib/znode/stat'
import { isZooKeeperError } from '@/lib/zookeeper/errors'

/** As a browser does: reads of one thing begin at least this far apart. */
const INTERVAL_MS = 100

/** One row as it is on the screen. */
export interface Row {
  readonly stat: StatJson | null
  /** base64; only of open znodes. */
  readonly data?: string | null
}

/** Path -> row. A directory that is gone has none. */
export type Rows = Record<string, Row>

/**
 * What a browser would show, held the way a browser holds it: lists are read once and again when a delta says that they
 * are old, stats come with the changes, and nothing is asked that no message gives a reason to ask.
 */
export class View {
  readonly #lists = new Map<string, { revision: number; names: readonly string[] }>()
  readonly #stats = new Map<string, StatJson>()
  readonly #data = new Map<string, string | null>()
  readonly #soon = new Map<string, NodeJS.Timeout>()
  readonly viewer: Viewer
  /** Reads that failed. They are tried again after the next message, or in a second. */
  failures = 0

  constructor(
    private readonly ensemble: Ensemble,
    private readonly directories: readonly string[],
    private readonly nodes: readonly string[],
    heard: (changes: Omit<Changes, 'type' | 'cluster'>) => void,
  ) {
    const subscription = ensemble.mirror.subscribe((changes) => {
      heard(changes)
      this.#apply(changes)
    })
    this.viewer = { subscription, tab: 'faults' }
    let rolledBackAt = 0
    ensemble.onConnection(({ rolledBack }) => {
      if (!rolledBack || rolledBack.at === rolledBackAt) return
      rolledBackAt = rolledBack.at
      this.#startOver()
    })
    ensemble.onGap(() => {
      for (const path of this.nodes) this.#later(`node ${path}`, () => this.#readNode(path))
    })
  }

  async open(): Promise<void> {
    for (const path of this.directories) await this.#readList(path)
    for (const path of this.nodes) await this.#readNode(path)
  }

  rows(): Rows {
    const rows: Rows = {}
    for (const [directory, { names }] of this.#lists) {
      for (const name of names) {
        const path = joinPath(directory, name)
        rows[path] = this.#row(path)
      }
    }
    for (const path of this.nodes) rows[path] = this.#row(path)
    return rows
  }

  /** The ensemble went back in time: what is older than what is held is right from now on. */
  #startOver(): void {
    this.#stats.clear()
    this.#data.clear()
    for (const path of this.directories) {
      this.#lists.set(path, { revision: 0, names: [] })
      this.#later(`list ${path}`, () => this.#readList(path))
    }
    for (const path of this.nodes) this.#later(`node ${path}`, () => this.#readNode(path))
  }

  #row(path: string): Row {
    const stat = this.#stats.get(path) ?? null
    return this.#data.has(path) ? { stat, data: this.#data.get(path) ?? null } : { stat }
  }

  #apply({ directories, nodes }: Omit<Changes, 'type' | 'cluster'>): void {
    for (const delta of directories) {
      const list = this.#lists.get(delta.path)
      if (delta.gone) this.#lists.set(delta.path, { revision: delta.revision, names: [] })
      else if (!list || delta.revision > list.revision)
        this.#later(`list ${delta.path}`, () => this.#readList(delta.path))
    }
    for (const { path, kind, stat } of nodes) {
      if (stat) this.#keep(path, stat)
      // What is known of it is out of date: it is asked for again, as the tree does.
      else this.#stats.delete(path)
      // A folder that vanished and is back is opened again, as a person would.
      if (this.#lists.get(path)?.names.length === 0 && kind !== 'deleted' && this.directories.includes(path))
        this.#later(`list ${path}`, () => this.#readList(path))
      if (this.nodes.includes(path)) this.#later(`node ${path}`, () => this.#readNode(path))
      else if (kind !== 'deleted' && !stat) this.#askStats(path)
    }
  }

  #askStats(path: string): void {
    const directory = parentOf(path)
    if (this.directories.includes(directory)) this.#later(`stats ${directory}`, () => this.#readStats(directory))
  }

  /** Two answers may overtake each other: what is newer stays. */
  #keep(path: string, stat: StatJson): void {
    const before = this.#stats.get(path)
    if (before && isOlder(stat, before)) return
    this.#stats.set(path, stat)
  }

  async #readList(path: string): Promise<void> {
    const query = { path, from: 0, count: 100_000, sort: 'name', filter: '' } as const
    const { names, revision } = await readChildren(this.ensemble, query, this.viewer).catch((error: unknown) => {
      if (isZooKeeperError(error) && error.code === 'NoNode') return { names: [], revision: 0 }
      throw error
    })
    const before = this.#lists.get(path)
    if (before && before.revision > revision && names.length > 0) return
    this.#lists.set(path, { revision, names })
    const held = new Set(names)
    for (const old of before?.names ?? []) if (!held.has(old)) this.#stats.delete(joinPath(path, old))
    await this.#readStats(path)
  }

  async #readStats(path: string): Promise<void> {
    const names = (this.#lists.get(path)?.names ?? []).filter((name) => !this.#stats.has(joinPath(path, name)))
    if (names.length === 0) return
    const stats = await readStats(this.ensemble, path, names, this.viewer)
    names.forEach((name, index) => {
      const stat = stats[index]
      if (stat && !('error' in stat)) this.#keep(joinPath(path, name), statToJson(stat))
    })
  }

  async #readNode(path: string): Promise<void> {
    try {
      const { data, stat } = await readNode(this.ensemble, path, this.viewer)
      const json = statToJson(stat)
      const before = this.#stats.get(path)
      if (before && isOlder(json, before)) return
      this.#stats.set(path, json)
      this.#data.set(path, data?.toString('base64') ?? null)
    } catch (error) {
      if (!isZooKeeperError(error) || error.code !== 'NoNode') throw error
      this.#stats.delete(path)
      this.#data.delete(path)
    }
  }

  #later(key: string, read: () => Promise<void>, waitMs = INTERVAL_MS): void {
    if (this.#soon.has(key)) return
    const timer = setTimeout(() => {
      this.#soon.delete(key)
      read().catch(() => {
        this.failures += 1
        this.#later(key, read, 1_000)
      })
    }, waitMs)
    this.#soon.set(key, timer)
  }
}

function isOlder(one: StatJson, other: StatJson): boolean {
  for (const field of ['czxid', 'mzxid', 'pzxid'] as const) {
    const [a, b] = [fromHex(one[field]), fromHex(other[field])]
    if (field === 'czxid' && a !== b) return a < b
    if (a < b) return true
  }
  return one.aversion < other.aversion
}
