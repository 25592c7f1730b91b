import { nameOf } from '@/lib/znode/path'
import { shortTextOf } from './claims'
import type { Family } from './family'
import type { Layout } from './layout'
import { makeRecipe } from './make-recipe'
import type { Recipe } from './recipe'

/** "counter", "job_count", "requestCounter"; not "account". */
const NAME = /(?:^|[^A-Za-z]|[a-z](?=C))(?:[Cc]ount(?:er)?|COUNT(?:ER)?)s?\d*$/

/**
 * Counters are one persistent znode: Curator's four or eight bytes, big endian, or kazoo's decimal text. Bytes that start
 * with a zero or 0xff byte are no text, so they are taken for a number; text only where the znode is called a counter.
 * A SharedValue is any bytes at all and cannot be told from a common znode.
 * Sources: SharedCount.java, DistributedAtomicLong.java, kazoo/recipe/counter.py.
 */
export const counter: Family = {
  id: 'counter',
  recognise({ path, stat, data, children }) {
    if (data === null || children.length > 0 || stat === null || stat.ephemeralOwner !== 0n) return null
    return binary(path, data) ?? decimal(path, data)
  },
}

function binary(path: string, data: Uint8Array): Recipe | null {
  if (data.length !== 4 && data.length !== 8) return null
  if (data[0] !== 0 && data[0] !== 0xff && !NAME.test(nameOf(path))) return null
  // "\0abc" is what a program might write that has its own idea of text; a count is rarely that large.
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const value = data.length === 4 ? BigInt(view.getInt32(0)) : view.getBigInt64(0)
  return recipeOf(data.length === 4 ? FOUR_BYTES : EIGHT_BYTES, value)
}

const FOUR_BYTES = [
  'Curator SharedCount',
  'Curator DistributedAtomicInteger',
  'kazoo Counter with support_curator',
] as const
const EIGHT_BYTES = ['Curator DistributedAtomicLong'] as const

function decimal(path: string, data: Layout['data']): Recipe | null {
  const text = shortTextOf(data, 40) ?? ''
  if (!NAME.test(nameOf(path)) || !/^-?\d+(?:\.\d+)?$/.test(text)) return null
  return makeRecipe('counter', 'kazoo Counter', { orElse: ['any number as text'], payload: [['value', text]] })
}

function recipeOf([library, ...orElse]: readonly [string, ...string[]], value: bigint): Recipe {
  return makeRecipe('counter', library, {
    orElse: [...orElse, 'any value of so many bytes'],
    payload: [['value', String(value)]],
  })
}
