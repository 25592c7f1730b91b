let last = 0

/**
 * A number above all that this process has given out, for a list that has changed or was made anew. Near the time in µs,
 * so that it is above those of an earlier process too, and a clock that is put back does no harm.
 */
export function nextRevision(): number {
  last = Math.max(last + 1, Date.now() * 1000)
  return last
}
