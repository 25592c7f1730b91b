import type { LiveClient } from '@/lib/live/client'
import { TreeStore } from './tree-store'

const stores = new WeakMap<LiveClient, Map<string, TreeStore>>()

/** The tree of a cluster as it was left: what was open and scrolled to is so again after a look at another page. */
export function treeStoreOf(live: LiveClient, cluster: string): TreeStore {
  let ofLive = stores.get(live)
  if (ofLive === undefined) {
    ofLive = new Map()
    stores.set(live, ofLive)
  }
  let store = ofLive.get(cluster)
  if (store === undefined) {
    store = new TreeStore(cluster, live)
    ofLive.set(cluster, store)
  }
  return store
}
