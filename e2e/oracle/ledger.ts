import type { Changes, ConnectionView, DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import type { ChildrenResponse } from '@/lib/queries/responses'
import { nameOf, parentOf } from '@/lib/znode/path'
import { fromHex, type StatJson } from '@/lib/znode/stat'

interface List {
  revision: number
  pzxid: bigint
  readonly names: Set<string>
}

/**
 * Keeps account of what one browser has been told and notes every message that contradicts it: a deletion of what was
 * not there, a creation of what was, a list that has not the length it says, a znode that became another or went back in
 * time without a word.
 */
export class Ledger {
  readonly contradictions: string[] = []
  readonly #lists = new Map<string, List>()
  /** The revision of the last message about a directory: the next one holds what happened since. */
  readonly #told = new Map<string, number>()
  readonly #stats = new Map<string, StatJson>()
  /** All that is shown has been compared with the ensemble since the last connection was made. */
  #current = true

  connectionsTold = 0

  connection({ status, syncing }: ConnectionView): void {
    this.connectionsTold++
    this.#current = status === 'connected' && !syncing
  }

  /** A part of a list that was read; kept when it is the whole. */
  read(answer: ChildrenResponse): void {
    const { path, revision, names, total } = answer
    if (names.length !== total || answer.unfiltered !== total) return
    const held = this.#lists.get(path)
    if ((held?.revision ?? this.#told.get(path) ?? 0) > revision) return
    if (held?.revision === revision && !sameNames(held.names, names)) {
      this.#note(`${path}: two lists of revision ${revision}: ${difference(held.names, names)}`)
    }
    this.#lists.set(path, { revision, pzxid: fromHex(answer.pzxid), names: new Set(names) })
  }

  tell({ directories, nodes }: Changes): void {
    for (const change of nodes) this.#checkNode(change)
    for (const delta of directories) this.#takeDelta(delta)
    for (const change of nodes) this.#remember(change)
  }

  /** Whatever was missed is not known, nor whether the connection was lost. */
  forget(): void {
    this.connectionsTold++
    this.#current = false
    this.#lists.clear()
    this.#told.clear()
    this.#stats.clear()
  }

  #checkNode({ path, kind, count, zxid, stat }: NodeChange): void {
    const before = this.#stats.get(path)
    if (stat !== null && before !== undefined) {
      if (kind === 'changed' && stat.czxid !== before.czxid)
        this.#note(`${path}: changed, but it is another znode: ${before.czxid}, now ${stat.czxid}`)
      if (isOlder(stat, before))
        this.#note(
          `${path}: back in time: mzxid ${before.mzxid} pzxid ${before.pzxid}, now ${stat.mzxid} ${stat.pzxid}`,
        )
    }
    const list = this.#lists.get(parentOf(path))
    // What happened in a gap is told only when everything has been compared.
    if (
      !this.#current ||
      list === undefined ||
      count !== 1 ||
      zxid === null ||
      path === '/' ||
      fromHex(zxid) <= list.pzxid
    )
      return
    const there = list.names.has(nameOf(path))
    if (kind === 'created' && there) this.#note(`${path}: created in ${zxid}, but it was there in ${list.pzxid}`)
    if (kind === 'deleted' && !there) this.#note(`${path}: deleted in ${zxid}, but it was not there in ${list.pzxid}`)
  }

  #remember({ path, kind, zxid, stat }: NodeChange): void {
    if (stat !== null) this.#stats.set(path, stat)
    else if (kind !== 'changed') this.#stats.delete(path)
    const list = this.#lists.get(parentOf(path))
    if (list === undefined || zxid === null || kind === 'changed') return
    if (fromHex(zxid) > list.pzxid) list.pzxid = fromHex(zxid)
  }

  #takeDelta(delta: DirectoryDelta): void {
    const { path, revision, total, created, deleted, more, gone } = delta
    const told = this.#told.get(path)
    this.#told.set(path, revision)
    const list = this.#lists.get(path)
    if (list === undefined || (!gone && revision <= list.revision)) return
    // Not said in full, or not in which order: the browser reads the list again.
    if (gone || more || created.some((name) => deleted.includes(name))) {
      this.#lists.delete(path)
      return
    }
    // The list that was read may know a part of it already, if it is newer than the last message.
    const exact = told !== undefined && list.revision <= told
    for (const name of deleted) {
      if (!list.names.delete(name) && exact) this.#note(`${path}: lost ${name}, which it had not`)
    }
    for (const name of created) {
      if (list.names.has(name) && exact) this.#note(`${path}: got ${name}, which it had`)
      list.names.add(name)
    }
    if (list.names.size !== total) {
      this.#note(`${path}: ${total} children at revision ${revision}, ${list.names.size} by what was told`)
      this.#lists.delete(path)
      return
    }
    list.revision = revision
  }

  #note(contradiction: string): void {
    this.contradictions.push(contradiction)
  }
}

function isOlder(stat: StatJson, before: StatJson): boolean {
  if (stat.czxid !== before.czxid) return fromHex(stat.czxid) < fromHex(before.czxid)
  return fromHex(stat.mzxid) < fromHex(before.mzxid) || fromHex(stat.pzxid) < fromHex(before.pzxid)
}

function sameNames(held: ReadonlySet<string>, names: readonly string[]): boolean {
  return held.size === names.length && names.every((name) => held.has(name))
}

function difference(held: ReadonlySet<string>, names: readonly string[]): string {
  const now = new Set(names)
  const gone = [...held].filter((name) => !now.has(name))
  const come = names.filter((name) => !held.has(name))
  return `without ${gone.join(', ') || 'none'}, with ${come.join(', ') || 'none'}`
}
