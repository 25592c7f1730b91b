import { parentOf } from '@/lib/znode/path'
import { shortTextOf } from './claims'
import type { Family } from './family'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { SELF } from './recipe'

/** 32 random bytes. Source: symfony/lock, Key and StoreTrait. */
const TOKEN = /^[A-Za-z0-9+/]{43}=$/

/**
 * symfony/lock of PHP: one ephemeral at the root, whose data is a token that only its owner knows. Nobody watches it:
 * others try again. Source: ZookeeperStore.php.
 */
export const symfony: Family = {
  id: 'symfony',
  recognise(layout) {
    const { path, stat, data } = layout
    if (path === '/' || parentOf(path) !== '/' || stat === null || stat.ephemeralOwner === 0n) return null
    if (!TOKEN.test(shortTextOf(data) ?? '')) return null
    const holder = contenderOf({ child: { name: SELF, stat, data }, sequence: null, lane: null }, 'holds')
    return makeRecipe('single-lock', 'symfony/lock (PHP) ZookeeperStore', {
      contenders: [{ ...holder, claims: null }],
      permits: 1,
      unknowable: ['pollers'],
    })
  },
}
