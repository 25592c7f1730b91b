import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { anyMayBeEphemeral, lineUp, oneAtATime, type Place, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Recipe } from './recipe'

/** LeaderLatch of the crate "zookeeper" (bonifaido): number after the last '-', other children are not seen. */
export const rustLatch: Family = {
  id: 'rust.latch',
  rules: ['rust.latch'],
  recognise: (layout, evidence) =>
    inLine(layout, evidence, /^latch-.+-(\d{10})$/, 'election', 'zookeeper (Rust) LeaderLatch'),
}

/**
 * shared_lock of the crate "zookeeper-async" (krojew). It looks its own znode up by its whole name in a list that is
 * sorted by number alone; when it is not found the client panics, and its znode stays as long as its session.
 */
export const rustAsyncLock: Family = {
  id: 'rust.async',
  rules: ['rust.async.lock'],
  recognise: (layout, evidence) => inLine(layout, evidence, ASYNC, 'mutex', 'zookeeper-async (Rust) shared_lock'),
}

const ASYNC = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}_(\d{10})$/

/** LockClient of the crate "zookeeper-client" (kezhuw) with a shared prefix: "n-"; its other names are Curator's and ZooKeeper's own. */
export const rustClient: Family = {
  id: 'rust.client',
  recognise: (layout, evidence) =>
    inLine(layout, evidence, /^n-(\d{10})$/, 'mutex', 'zookeeper-client (Rust) LockClient'),
}

function inLine(
  layout: Layout,
  evidence: Evidence,
  name: RegExp,
  kind: 'mutex' | 'election',
  library: string,
): Recipe | null {
  const { places, foreign } = pickPlaces(layout.children, (child) => placeOf(child, name))
  if (places.length < foreign.length || places.length === 0 || !anyMayBeEphemeral(places)) return null
  places.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
  return makeRecipe(kind, library, {
    orElse: kind === 'mutex' ? [] : ['ZooKeeper recipe "Leader Election", written by hand'],
    contenders: lineUp(layout, evidence, places, oneAtATime),
    foreign,
    permits: 1,
  })
}

function placeOf(child: SeenChild, name: RegExp): Place | null {
  const digits = name.exec(child.name)?.[1]
  return digits === undefined ? null : { child, sequence: Number(digits), lane: null }
}
