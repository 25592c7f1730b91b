import type { Interest } from '@/lib/live/client'
import type { Changes, DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import { parentOf } from '@/lib/znode/path'
import { Interests } from './interests'

/** One delivery of the mirror, before it is cut to what a subscriber looks at. */
export interface Delivery {
  readonly directories: readonly DirectoryDelta[]
  readonly nodes: readonly NodeChange[]
}

export type ChangeSink = (changes: Omit<Changes, 'type' | 'cluster'>) => void

/** The list of all locks has no path of its own. */
const ALL_LOCKS = '/'

/**
 * What one browser looks at: directories (their rows), nodes (their data), locks and the list of locks. Each of its tabs holds on to a path
 * separately, so that a tab that closes a folder does not blind another.
 */
export class Subscription {
  readonly #directories = new Interests()
  readonly #nodes = new Interests()
  readonly #locks = new Interests()
  readonly #lists = new Interests()

  constructor(readonly sink: ChangeSink) {}

  watchDirectory(path: string, tab: string): void {
    this.#directories.hold(path, tab)
  }

  watchNode(path: string, tab: string): void {
    this.#nodes.hold(path, tab)
  }

  watchLock(path: string, tab: string): void {
    this.#locks.hold(path, tab)
  }

  watchLocks(tab: string): void {
    this.#lists.hold(ALL_LOCKS, tab)
  }

  release(path: string, what: Interest, tab: string): void {
    this.#interests(what).letGo(path, tab)
  }

  releaseTab(tab: string): void {
    for (const what of ['directory', 'node', 'lock', 'locks'] as const) this.#interests(what).letGoOfAll(tab)
  }

  get isEmpty(): boolean {
    return this.#directories.size + this.#nodes.size + this.#locks.size + this.#lists.size === 0
  }

  /** How many directories, nodes and locks it looks at without being told of their changes, because there are too many. */
  get unwatched(): number {
    return this.#directories.lost + this.#nodes.lost + this.#locks.lost
  }

  hasDirectory(path: string): boolean {
    return this.#directories.has(path)
  }

  hasNode(path: string): boolean {
    return this.#nodes.has(path)
  }

  hasLock(path: string): boolean {
    return this.#locks.has(path)
  }

  get hasLocks(): boolean {
    return this.#lists.size > 0
  }

  get locks(): Iterable<string> {
    return this.#locks.paths()
  }

  get nodes(): Iterable<string> {
    return this.#nodes.paths()
  }

  deliver(delivery: Delivery): void {
    const directories = delivery.directories.filter((delta) => this.#directories.has(delta.path))
    const nodes: NodeChange[] = []
    const below: Record<string, number> = Object.create(null)
    for (const change of delivery.nodes) {
      if (this.#nodes.has(change.path) || this.#directories.has(parentOf(change.path))) nodes.push(change)
      else if (change.count > 0) this.#countBelow(change, below)
    }
    if (directories.length + nodes.length === 0 && Object.keys(below).length === 0) return
    this.sink({ directories, nodes, below })
  }

  #interests(what: Interest): Interests {
    switch (what) {
      case 'directory':
        return this.#directories
      case 'node':
        return this.#nodes
      case 'lock':
        return this.#locks
      case 'locks':
        return this.#lists
    }
  }

  /** Books a change to the deepest row on the screen that it is below. */
  #countBelow(change: NodeChange, below: Record<string, number>): void {
    for (let row = parentOf(change.path); row !== '/'; row = parentOf(row)) {
      if (this.#directories.has(parentOf(row))) {
        below[row] = (below[row] ?? 0) + change.count
        return
      }
    }
  }
}
