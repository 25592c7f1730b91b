import type { DirectoryDelta } from '@/lib/live/protocol'
import type { Directory, ListDelta } from './directory'
import { nextRevision } from './revision'

/** A delta names at most this many children; `more` says that there are others. */
export const MAX_NAMED = 100

/** Collects what happened to the lists of names between two deliveries. */
export class ListDeltas {
  readonly #deltas = new Map<string, ListDelta>()
  readonly #gone = new Set<string>()

  add(path: string, { created, deleted }: ListDelta): void {
    const before = this.#deltas.get(path)
    if (before) {
      before.created.push(...created.slice(0, MAX_NAMED + 1))
      before.deleted.push(...deleted.slice(0, MAX_NAMED + 1))
    } else this.#deltas.set(path, { created: [...created], deleted: [...deleted] })
  }

  /** The directory itself is gone, or can no longer be read. */
  drop(path: string): void {
    this.#deltas.delete(path)
    this.#gone.add(path)
  }

  take(directories: ReadonlyMap<string, Directory>): DirectoryDelta[] {
    const deltas: DirectoryDelta[] = []
    for (const path of this.#gone) {
      const again = directories.get(path)
      const revision = again?.revision ?? nextRevision()
      deltas.push({ path, revision, total: 0, created: [], deleted: [], more: false, gone: true })
    }
    for (const [path, { created, deleted }] of this.#deltas) {
      const directory = directories.get(path)
      if (!directory) continue
      deltas.push({
        path,
        revision: directory.revision,
        total: directory.total,
        created: created.slice(0, MAX_NAMED),
        deleted: deleted.slice(0, MAX_NAMED),
        more: created.length > MAX_NAMED || deleted.length > MAX_NAMED,
        gone: false,
      })
    }
    this.#deltas.clear()
    this.#gone.clear()
    return deltas
  }
}
