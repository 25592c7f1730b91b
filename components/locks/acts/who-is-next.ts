import type { ContenderView, LockView } from '@/lib/queries/lock-responses'
import { CHILDREN } from '@/lib/recipes/recipe'
import { NEXT_ALL, NEXT_MANY, NEXT_NOBODY, NEXT_ONE } from '@/lib/text/lock-acts'
import { shortName } from '../short-name'

const NAMED = 3

/** Who is told when the znode of a contender goes, by the edges of what is loaded. */
export function whoIsNext(view: LockView, { name }: ContenderView): string {
  const waiters = view.contenders.filter(({ waitsOn }) => waitsOn.some(({ on }) => on === name))
  const [first] = waiters
  if (first !== undefined && waiters.length === 1) return NEXT_ONE(shortName(first.name))
  if (waiters.length > 1) {
    return NEXT_MANY(
      waiters.slice(0, NAMED).map((waiter) => shortName(waiter.name)),
      Math.max(0, waiters.length - NAMED),
    )
  }
  const listens = view.contenders.some(({ waitsOn }) => waitsOn.some(({ on }) => on === CHILDREN))
  return listens ? NEXT_ALL : NEXT_NOBODY
}
