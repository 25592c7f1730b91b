import { CHILDREN, SELF, WATCHER } from '@/lib/recipes/recipe'
import { nameOf } from '@/lib/znode/path'
import { sequenceOf } from '@/lib/znode/sequence'
import { truncateMiddle } from '@/lib/znode/truncate'

const DIGITS = 4
const LONGEST = 32

/** What a sentence calls a contender: "…0042" by its number, which nobody else here has, else its name in quotes. */
export function inSentence(name: string): string {
  if (name === SELF) return 'the znode itself'
  if (name === CHILDREN) return 'the list of children'
  if (name.startsWith(WATCHER)) return `session ${name.slice(WATCHER.length)}`
  const last = nameOf(name)
  const number = sequenceOf(last)?.number
  if (number === undefined) return `“${truncateMiddle(last, LONGEST)}”`
  return number < 0 ? `…${number}` : `…${String(number).padStart(DIGITS, '0')}`
}

/** "…0042", "…0042 and …0043", "…0042, …0043 and 7 more". */
export function namesInSentence(names: readonly string[], count = names.length): string {
  const [first, second] = names
  if (first === undefined) return 'a znode'
  if (second === undefined || count < 2) return inSentence(first)
  if (count === 2) return `${inSentence(first)} and ${inSentence(second)}`
  return `${inSentence(first)}, ${inSentence(second)} and ${(count - 2).toLocaleString('en')} more`
}
