const UNITS = ['KB', 'MB', 'GB', 'TB'] as const

/**
 * A size for a glance: "412 B", "1.2 KB", "3 KB", "1 MB". 1 KB is 1,024 bytes, as in ZooKeeper's limits. Rounded down,
 * so that a value just below the limit of 1 MB does not look as if it had reached it.
 */
export function formatBytes(count: number): string {
  if (count < 1024) return `${count} B`
  let value = count
  let unit = -1
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  const shown = value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)
  return `${shown} ${UNITS[unit]}`
}

/** The exact size: "1 byte", "1,048,576 bytes". */
export function formatExactBytes(count: number): string {
  return count === 1 ? '1 byte' : `${formatInteger(count)} bytes`
}

/** With a comma at the thousands, in every locale alike: "2,147,483,643". */
export function formatInteger(value: number | bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
