import type { Interest } from '@/lib/live/client'
import type { Changes, DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import { parentOf } from '@/lib/znode/path'

/** One delivery of the mirror, before it is cut to what a subscriber looks at. */
export interface Delivery {
  readonly directories: readonly DirectoryDelta[]
  readonly nodes: readonly NodeChange[]
}

export type ChangeSink = (changes: Omit<Changes, 'type' | 'cluster'>) => void

/** A browser shows some hundred rows of some folders; the oldest interest goes when it claims to show more. */
const MAX_PATHS = 500

/**
 * What one browser looks at: directories (their rows) and nodes (their data). Each of its tabs holds on to a path
 * separately, so that a tab that closes a folder does not blind another.
 */
export class Subscription {
  #directories = new Map<string, Set<string>>()
  #nodes = new Map<string, Set<string>>()

  constructor(readonly sink: ChangeSink) {}

  watchDirectory(path: string, tab: string): void {
    hold(this.#directories, path, tab)
  }

  watchNode(path: string, tab: string): void {
    hold(this.#nodes, path, tab)
  }

  release(path: string, what: Interest, tab: string): void {
    letGo(what === 'directory' ? this.#directories : this.#nodes, path, tab)
  }

  releaseTab(tab: string): void {
    for (const interests of [this.#directories, this.#nodes]) {
      for (const path of [...interests.keys()]) letGo(interests, path, tab)
    }
  }

  get isEmpty(): boolean {
    return this.#directories.size + this.#nodes.size === 0
  }

  hasDirectory(path: string): boolean {
    return this.#directories.has(path)
  }

  hasNode(path: string): boolean {
    return this.#nodes.has(path)
  }

  get nodes(): Iterable<string> {
    return this.#nodes.keys()
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

function hold(interests: Map<string, Set<string>>, path: string, tab: string): void {
  const tabs = interests.get(path) ?? new Set()
  tabs.add(tab)
  interests.delete(path)
  interests.set(path, tabs)
  if (interests.size <= MAX_PATHS) return
  const oldest = interests.keys().next()
  if (!oldest.done) interests.delete(oldest.value)
}

function letGo(interests: Map<string, Set<string>>, path: string, tab: string): void {
  const tabs = interests.get(path)
  if (tabs?.delete(tab) && tabs.size === 0) interests.delete(path)
}
