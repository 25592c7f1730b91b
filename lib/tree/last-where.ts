/** The last item for which a condition holds that holds for a beginning of the list only; by halving. */
export function lastWhere<T>(sorted: readonly T[], holds: (item: T) => boolean): T | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle] as T)) low = middle + 1
    else high = middle
  }
  return sorted[low - 1]
}
