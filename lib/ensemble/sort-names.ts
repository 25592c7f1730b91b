/** Sorted at a time, some milliseconds of work. */
const RUN = 4_096
/** How long one slice of work may hold up the event loop, ms. */
const SLICE_MS = 8

/**
 * Sorts by UTF-16 code unit: the order of Array.sort without a comparison, of "<", and of a binary search that agrees
 * with both. Array.sort needs about a second for a million names in the order in which ZooKeeper gives them, and nobody
 * else has a turn meanwhile: this takes as long, in slices.
 */
export async function sortNames(names: readonly string[]): Promise<string[]> {
  const turns = new Turns()
  let runs: string[][] = []
  for (let start = 0; start < names.length; start += RUN) {
    runs.push(names.slice(start, start + RUN).sort())
    if (turns.due) await turns.next()
  }
  while (runs.length > 1) {
    const merged: string[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      const other = runs[i + 1]
      merged.push(other === undefined ? (runs[i] as string[]) : await merge(runs[i] as string[], other, turns))
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function merge(one: readonly string[], other: readonly string[], turns: Turns): Promise<string[]> {
  const merged = new Array<string>(one.length + other.length)
  let i = 0
  let j = 0
  while (i + j < merged.length) {
    for (const end = Math.min(merged.length, i + j + RUN); i + j < end; ) {
      const a = one[i]
      const b = other[j]
      if (b === undefined || (a !== undefined && a <= b)) merged[i++ + j] = a as string
      else merged[i + j++] = b
    }
    if (turns.due) await turns.next()
  }
  return merged
}

/** Lets everybody else have a turn of the event loop between slices of work. */
class Turns {
  #since = performance.now()

  get due(): boolean {
    return performance.now() - this.#since > SLICE_MS
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#since = performance.now()
  }
}
