import type { Place } from './line-up'

/** More than nine tenths of all 2^32 numbers: only one gap can be so wide, and it is where the numbers start. */
const WIDE_GAP = 4_000_000_000

/**
 * Oldest first, also when the sequence rolled over from 2147483647 to -2147483648: by unsigned number, starting after
 * the widest gap, or where no gap is wide enough, at the oldest znode. Source: ZooKeeperSequentialPathHelper.cs.
 */
export function rotateAtGap(places: readonly Place[]): Place[] {
  const sorted = places.toSorted((a, b) => unsigned(a) - unsigned(b))
  let widest = 0
  let start = 0
  for (const [index, place] of sorted.entries()) {
    const next = (index + 1) % sorted.length
    const gap = (unsigned(sorted[next] ?? place) - unsigned(place)) >>> 0
    if (gap <= widest) continue
    widest = gap
    start = next
  }
  if (widest < WIDE_GAP) start = oldest(sorted)
  return [...sorted.slice(start), ...sorted.slice(0, start)]
}

function unsigned({ sequence }: Place): number {
  return (sequence ?? 0) >>> 0
}

/** The first one when nothing is known of their age. */
function oldest(sorted: readonly Place[]): number {
  let start = 0
  let time: bigint | null = null
  for (const [index, { child }] of sorted.entries()) {
    const ctime = child.stat?.ctime
    if (ctime === undefined || (time !== null && ctime >= time)) continue
    time = ctime
    start = index
  }
  return start
}
