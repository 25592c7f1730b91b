import type { Row } from '@/lib/tree/rows'
import { joinPath, parentOf } from '@/lib/znode/path'
import { findByPrefix, locate, reveal } from './reveal'
import { ROW_HEIGHT, type TreeStore } from './tree-store'

/** `*` opens at most this many folders of less than this many children each: more would be a burst of listings. */
const STAR_FOLDERS = 50
const STAR_CHILDREN = 500
/** Letters typed within this time are one prefix, ms. */
const TYPE_AHEAD_MS = 500

/** Moves the keyboard's row as the tree pattern of the ARIA Authoring Practices has it. */
export class Navigation {
  #typed = ''
  #typedAt = Number.NEGATIVE_INFINITY
  #latest = 0

  constructor(private readonly store: TreeStore) {}

  /** By rows; rows that are no znodes are passed over. */
  move(by: number): void {
    const { rows, view } = this.store
    const from = rows.indexOf(view.active)
    void this.toRow(Math.min(Math.max(0, from + by), rows.rowCount - 1), Math.sign(by))
  }

  page(direction: 1 | -1): void {
    this.move(direction * Math.max(1, Math.floor(this.store.rowWindow.viewport / ROW_HEIGHT) - 1))
  }

  home(): void {
    void this.toRow(0, 1)
  }

  end(): void {
    void this.toRow(this.store.rows.rowCount - 1, -1)
  }

  /** Closed: opens; open: to the first child; not readable: tries again. */
  right(): void {
    const { store } = this
    const { active } = store.view
    const directory = store.rows.directory(active)
    if (directory?.error) store.refresh(active)
    else if (directory !== null) {
      const first = store.rows.indexOf(active) + 1
      const row = first < store.rows.rowCount ? store.rows.rowAt(first) : null
      if (row?.type === 'node' && row.parent?.path === active) this.to(row.path)
    } else if (this.mayHaveChildren(active)) store.expand(active)
  }

  /** Open: closes; else to the parent. The root stays open. */
  left(): void {
    const { active } = this.store.view
    if (active !== '/' && this.store.rows.directory(active) !== null) this.store.collapse(active)
    else this.to(parentOf(active))
  }

  /** Opens the folders beside the active row. @returns how many there are and how many of them were opened. */
  star(): { readonly opened: number; readonly folders: number } {
    const { rows, stats } = this.store
    const parent = this.store.parentOfActive
    if (parent === null) return { opened: 0, folders: 0 }
    const folders: string[] = []
    const first = rows.indexOf(parent.path) + 1
    for (let i = first; i < Math.min(first + parent.height, first + STAR_CHILDREN * STAR_FOLDERS); i++) {
      const row = rows.rowAt(i)
      if (row.type !== 'node' || row.parent !== parent || row.open !== null) continue
      const stat = stats.statOf(row.path)
      if (stat && 'numChildren' in stat && stat.numChildren > 0 && stat.numChildren < STAR_CHILDREN)
        folders.push(row.path)
    }
    const opened = folders.slice(0, STAR_FOLDERS)
    for (const path of opened) this.store.expand(path)
    return { opened: opened.length, folders: folders.length }
  }

  /** Goes to the next row that starts with what was typed within the last half second. */
  async type(letter: string, now: number): Promise<void> {
    const repeated = now - this.#typedAt > TYPE_AHEAD_MS
    this.#typed = repeated ? letter : this.#typed + letter
    this.#typedAt = now
    const turn = ++this.#latest
    // The first letter looks further on; more letters narrow down from where that led.
    const path = await findByPrefix(this.store, this.#typed, !repeated)
    if (path !== null && turn === this.#latest) this.to(path)
  }

  /** Whether the next letter goes on with a word: then a space, `*` or `/` belongs to it. */
  isTyping(now: number): boolean {
    return now - this.#typedAt <= TYPE_AHEAD_MS
  }

  /** To a row whose name is loaded. */
  to(path: string): void {
    const index = this.store.rows.indexOf(path)
    if (index === -1) return
    this.store.set({ active: path })
    this.store.rowWindow.scrollToRow(index)
  }

  /** To any znode: opens and loads what is above it. */
  async reveal(path: string): Promise<string> {
    const turn = ++this.#latest
    const isWanted = () => turn === this.#latest
    const deepest = await reveal(this.store, path, isWanted)
    if (!isWanted()) return deepest
    const index = this.store.rows.indexOf(deepest)
    if (index === -1) return deepest
    this.store.set({ active: deepest })
    const { offset, viewport } = this.store.rowWindow
    const visible = index * ROW_HEIGHT >= offset && (index + 1) * ROW_HEIGHT <= offset + viewport
    if (!visible) this.store.rowWindow.scrollToRow(index, 'center')
    return deepest
  }

  /** Unknown counts as yes: the answer is one listing away. */
  mayHaveChildren(path: string): boolean {
    const stat = this.store.stats.statOf(path)
    if (!stat || 'error' in stat) return stat !== null
    // Ephemeral znodes have no children: PrepRequestProcessor answers NoChildrenForEphemerals.
    return stat.numChildren > 0
  }

  /** To a row; when its name is not loaded yet, as soon as it is. Past rows that are no znodes, in `direction`. */
  async toRow(index: number, direction: number): Promise<void> {
    const turn = ++this.#latest
    const { rows, rowWindow } = this.store
    let row: Row | undefined
    let at = index
    for (; at >= 0 && at < rows.rowCount; at += direction || 1) {
      row = rows.rowAt(at)
      if (row.type === 'node' || row.type === 'unloaded') break
    }
    if (row?.type === 'node') {
      this.to(row.path)
      return
    }
    if (row?.type !== 'unloaded') return
    rowWindow.scrollToRow(at)
    const { parent, index: child } = row
    await this.store.lists.readAround(parent, child)
    const name = parent.nameAt(child)
    if (turn !== this.#latest || name === undefined || !(await locate(this.store, parent, name))) return
    this.to(joinPath(parent.path, name))
  }
}
