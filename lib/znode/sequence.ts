import { compareNames } from './compare-names'

/** The number of a sequential znode is an int32. */
export const LAST_SEQUENCE = 2 ** 31 - 1

const DIGITS = 10

export interface Sequence {
  readonly prefix: string
  /** int32; negative after an overflow, which servers before 3.6 let happen. */
  readonly number: number
}

/**
 * Takes a name apart if it ends as ZooKeeper ends the names of sequential znodes: String.format("%010d", int32), so 10
 * digits, or a minus and 10 digits. Null otherwise. It is a guess: anybody may create such a name without the flag.
 * Source: PrepRequestProcessor.java.
 */
export function sequenceOf(name: string): Sequence | null {
  const number = sequenceNumberOf(name)
  if (Number.isNaN(number)) return null
  return { prefix: name.slice(0, name.length - (number < 0 ? DIGITS + 1 : DIGITS)), number }
}

export function looksSequential(name: string): boolean {
  return !Number.isNaN(sequenceNumberOf(name))
}

/** The name's sequence number, NaN when there is none. Without a regular expression: sorting a million names calls it. */
function sequenceNumberOf(name: string): number {
  const start = name.length - DIGITS
  if (start < 0) return Number.NaN
  let number = 0
  for (let at = start; at < name.length; at++) {
    const digit = name.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  // "lock-2147483647" is prefix "lock-": a minus counts only where the digits alone are no int32, or after another one.
  const minus = name[start - 1] === '-'
  if (number > LAST_SEQUENCE) return minus && number === LAST_SEQUENCE + 1 ? -number : Number.NaN
  if (minus && name[start - 2] === '-' && number >= 1e9) return -number
  return isLongNumber(name, start) ? Number.NaN : number
}

/** Nothing but digits and more than ten of them is a timestamp or an id, such as "1700000000123". */
function isLongNumber(name: string, start: number): boolean {
  if (start === 0) return false
  for (let at = 0; at < start; at++) {
    const digit = name.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return false
  }
  return true
}

/** The ten digits (or minus and ten digits) that ZooKeeper appends. `number` is an int32. */
export function sequenceSuffix(number: number): string {
  return number < 0 ? `-${String(-number).padStart(DIGITS - 1, '0')}` : String(number).padStart(DIGITS, '0')
}

/**
 * The number that the next sequential child of a znode gets, 0..2^31-1. Every create of a child counts, sequential or
 * not. Clients see cversion as creates plus deletes, with int32 wrap-around; the number is creates alone.
 * Source: DataNode.copyStat.
 */
export function nextSequence(stat: { readonly cversion: number; readonly numChildren: number }): number {
  return (stat.cversion + stat.numChildren) >>> 1
}

/** How far the next number is from the last one, after which names stop being unique. Source: DataTree.createNode. */
export function sequencesLeft(stat: { readonly cversion: number; readonly numChildren: number }): number {
  return LAST_SEQUENCE - nextSequence(stat)
}

/** By sequence number, then by name; names without one come last, as ZooKeeper's own lock recipe has it (ZNodeName). */
export function compareBySequence(a: string, b: string): number {
  return compareKeys(sequenceNumberOf(a), sequenceNumberOf(b)) || compareNames(a, b)
}

function compareKeys(a: number, b: number): number {
  const aMissing = Number.isNaN(a)
  const bMissing = Number.isNaN(b)
  if (aMissing || bMissing) return Number(aMissing) - Number(bMissing)
  return a - b
}
