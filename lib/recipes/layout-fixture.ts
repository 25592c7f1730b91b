import type { Stat } from '@/lib/znode/stat'
import type { Layout, SeenChild } from './layout'

/** For tests: a stat with nothing in it but what is given. */
export function statWith(known: Partial<Stat> = {}): Stat {
  return {
    czxid: 0n,
    mzxid: 0n,
    ctime: 0n,
    mtime: 0n,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: 0n,
    dataLength: 0,
    numChildren: 0,
    pzxid: 0n,
    ...known,
  }
}

/** For tests: a directory of which the names are known, and whatever else is given. */
export function layoutWith(
  path: string,
  children: readonly (string | SeenChild)[],
  known: Partial<Omit<Layout, 'path' | 'children'>> = {},
): Layout {
  return {
    path,
    stat: null,
    data: null,
    near: new Map(),
    children: children.map((child) => (typeof child === 'string' ? { name: child, stat: null, data: null } : child)),
    ...known,
  }
}

/** For tests: an ephemeral child; the later it was made, the larger its czxid. */
export function ephemeral(name: string, session: bigint, czxid = 1n, data = ''): SeenChild {
  const bytes = new TextEncoder().encode(data)
  const stat = statWith({ ephemeralOwner: session, czxid, mzxid: czxid, dataLength: bytes.length })
  return { name, stat, data: bytes }
}
