import { joinPath } from '@/lib/znode/path'
import { Directory } from './directory'

/** A row of the tree. `position` counts from 1, as aria-posinset does. */
export type Row =
  | {
      readonly type: 'node'
      readonly path: string
      readonly name: string
      readonly depth: number
      readonly position: number
      readonly setSize: number
      /** Its own list when it is expanded. */
      readonly open: Directory | null
      readonly parent: Directory | null
    }
  | {
      readonly type: 'tombstone'
      readonly path: string
      readonly name: string
      readonly depth: number
      readonly parent: Directory
    }
  /** A child whose name is not loaded yet. */
  | { readonly type: 'unloaded'; readonly depth: number; readonly index: number; readonly parent: Directory }
  /** Says something about a directory: loading, empty, not readable. */
  | { readonly type: 'note'; readonly depth: number; readonly ordinal: number; readonly parent: Directory }

/**
 * The tree as a flat list of rows, the root's own row first. Only open directories are kept and of them only loaded
 * pages of names; a row is found by descending through prefix sums, so a million closed children cost nothing.
 */
export class TreeRows {
  readonly root = new Directory('/', '/', null)

  get rowCount(): number {
    return 1 + this.root.height
  }

  /** @throws RangeError outside of 0 <= index < rowCount. */
  rowAt(index: number): Row {
    if (index < 0 || index >= this.rowCount) throw new RangeError(`no row ${index} of ${this.rowCount}`)
    if (index === 0) {
      return { type: 'node', path: '/', name: '/', depth: 0, position: 1, setSize: 1, open: this.root, parent: null }
    }
    let parent = this.root
    let row = index - 1
    for (;;) {
      const place = parent.placeAt(row)
      const depth = parent.depth + 1
      switch (place.type) {
        case 'inside':
          parent = place.child
          row = place.row
          continue
        case 'note':
          return { type: 'note', depth, ordinal: place.ordinal, parent }
        case 'tombstone':
          return { type: 'tombstone', path: joinPath(parent.path, place.name), name: place.name, depth, parent }
        case 'child':
          return childRow(parent, place.index, depth)
      }
    }
  }

  /** The row of a znode or of its tombstone; -1 when it is not among the rows or its name is not loaded. */
  indexOf(path: string): number {
    if (path === '/') return 0
    const names = path.slice(1).split('/')
    const last = names.pop() ?? ''
    let parent = this.root
    let row = 1
    for (const name of names) {
      const child = parent.children.get(name)
      if (child === undefined || !child.placed) return -1
      row += parent.rowOf(child.index) + 1
      parent = child
    }
    const index = parent.indexOf(last)
    if (index !== -1) return row + parent.rowOf(index)
    const tombstone = parent.rowOfTombstone(last)
    return tombstone === -1 ? -1 : row + tombstone
  }

  /** The open directory at a path. */
  directory(path: string): Directory | null {
    if (path === '/') return this.root
    let directory = this.root
    for (const name of path.slice(1).split('/')) {
      const child = directory.children.get(name)
      if (child === undefined) return null
      directory = child
    }
    return directory
  }

  /** Every open directory, parents before children. */
  *directories(from: Directory = this.root): Generator<Directory> {
    yield from
    for (const child of from.children.values()) yield* this.directories(child)
  }

  /** Expands a child whose name is loaded. @returns its list, still empty; null when it is not among the rows. */
  open(path: string): Directory | null {
    const already = this.directory(path)
    if (already !== null) return already
    const at = path.lastIndexOf('/')
    const parent = this.directory(path.slice(0, at) || '/')
    const name = path.slice(at + 1)
    const index = parent?.indexOf(name) ?? -1
    if (parent === null || index === -1) return null
    const child = new Directory(path, name, parent)
    child.index = index
    parent.children.set(name, child)
    parent.touch()
    return child
  }

  /** Collapses; the root stays open. @returns the lists that went, the collapsed one first. */
  close(path: string): readonly Directory[] {
    const directory = this.directory(path)
    if (directory === null || directory.parent === null) return []
    const gone = [...this.directories(directory)]
    directory.parent.children.delete(directory.name)
    directory.parent.touch()
    return gone
  }
}

function childRow(parent: Directory, index: number, depth: number): Row {
  const name = parent.nameAt(index)
  if (name === undefined) return { type: 'unloaded', depth, index, parent }
  return {
    type: 'node',
    path: joinPath(parent.path, name),
    name,
    depth,
    position: index + 1,
    setSize: parent.total,
    open: parent.children.get(name) ?? null,
    parent,
  }
}
