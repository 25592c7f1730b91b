import { SELF, WATCHER } from '@/lib/recipes/recipe'
import { SESSION, THE_ZNODE } from '@/lib/text/locks'
import { nameOf } from '@/lib/znode/path'
import { sequenceOf } from '@/lib/znode/sequence'
import { truncateMiddle } from '@/lib/znode/truncate'

/** Digits of a number that are shown at least: the zeros before them are the same for all. */
const DIGITS = 4

/**
 * What a person calls one who takes part: the end of his number ("…41878"), else the name with its middle cut out. The
 * full name is in a title beside it, always.
 */
export function shortName(name: string, max = 24): string {
  if (name === SELF) return THE_ZNODE
  if (name.startsWith(WATCHER)) return SESSION(name.slice(WATCHER.length))
  const last = nameOf(name)
  const sequence = sequenceOf(last)
  if (sequence === null) return truncateMiddle(last, max)
  const { number } = sequence
  return number < 0 ? `…${number}` : `…${String(number).padStart(DIGITS, '0')}`
}
