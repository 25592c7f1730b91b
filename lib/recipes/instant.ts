const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z?)$/

/** Milliseconds since 1970 of an ISO-8601 instant in UTC, with or without its "Z"; null when it is none. */
export function instantOf(text: string): number | null {
  const [, seconds, fraction = ''] = INSTANT.exec(text) ?? []
  if (seconds === undefined) return null
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}Z`)
  return Number.isNaN(time) ? null : time
}
