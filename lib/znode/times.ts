const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Largest first; months and years by their mean length, which is as exact as "8 months" is meant. */
const UNITS = [
  [365.2425 * DAY, 'year', 'years'],
  [30.436875 * DAY, 'month', 'months'],
  [DAY, 'day', 'days'],
  [HOUR, 'h', 'h'],
  [MINUTE, 'min', 'min'],
  [SECOND, 's', 's'],
] as const

/** A length of time in its largest unit, rounded down: "40 ms", "3 s", "3 min", "2 h", "1 day", "8 months", "2 years". */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms)
  for (const [unit, one, many] of UNITS) {
    if (length < unit) continue
    const count = Math.floor(length / unit)
    return `${count} ${count === 1 ? one : many}`
  }
  return `${Math.floor(length)} ms`
}

/**
 * How long ago a time is: "now" (less than a second), "3 min ago", and "in 3 s" when the clock of the ZooKeeper server
 * is ahead. Both in milliseconds since 1970. Time 0 is "not recorded": the root and what else a server makes at its
 * birth have no time. Source: DataTree's constructor.
 */
export function formatAgo(ms: number, now: number): string {
  if (ms === 0) return 'not recorded'
  const age = now - ms
  if (Math.abs(age) < SECOND) return 'now'
  return age > 0 ? `${formatDuration(age)} ago` : `in ${formatDuration(age)}`
}

/** Local time as "2026-03-02 09:14:07". What no calendar holds (a znode's time is any int64) stays a number. */
export function formatAbsolute(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms`
  return `${localDate(date)} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** The same to the millisecond and with the distance to UTC, for copying: "2026-03-02T09:14:07.123+01:00". */
export function formatExact(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms`
  const offset = -date.getTimezoneOffset()
  const distance = `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  return `${formatAbsolute(ms).replace(' ', 'T')}.${pad(date.getMilliseconds(), 3)}${distance}`
}

function localDate(date: Date): string {
  const year = date.getFullYear()
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

function pad(value: number, length = 2): string {
  return String(Math.floor(value)).padStart(length, '0')
}
