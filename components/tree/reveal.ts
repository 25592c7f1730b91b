import { fetchChildren, fetchFind } from '@/lib/queries/children'
import { type Directory, PAGE_SIZE } from '@/lib/tree/directory'
import { ancestorsOf, joinPath, nameOf } from '@/lib/znode/path'
import { compareBySequence } from '@/lib/znode/sequence'
import type { TreeStore } from './tree-store'

/** The list may change between finding a name and reading the page around it. */
const ATTEMPTS = 3

/**
 * Opens everything above a znode and loads the part of each list where the path goes on.
 * @returns the deepest path that is a row now: another one than asked for when it does not exist or cannot be listed.
 */
export async function reveal(store: TreeStore, path: string, isWanted: () => boolean = () => true): Promise<string> {
  let deepest = '/'
  const above = ancestorsOf(path)
  for (const [depth, ancestor] of above.entries()) {
    const directory = store.rows.directory(ancestor) ?? store.expand(ancestor)
    const next = above[depth + 1] ?? path
    if (directory === null || !(await locate(store, directory, nameOf(next))) || !isWanted()) return deepest
    deepest = next
  }
  return deepest
}

/** Loads the page with a child's name. @returns whether there is such a child. Never rejects. */
export async function locate(store: TreeStore, directory: Directory, name: string): Promise<boolean> {
  if (directory.indexOf(name) !== -1) return true
  if (!directory.loaded) await store.lists.readAround(directory, 0)
  // The filter hides it, and to look for one znode is to have ended looking at others.
  if (store.view.filter?.path === directory.path && directory.indexOf(name) === -1) {
    store.setFilter(null)
    await store.lists.readAround(directory, 0)
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (directory.indexOf(name) !== -1) return true
    if (directory.error !== null || directory.total <= PAGE_SIZE) return false
    const index = await indexOf(store, directory, name).catch(() => -1)
    if (index === -1) return false
    await store.lists.readAround(directory, index)
  }
  return directory.indexOf(name) !== -1
}

async function indexOf(store: TreeStore, directory: Directory, name: string): Promise<number> {
  if (store.view.sort === 'name') {
    const { names, index } = await fetchFind(store.cluster, { path: directory.path, prefix: name, limit: 1 })
    return names[0] === name ? index : -1
  }
  // The server finds by name only; in another order the page is found by halving: eleven reads in a million.
  let low = 0
  let high = Math.ceil(directory.total / PAGE_SIZE)
  while (low < high) {
    const page = (low + high) >> 1
    const view = { path: directory.path, ...store.listView(directory.path) }
    const { names } = await fetchChildren(store.cluster, { ...view, from: page * PAGE_SIZE, count: PAGE_SIZE })
    const at = names.indexOf(name)
    if (at !== -1) return page * PAGE_SIZE + at
    const first = names[0]
    const last = names.at(-1)
    if (first === undefined || compareBySequence(name, first) < 0) high = page
    else if (last !== undefined && compareBySequence(name, last) > 0) low = page + 1
    else return -1
  }
  return -1
}

/** The next row after the active one whose name starts with a prefix: among the loaded ones, then by asking. */
export async function findByPrefix(store: TreeStore, prefix: string, includeActive: boolean): Promise<string | null> {
  const loaded = findLoaded(store, prefix.toLowerCase(), includeActive)
  if (loaded !== null) return loaded
  const directory = store.parentOfActive
  if (directory === null || directory.total <= PAGE_SIZE) return null
  const query = { path: directory.path, prefix, limit: 1 }
  const [name] = await fetchFind(store.cluster, query).then(
    (answer) => answer.names,
    () => [],
  )
  if (name === undefined || !(await locate(store, directory, name))) return null
  return joinPath(directory.path, name)
}

/** Rows looked at for the next match: more would be felt while typing. */
const LOOK_AHEAD = 5_000

function findLoaded(store: TreeStore, prefix: string, includeActive: boolean): string | null {
  const { rows, view } = store
  const start = rows.indexOf(view.active)
  const count = Math.min(rows.rowCount, LOOK_AHEAD)
  for (let step = includeActive ? 0 : 1; step <= count; step++) {
    const row = rows.rowAt((start + step) % rows.rowCount)
    if (row.type === 'node' && row.name.toLowerCase().startsWith(prefix)) return row.path
  }
  return null
}
