import type { Changes, DirectoryDelta, NodeChange } from '@/lib/live/protocol'
import { patchListing } from '@/lib/tree/patch-listing'
import { compareNames } from '@/lib/znode/compare-names'
import { ancestorsOf, joinPath, nameOf, parentOf } from '@/lib/znode/path'
import { compareBySequence } from '@/lib/znode/sequence'
import type { TreeStore } from './tree-store'

/** How long the row of a deleted znode stays, ms. */
const TOMBSTONE_MS = 2_000

/** Counts of changes below closed rows, and figures: they wait for the next drawing, at most so long, ms. */
const FIGURES_WITHIN_MS = 400

const ORDER = { name: compareNames, sequence: compareBySequence }

/** Brings what the live stream says into the tree. @returns stops it. */
export function followLive(store: TreeStore): () => void {
  const { live, cluster } = store
  let { viewer } = live
  const readAgainAs = () => {
    viewer = live.viewer
    store.readAgain()
  }
  const stopMessages = live.subscribe((message) => {
    if (message.type === 'reset') readAgainAs()
    else if (message.type === 'connection' && message.cluster === cluster) {
      const { status, syncing } = message.connection
      if (status === 'connected' && !syncing) store.change(() => readFailedAgain(store))
    } else if (message.type === 'gap' && message.cluster === cluster) {
      // Lists were compared. Of figures only those that the server still held: of what it had let go nobody tells.
      store.change(() => store.stats.outdateAll())
    } else if (message.type === 'changes' && message.cluster === cluster) {
      store.change(() => apply(store, message), isNews(store, message) ? 0 : FIGURES_WITHIN_MS)
    }
  })
  // Another stream has taken over: it knows nothing of what this tab shows until it is read again.
  const stopStatus = live.onStatus(() => {
    if (live.viewer !== viewer) readAgainAs()
  })
  const stopOwn = live.onOwn((own, zxid) => own === cluster && store.change(() => store.pulses.claim(zxid)))
  return () => {
    stopOwn()
    stopMessages()
    stopStatus()
  }
}

/** Why a list could not be read may have been the connection, which is there now. */
function readFailedAgain(store: TreeStore): void {
  for (const directory of store.rows.directories()) {
    if (directory.error !== null) directory.outdateList()
    // Without an error too: the answer that says so may be under way.
    store.lists.forgive(directory)
  }
}

/** Whether a row comes, goes or changes, as opposed to counts and figures that follow. */
function isNews(store: TreeStore, changes: Changes): boolean {
  return (
    changes.directories.some((delta) => store.rows.directory(delta.path) !== null) ||
    changes.nodes.some((node) => node.count > 0 && store.rows.directory(parentOf(node.path)) !== null)
  )
}

function apply(store: TreeStore, changes: Changes): void {
  const now = performance.now()
  const told = new Set(changes.nodes.map((node) => node.path))
  for (const node of changes.nodes) applyNode(store, node, now)
  for (const delta of changes.directories) applyDirectory(store, delta, told, now)
  for (const [path, count] of Object.entries(changes.below)) {
    store.pulses.noteBelow(path, count, now)
    store.stats.outdate(path)
  }
}

function applyNode(store: TreeStore, change: NodeChange, now: number): void {
  const { path, kind, count } = change
  if (change.stat !== null) store.stats.patch(path, change.stat)
  // Only the number of children or the ACL is another: the row's figures follow, nothing lights up.
  if (count === 0) return
  if (path !== '/' && store.rows.directory(parentOf(path)) === null) {
    noteBelow(store, path, count, now)
    return
  }
  store.pulses.note(path, kind, { own: store.live.isOwn(store.cluster, change.zxid), zxid: change.zxid, count, now })
  if (path === store.view.selected) store.pulses.visit(path)
  if (kind === 'deleted') {
    store.rows.directory(parentOf(path))?.bury([nameOf(path)], now + TOMBSTONE_MS)
  } else if (change.stat === null) store.stats.outdate(path)
}

function applyDirectory(store: TreeStore, delta: DirectoryDelta, told: ReadonlySet<string>, now: number): void {
  const directory = store.rows.directory(delta.path)
  if (directory === null) {
    const count = delta.created.length + delta.deleted.length
    if (count > 0) noteBelow(store, delta.path, count, now)
    return
  }
  // The list knows better than the stat what it holds, and it is on the screen first.
  store.stats.outdate(delta.path)
  store.lists.forgive(directory)
  // Some of them may be other znodes by now, and are not named.
  if (delta.more || delta.gone) store.stats.outdateChildren(delta.path)
  for (const name of delta.created)
    if (!told.has(joinPath(delta.path, name))) store.stats.outdate(joinPath(delta.path, name))
  if (delta.gone) {
    // Deleted, or no longer readable: the answer to the next read says which.
    directory.outdateList(delta.revision)
    return
  }
  directory.bury(delta.deleted, now + TOMBSTONE_MS)
  const { sort, filter } = store.listView(delta.path)
  const patched = filter === '' ? patchListing(directory, delta, ORDER[sort]) : null
  directory.wanted = Math.max(directory.wanted, delta.revision)
  const gone = patched === null ? null : directory.accept(patched)
  if (gone !== null) store.accepted(directory, gone)
  for (const name of delta.created) notePulse(store, joinPath(delta.path, name), 'created', told, now)
  for (const name of delta.deleted) notePulse(store, joinPath(delta.path, name), 'deleted', told, now)
}

function notePulse(
  store: TreeStore,
  path: string,
  kind: 'created' | 'deleted',
  told: ReadonlySet<string>,
  now: number,
): void {
  if (!told.has(path)) store.pulses.note(path, kind, { own: false, zxid: null, count: 1, now })
}

/** Counts for the closed row above it: another tab of this browser may have open what is closed here. */
function noteBelow(store: TreeStore, path: string, count: number, now: number): void {
  const row = [...ancestorsOf(path), path].findLast(
    (above) => above !== '/' && store.rows.directory(parentOf(above)) !== null,
  )
  if (row === undefined || store.rows.directory(row) !== null) return
  store.pulses.noteBelow(row, count, now)
  store.stats.outdate(row)
}
