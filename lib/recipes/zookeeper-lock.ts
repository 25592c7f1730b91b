import { compareNames } from '@/lib/znode/compare-names'
import { hitsOf } from './classify'
import type { Family } from './family'
import { inOrderOf } from './in-order'
import type { Layout, SeenChild } from './layout'
import type { Place } from './line-up'
import { makeRecipe } from './make-recipe'
import { wholeLine } from './whole-line'

/** ZooKeeper's own WriteLock in Java: "x-<session id>-", in decimal. Source: WriteLock.java, ZNodeName.java. */
export const javaWriteLock: Family = {
  id: 'javaWriteLock',
  rules: ['zk.java.lock', 'zk.c.lock'],
  recognise(layout, evidence) {
    if (languageOf(layout) !== 'Java') return null
    const order = layout.children
      .map((child) => ({ child, name: parseZNodeName(child.name) }))
      .sort((a, b) => a.name.number - b.name.number || compareNames(a.name.prefix, b.name.prefix))
    return makeRecipe('mutex', 'ZooKeeper WriteLock', {
      ...wholeLine(
        layout,
        evidence,
        order.map(({ child }) => child),
        [],
        placesIn(layout),
      ),
      orElse: ['ZooKeeperNetEx WriteLock'],
      permits: 1,
    })
  },
}

/** ZooKeeper's own lock in C: the session id in hexadecimal. Source: zoo_lock.c. */
export const cLock: Family = {
  id: 'cLock',
  rules: ['zk.java.lock', 'zk.c.lock'],
  recognise(layout, evidence) {
    if (languageOf(layout) !== 'C') return null
    // strrchr() of a name without "-" is NULL, and what strcmp() makes of that is anybody's guess.
    const sortable = layout.children.filter(({ name }) => name.includes('-'))
    const breakers = layout.children.filter(({ name }) => !name.includes('-'))
    const order = inOrderOf(sortable, ({ name }) => name.slice(name.lastIndexOf('-') + 1))
    return makeRecipe('mutex', 'ZooKeeper zoo_lock (C)', {
      ...wholeLine(layout, evidence, order, breakers, placesIn(layout)),
      permits: 1,
    })
  },
}

const CONTENDERS: ReadonlySet<string> = new Set(['zk.java.lock', 'zk.c.lock'])

/**
 * Sixteen digits may be either: the owner decides, and where it is not known, the leading zero or the letter that the
 * session ids of all but a few servers have. Null when nobody has such a name.
 */
function languageOf(layout: Layout): 'Java' | 'C' | null {
  let c = 0
  let java = 0
  for (const { rule, child } of hitsOf(layout).values()) {
    if (!CONTENDERS.has(rule)) continue
    if (rule === 'zk.c.lock' && isHexadecimal(child)) c++
    else java++
  }
  return c === 0 && java === 0 ? null : c > java ? 'C' : 'Java'
}

function isHexadecimal({ name, stat }: SeenChild): boolean {
  const id = name.slice(2, 18)
  const owner = stat?.ephemeralOwner ?? 0n
  if (/^\d+$/.test(id) && owner === BigInt(id)) return false
  return /^0|[a-f]/.test(id) || BigInt.asUintN(64, owner) === BigInt(`0x${id}`)
}

/** A number after the last "-", or after "--", then negative; those without one come last, by name. */
function parseZNodeName(name: string): { readonly prefix: string; readonly number: number } {
  const digits = /-(-?\d{1,19})$/.exec(name)
  const number = Number(digits?.[1])
  if (digits === null || number !== (number | 0)) return { prefix: name, number: Number.MAX_SAFE_INTEGER }
  return { prefix: name.slice(0, digits.index), number }
}

/** The data are two bytes that say nothing ("12 34" in Java), or none. */
function placesIn(layout: Layout): (child: SeenChild) => Place | null {
  const hits = hitsOf(layout)
  return (child) => {
    const hit = hits.get(child.name)
    return hit !== undefined && CONTENDERS.has(hit.rule)
      ? { child: { ...child, data: null }, sequence: hit.sequence, lane: null }
      : null
  }
}
