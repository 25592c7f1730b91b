import type { Finding } from './finding'

const MOST = 20

/** The first few of the names that a finding is about, and how many there are. */
export function someOf(names: readonly string[]): Pick<Finding, 'subjects' | 'count'> {
  return { subjects: names.slice(0, MOST), count: names.length }
}
