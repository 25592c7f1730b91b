import type { Mirror } from '@/lib/ensemble/mirror'
import type { Subscription } from '@/lib/ensemble/subscription'
import { parentOf } from '@/lib/znode/path'
import type { WatchEvent } from '@/lib/zookeeper/session'
import type { WatchedDirectory } from './watched-directory'

const TAB = 'locks'

/**
 * Which directory wants which events. They cost the ensemble no watch of their own: the one on the root tells of
 * everything. Where there is none, a directory is watched as if somebody had it on the screen, and is told only that
 * its list has changed.
 */
export class WatchedPaths {
  readonly #directories = new Map<string, Map<WatchedDirectory, () => void>>()
  #subscription: Subscription | null = null

  constructor(private readonly mirror: Mirror) {}

  /** @param onListChanged called where no event tells what has changed. Returns a function that ends it. */
  listen(directory: WatchedDirectory, onListChanged: () => void): () => void {
    const { path } = directory
    const known = this.#directories.get(path) ?? new Map<WatchedDirectory, () => void>()
    known.set(directory, onListChanged)
    this.#directories.set(path, known)
    if (this.#subscription !== null) this.#show(this.#subscription, path)
    return () => {
      known.delete(directory)
      if (known.size > 0) return
      this.#directories.delete(path)
      this.#subscription?.release(path, 'directory', TAB)
    }
  }

  onEvent(event: WatchEvent, at: number): void {
    this.#tell(event.path, event, at)
    if (event.path !== '/') this.#tell(parentOf(event.path), event, at)
  }

  /** How the connection at hand tells of changes may be another way than before. */
  adapt(): void {
    const needed = this.mirror.liveness !== 'every change' && this.#directories.size > 0
    if (needed === (this.#subscription !== null)) return
    if (this.#subscription !== null) {
      this.mirror.unsubscribe(this.#subscription)
      this.#subscription = null
      return
    }
    const subscription = this.mirror.subscribe(({ directories }) => {
      for (const { path } of directories) for (const changed of this.#directories.get(path)?.values() ?? []) changed()
    })
    this.#subscription = subscription
    for (const path of this.#directories.keys()) this.#show(subscription, path)
  }

  #tell(path: string, event: WatchEvent, at: number): void {
    for (const directory of this.#directories.get(path)?.keys() ?? []) directory.onEvent(event, at)
  }

  #show(subscription: Subscription, path: string): void {
    subscription.watchDirectory(path, TAB)
    // One that does not exist has no list to watch: it is looked for from time to time.
    void this.mirror.directory(path).catch(() => undefined)
  }
}
