/** The smallest figure that the given share (0 to 1) of the figures does not exceed; NaN when there are none. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(figures: readonly number[]): number {
  return percentile(figures, 0.5)
}

/** Bytes as whole megabytes (1,000,000 bytes). */
export function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
