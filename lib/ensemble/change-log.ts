import type { ChangeKind, NodeChange } from '@/lib/live/protocol'
import { type Stat, statToJson, toHex } from '@/lib/znode/stat'

interface Merged {
  kind: ChangeKind
  count: number
  zxid: bigint | null
  stat: Stat | null
}

/** Merges what happens to each znode between two deliveries: the last state wins, the number of changes is kept. */
export class ChangeLog {
  #changes = new Map<string, Merged>()

  get size(): number {
    return this.#changes.size
  }

  add(path: string, kind: ChangeKind, zxid: bigint | null): void {
    const before = this.#changes.get(path)
    if (before === undefined) {
      this.#changes.set(path, { kind, count: 1, zxid, stat: null })
      return
    }
    before.kind = before.count === 0 ? kind : mergeKinds(before.kind, kind)
    before.count++
    before.zxid = zxid
    // A stat read before this change is not the stat after it.
    before.stat = null
  }

  /** A stat that was read after the changes so far. On its own it is a change of count 0: only the children or the ACL. */
  addStat(path: string, stat: Stat): void {
    const before = this.#changes.get(path)
    if (before) {
      before.stat = stat
      // Servers before 3.9 do not say which transaction an event is about; the stat does, for a change of data.
      before.zxid ??= stat.mzxid
    } else {
      this.#changes.set(path, { kind: 'changed', count: 0, zxid: null, stat })
    }
  }

  take(): NodeChange[] {
    const taken: NodeChange[] = []
    for (const [path, change] of this.#changes) {
      taken.push({
        path,
        kind: change.kind,
        count: change.count,
        zxid: change.zxid === null ? null : toHex(change.zxid),
        stat: change.kind === 'deleted' || change.stat === null ? null : statToJson(change.stat),
      })
    }
    this.#changes.clear()
    return taken
  }
}

function mergeKinds(before: ChangeKind, next: ChangeKind): ChangeKind {
  if (next === 'deleted' || next === 'recreated') return next
  if (next === 'created') return before === 'deleted' ? 'recreated' : before === 'changed' ? 'recreated' : before
  return before
}
