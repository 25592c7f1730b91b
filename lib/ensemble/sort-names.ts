import { compareNames } from '@/lib/znode/compare-names'
import { Turns } from './turns'

/** Sorted at a time, some milliseconds of work. */
const RUN = 4_096

/**
 * Sorts by UTF-16 code unit: the order of Array.sort without a comparison, of "<", and of a binary search that agrees
 * with both. Array.sort needs about a second for a million names in the order in which ZooKeeper gives them, and nobody
 * else has a turn meanwhile: this takes as long, in slices.
 */
export async function sortNames(
  names: readonly string[],
  compare: (one: string, other: string) => number = compareNames,
): Promise<string[]> {
  const turns = new Turns()
  let runs: string[][] = []
  for (let start = 0; start < names.length; start += RUN) {
    const run = names.slice(start, start + RUN)
    // Without a comparison Array.sort is several times as fast, and the order is the same.
    runs.push(compare === compareNames ? run.sort() : run.sort(compare))
    if (turns.due) await turns.next()
  }
  while (runs.length > 1) {
    const merged: string[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      const other = runs[i + 1]
      merged.push(other === undefined ? (runs[i] as string[]) : await merge(runs[i] as string[], other, compare, turns))
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function merge(
  one: readonly string[],
  other: readonly string[],
  compare: (one: string, other: string) => number,
  turns: Turns,
): Promise<string[]> {
  const merged = new Array<string>(one.length + other.length)
  let i = 0
  let j = 0
  while (i + j < merged.length) {
    for (const end = Math.min(merged.length, i + j + RUN); i + j < end; ) {
      const a = one[i]
      const b = other[j]
      if (b === undefined || (a !== undefined && compare(a, b) <= 0)) merged[i++ + j] = a as string
      else merged[i + j++] = b
    }
    if (turns.due) await turns.next()
  }
  return merged
}
