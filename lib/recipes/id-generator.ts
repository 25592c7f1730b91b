import { nameOf } from '@/lib/znode/path'
import { nextSequence, sequenceOf } from '@/lib/znode/sequence'
import type { Family } from './family'
import type { SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'

/** "ids", "id-generator", "orderIds", "sequence", "snowflake", "worker-ids". */
const CASED = /[a-z]I[Dd]s?$/
const WORDS = /(?:^ids?|[-_.]ids?|id[-_]?gen(?:erator)?|^sequences?|[-_.]sequences?|snowflake|worker[-_]?ids?)$/i

/**
 * Numbers that are given out by creating sequential znodes, which stay or are deleted at once: persistent znodes, all
 * with one prefix, in a directory that is called so. The next number is what its stat says.
 */
export const idGenerator: Family = {
  id: 'id-generator',
  recognise(layout) {
    const { path, children, stat } = layout
    const name = nameOf(path)
    if (path === '/' || children.length === 0 || !(CASED.test(name) || WORDS.test(name))) return null
    const prefix = sequenceOf(children[0]?.name ?? '')?.prefix
    if (prefix === undefined || !children.every((child) => isPlain(child, prefix))) return null
    const items = children
      .map((child) => ({ child, sequence: sequenceOf(child.name)?.number ?? null, lane: null }))
      .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    return makeRecipe('id-generator', 'Numbers from sequential znodes', {
      orElse: ['a queue', 'numbered entries'],
      contenders: items.map((item) => contenderOf(item, 'present')),
      payload: stat === null ? [] : [['next', String(nextSequence(stat))]],
    })
  },
}

function isPlain({ name, stat }: SeenChild, prefix: string): boolean {
  return stat !== null && stat.ephemeralOwner === 0n && sequenceOf(name)?.prefix === prefix
}
