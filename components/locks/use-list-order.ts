'use client'

import { useState } from 'react'
import { heldPaths, sameOrder } from './list-order'

export interface ListOrder {
  readonly paths: readonly string[]
  /** The list would be in another order if nobody held it. */
  readonly changed: boolean
  /** Somebody points at the list, or works in it: from now on rows keep their places. */
  readonly hold: () => void
  readonly letGo: () => void
  readonly sortAgain: () => void
}

/** `sorted` as it is while nobody is near the list, and in the order of before while somebody is. */
export function useListOrder(sorted: readonly string[], subject: string): ListOrder {
  const [kept, setKept] = useState<readonly string[] | null>(null)
  const [keptFor, setKeptFor] = useState(subject)
  const paths = kept === null ? sorted : heldPaths(kept, sorted)
  if (subject !== keptFor) {
    // Another filter, another pin: the person asked for another list.
    setKeptFor(subject)
    if (kept !== null) setKept(sorted)
  } else if (kept !== null && paths !== kept) setKept(paths)
  return {
    paths,
    changed: kept !== null && !sameOrder(paths, sorted),
    hold: () => setKept((before) => before ?? sorted),
    letGo: () => setKept(null),
    sortAgain: () => setKept(sorted),
  }
}
