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

/**
 * What one browser looks at: directories (their rows) and nodes (their data). Each of its tabs holds on to a path
 * separately, so that a tab that closes a folder does not blind another.
 */
export class Subscription {
  readonly #directories = new Interests()
  readonly #nodes = new Interests()

  constructor(readonly sink: ChangeSink) {}

  watchDirectory(path: string, tab: string): void {
    this.#directories.hold(path, tab)
  }

  watchNode(path: string, tab: string): void {
    this.#nodes.hold(path, tab)
  }

  release(path: string, what: Interest, tab: string): void {
    const interests = what === 'directory' ? this.#directories : this.#nodes
    interests.letGo(path, tab)
  }

  releaseTab(tab: string): void {
    this.#directories.letGoOfAll(tab)
    this.#nodes.letGoOfAll(tab)
  }

  get isEmpty(): boolean {
    return this.#directories.size + this.#nodes.size === 0
  }

  /** How many directories and nodes it looks at without being told of their changes, because there are too many. */
  get unwatched(): number {
    return this.#directories.lost + this.#nodes.lost
  }

  hasDirectory(path: string): boolean {
    return this.#directories.has(path)
  }

  hasNode(path: string): boolean {
    return this.#nodes.has(path)
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
